foreach ($resource in [Kube.KubeResources]::Pods, [Kube.KubeResources]::Nodes, [Kube.KubeResources]::ReplicationControllers) { [Kube.KubeApiResource]::new($resource, $true, $null) }
[Kube.KubeApiResource]::new([Kube.KubeResource]::new('gateways.a-rather-long-group.example.com', 'v1alpha1', 'gatewayclassparametertemplates', 'GatewayClassParameterTemplate', $false), $false, $null)
