namespace Kube.Module.Tests;

/// <summary>The lab's real Kubernetes (tests/lab/kubernetes.sh).</summary>
public sealed class KubernetesCluster : TestCluster
{
    public override string KubeConfigPath => Lab.KubernetesKubeConfig;

    public override string DockerHost => Lab.KubernetesDockerHost;

    // Before 1.24 a service account has a secret with its token, and comes before it.
    public override string TakesPods => "[bool](Get-KubeResource serviceaccounts default*).secrets";

    protected override void Need() => _ = Lab.KubernetesKubeConfig;
}
