$forwards = @(
    [pscustomobject] @{ PSTypeName = 'Kube.KubePortForward'; Id = 1; Namespace = 'default'; Local = '127.0.0.1:8080'; Target = 'pod/web'; Remote = 80; State = 'Listening'; Pod = 'web'; Connections = 2; TotalConnections = 41; LastError = $null }
    [pscustomobject] @{ PSTypeName = 'Kube.KubePortForward'; Id = 12; Namespace = 'shop'; Local = '[::1]:18443'; Target = 'deployment/a-deployment-with-a-long-name-indeed'; Remote = 8443; State = 'Failing'; Pod = $null; Connections = 0; TotalConnections = 1; LastError = 'deployment/a-deployment-with-a-long-name-indeed has no running pod' }
)
$forwards
