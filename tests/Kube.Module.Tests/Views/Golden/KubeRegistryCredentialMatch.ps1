$matched = @(
    [Kube.KubeRegistryCredentialMatch]::new('registry.example.com/team/app:1', 1, 'registry.example.com/team', 'kube', '/home/kube/.docker/config.json')
    [Kube.KubeRegistryCredentialMatch]::new('registry.example.com/team/app:1', 2, '*.a-registry-with-a-long-name.eu-central-1.example.com:5000', 'somebody-with-a-long-name@example.com', 'docker-credential-secretservice')
)
$matched
