$results = @(
    [Kube.KubeCommandResult]::new('web', 'default', 'c', 0)
    [Kube.KubeCommandResult]::new('a-pod-with-a-name-that-is-longer-than-most-5d9c7b8f6d-x2x4q', 'shop', 'main', 127)
)
$results
