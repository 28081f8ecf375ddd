foreach ($metric in @(
    [Kube.KubeMetric]@{ Kind = 'Pod'; Namespace = 'default'; Name = 'web-5d4f8'; Node = 'node-1'; Cpu = 0.2501; Memory = 67108864; CpuLimit = 0.5; MemoryLimit = 134217728; Window = [timespan]'00:00:14.5'; Timestamp = [datetime]'2026-01-02 03:04:05' }
    [Kube.KubeMetric]@{ Kind = 'Container'; Namespace = 'kube-system'; Name = 'a-pod-whose-name-is-longer-than-the-screen-has-room-for'; Container = 'a-container-with-a-long-name'; Node = 'node-with-a-long-name.example.com'; Cpu = 1.9; Memory = 130000000; CpuLimit = 2; MemoryLimit = 134217728 }
    [Kube.KubeMetric]@{ Kind = 'Node'; Name = 'node-1'; Node = 'node-1'; Cpu = 12.3456; Memory = 123456789012; CpuLimit = 64; MemoryLimit = 274877906944; Window = [timespan]'00:01:00' }
    [Kube.KubeMetric]@{ Kind = 'Pod'; Namespace = 'default'; Name = 'idle' }
)) { $metric }
