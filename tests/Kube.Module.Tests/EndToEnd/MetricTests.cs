namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedMetricTests(DockerCluster cluster) : MetricTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesMetricTests(KubernetesCluster cluster) : MetricTests(cluster);

public abstract class MetricTests(TestCluster cluster) : EndToEndTests(cluster)
{
    [Fact]
    public void What_a_busy_pod_uses_is_measured()
    {
        Run("$null = New-KubePod -Name busy -Image $image -Command sh, -c, 'while true; do :; done' | Wait-KubePod -TimeoutSec 120");
        if (!IsEmbedded)
        {
            // Nobody has installed a metrics server there.
            var error = Session.RunForError("Get-KubeMetric busy");
            Assert.StartsWith("KubeMetricsMissing,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("metrics-server", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        // Machines that do much else give it little. The lab's kubelet looks for containers elsewhere than its engine has them, and tells of its node alone.
        foreach (var command in IsEmbedded ? new[] { "Get-KubeMetric busy", "Get-KubeMetric busy -FromNode" } : [])
            WaitUntil($"$metric = {command} -ErrorAction SilentlyContinue; $metric.Cpu -gt 0.01 -and $metric.Memory -gt 10000 -and $metric.Memory -lt 100MB");
        if (!IsEmbedded) Refused("KubeNotMeasured", "Get-KubeMetric busy -FromNode");
        WaitUntil("$node = Get-KubePod busy | ForEach-Object Node; $metric = Get-KubeMetric -Node $node -FromNode -ErrorAction SilentlyContinue; $metric.Cpu -gt 0.01 -and $metric.Memory -gt 10000 -and $metric.MemoryPercent -lt 100");
        Run("Remove-KubePod busy -Force");
    }
}
