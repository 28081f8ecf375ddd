$items = @(
    [Kube.KubeCopiedItem]::new('default', 'web', 'c', '/tmp/a.txt', '/home/kube/a.txt')
    [Kube.KubeCopiedItem]::new('shop', 'a-pod-with-a-name-that-is-longer-than-most-5d9c7b8f6d-x2x4q', 'main', '/var/lib/some/where/below', '/home/kube/somewhere/else/below')
)
$items
