$contexts = @(
    [Kube.KubeContext]::new('kind-dev', 'kind-dev', 'kind-dev', 'default', $true)
    [Kube.KubeContext]::new('arn:aws:eks:eu-central-1:123456789012:cluster/production', 'arn:aws:eks:eu-central-1:123456789012:cluster/production', 'somebody@example.com', 'shop', $false)
    [Kube.KubeContext]::new('東京の本番クラスタ', '東京の本番クラスタ', $null, 'default', $false)
)
$contexts
