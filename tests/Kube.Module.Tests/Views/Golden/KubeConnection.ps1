function connection([string] $server, [string] $name, [string] $namespace) {
    $options = [Kube.KubeConnectionOptions]::new()
    $options.Server = $server
    $options.Name = $name
    if ($namespace) { $options.Namespace = $namespace }
    [Kube.KubeConnection]::new($options)
}
$connections = @(
    connection 'https://127.0.0.1:6443' 東京の本番クラスタ
    connection 'https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com' arn:aws:eks:eu-central-1:123456789012:cluster/production shop
)
$connections
