namespace Kube.Module.Tests;

/// <summary>The lab's real Kubernetes (tests/lab/kubernetes.sh).</summary>
public sealed class KubernetesCluster : TestCluster
{
    public override string KubeConfigPath => Lab.KubernetesKubeConfig;

    public override string DockerHost => Lab.KubernetesDockerHost;

    protected override void Need() => _ = Lab.KubernetesKubeConfig;
}
