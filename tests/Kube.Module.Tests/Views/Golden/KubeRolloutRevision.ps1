$revisions = @(
    [Kube.KubeRolloutRevision]@{ Namespace = 'default'; Kind = 'Deployment'; Name = 'web'; Revision = 1; Images = 'registry.example.com:5000/team/nginx:1.28', 'busybox:1.35'; Age = [timespan]'3.12:30'; ChangeCause = 'the first' }
    [Kube.KubeRolloutRevision]@{ Namespace = 'default'; Kind = 'Deployment'; Name = 'web'; Revision = 12; IsCurrent = $true; Images = 'nginx:1.29'; Age = [timespan]'00:05:00' }
    [Kube.KubeRolloutRevision]@{ Namespace = 'kube-system'; Kind = 'DaemonSet'; Name = 'a-daemon-set-whose-name-is-longer-than-the-screen-has-room-for'; Revision = 3; IsCurrent = $true }
)
$revisions
