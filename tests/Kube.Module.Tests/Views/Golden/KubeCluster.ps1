$dev = [Kube.KubeCluster]::new('dev', 'Running', '/home/kube/.local/share/kube/clusters/dev')
$dev.Server = 'https://127.0.0.1:35671'; $dev.Runtime = 'Simulated'; $dev.Node = 'kube'; $dev.Version = 'v1.36.0'; $dev.ProcessId = 4711
$dev.StartedAt = [datetime]::Parse((ago 3.12:30))
$dev.KubeConfigPath = '/home/kube/.local/share/kube/clusters/dev/kubeconfig'; $dev.LogPath = '/home/kube/.local/share/kube/clusters/dev/kube-server.log'
$old = [Kube.KubeCluster]::new('a-cluster-that-was-given-a-long-name', 'Stopped', '/home/kube/.local/share/kube/clusters/a-cluster-that-was-given-a-long-name')
$clusters = @($dev, $old)
$clusters
