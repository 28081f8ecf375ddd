$statuses = @(
    [Kube.KubeContainerStatus] @{ Namespace = 'default'; Pod = 'web-7d4b9c6f5-x2x8z'; Container = 'nginx'; ContainerType = 'Container'; State = 'Running'; Ready = $true; Started = $true; StartedAt = [datetime]::new(2026, 1, 31, 13, 5, 9); Image = 'nginx:1.29'; ContainerID = 'docker://6f0d'; Node = 'kind-control-plane' }
    [Kube.KubeContainerStatus] @{ Namespace = 'default'; Pod = 'web-7d4b9c6f5-x2x8z'; Container = 'a-side-car-that-logs'; ContainerType = 'Init'; State = 'Waiting'; Reason = 'CrashLoopBackOff'; Message = 'back-off 40s restarting failed container=a pod=web_default(0f)'; RestartCount = 3; Signal = 9; LastState = 'Terminated'; LastReason = 'OOMKilled'; LastExitCode = 137; LastFinishedAt = [datetime]::new(2026, 1, 31, 13, 5, 9); Image = 'registry.example.com:5000/team/log:2' }
    [Kube.KubeContainerStatus] @{ Namespace = 'default'; Pod = 'sum'; Container = 'sum'; ContainerType = 'Container'; State = 'Terminated'; Reason = 'Completed'; ExitCode = 0 }
    [Kube.KubeContainerStatus] @{ Namespace = 'default'; Pod = 'sum'; Container = 'x'; ContainerType = 'Ephemeral'; State = 'Terminated'; Reason = 'Error'; ExitCode = -1073741819 }
    [Kube.KubeContainerStatus] @{ Namespace = 'default'; Pod = 'new'; Container = 'x'; State = 'Waiting'; Reason = 'CreateContainerConfigError' }
    [Kube.KubeContainerStatus]::new()
)
$statuses
