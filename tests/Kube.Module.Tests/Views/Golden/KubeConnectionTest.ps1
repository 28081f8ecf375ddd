function step([string] $name, [string] $state, [string] $message, $action) { [Kube.KubeConnectionStep]::new($name, $state, $message, $action) }
$good = [Kube.KubeConnectionTest]::new('production', $true, @(
        step Configuration Passed 'production (https://api.example.com:6443) is meant, from /home/kube/.kube/config.'
        step Reach Passed '10.1.2.3:6443 took the connection in 1.3 ms.'
        step Certificate Warning "TLS 1.3, with a certificate signed by 'CN=kubernetes' that is trusted until 2026-02-10 00:00:00Z." "It expires within a month: have the cluster's certificate renewed."
        step Identity Passed 'The server sees jane.'
        step Version Passed 'Kubernetes v1.36.1 answers in 3.4 ms.'
        step Access Passed 'In shop one may list pods, and may not list nodes.'
    ))
$good.Server = 'https://api.example.com:6443'; $good.Address = '10.1.2.3:6443'; $good.Latency = [timespan]::FromMilliseconds(3.41); $good.TlsProtocol = 'TLS 1.3'; $good.IsTrusted = $true
$good.Certificate = [Kube.KubeServerCertificate]::new('CN=api', 'CN=kubernetes', [datetime]::new(2025, 1, 1), [datetime]::new(2026, 2, 10), [string[]] @('api.example.com'))
$good.User = 'jane'; $good.Groups = @('developers', 'system:authenticated'); $good.Version = 'v1.36.1'; $good.Namespace = 'shop'; $good.Allowed = @('list pods'); $good.Denied = @('list nodes')
$bad = [Kube.KubeConnectionTest]::new('arn:aws:eks:eu-central-1:123456789012:cluster/staging', $false, @(
        step Configuration Passed 'staging is meant.'
        step Reach Failed 'https://0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com is not reached: no such host is known.' 'Check the host name in the kubeconfig; it may be known only in a network or VPN that this machine is not in.'
        step Certificate Skipped 'It was not tried, as an earlier step failed.'
    ))
$bad.Server = 'https://0123456789abcdef0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com'; $bad.Namespace = 'default'
$none = [Kube.KubeConnectionTest]::new('', $false, @(step Configuration Failed "No cluster is chosen: '/home/kube/.kube/config' is not there." 'Start a cluster with Start-KubeCluster, or choose one with Connect-KubeCluster -Context NAME (Get-KubeContext lists them).'))
$tests = @($good, $bad, $none)
$tests
