$tests = @(
    [Kube.KubeRegistryTest]::new('ghcr.io', 'team/app', 'kube', $true, 'Bearer', @('pull', 'push'), 'It lets kube in.', '/home/kube/.docker/config.json')
    [Kube.KubeRegistryTest]::new('registry.eu-central-1.example.com:5000', $null, 'somebody-with-a-long-name@example.com', $false, 'Basic', @(), 'It refuses the credential: unauthorized: incorrect username or password. Sign in again with Set-KubeRegistryCredential.', $null)
)
$tests
