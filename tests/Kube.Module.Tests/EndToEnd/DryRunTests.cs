namespace Kube.Module.Tests.EndToEnd;

public abstract class DryRunTests(TestCluster cluster) : EndToEndTests(cluster)
{
    const string Deployment = "'{ apiVersion: apps/v1, kind: Deployment, metadata: { name: d }, spec: { replicas: 0, selector: { matchLabels: { app: d } }, template: { metadata: { labels: { app: d } }, spec: { containers: [{ name: c, image: \"example.com/none:1\" }] } } } }'";

    [Theory]
    [InlineData("Set-KubeScale deployments d -Replicas 3 -DryRun", "spec.replicas")]
    [InlineData("Restart-KubeRollout deployments d -DryRun", "spec.template.metadata")]
    [InlineData("@(Get-KubeNode)[0] | Suspend-KubeNode -DryRun", "spec.unschedulable")]
    [InlineData("New-KubeRegistrySecret s registry.example.com ([pscredential]::new('u', [securestring]::new())) -ServiceAccount default -DryRun", "imagePullSecrets")]
    [InlineData("New-KubeNamespace never-made -DryRun", "metadata.name")]
    [InlineData("Remove-KubeDeployment d -DryRun", "metadata.name")]
    public void What_would_change_is_told_and_does_not(string command, string path)
    {
        Run($"$null = New-KubeResource -Manifest {Deployment}");
        WaitUntil("$null -ne (Get-KubeResource serviceaccounts default -ErrorAction Ignore)");
        WaitUntil("(Get-KubeDeployment d).status.observedGeneration -eq 1");

        var told = Run(command);

        Assert.NotEmpty(told);
        Assert.All(told, item => Assert.Equal("Kube.KubeFieldDifference", item.BaseObject.GetType().FullName));
        Assert.Contains(told, item => ((string)item.Properties["Path"].Value).StartsWith(path, StringComparison.Ordinal));
        Assert.Equal("1 0", Text("$d = Get-KubeDeployment d; $d.Metadata.generation, $d.spec.replicas"));
        Assert.Equal("", Text("Get-KubeSecret s*; Get-KubeNamespace never*; (Get-KubeResource serviceaccounts default).imagePullSecrets; (Get-KubeNode).Where{ $_.Unschedulable }"));
    }
}

public sealed class EmbeddedDryRunTests(SimulatedCluster cluster) : DryRunTests(cluster), IClassFixture<SimulatedCluster>;

[Collection("kubernetes")]
public sealed class KubernetesDryRunTests(KubernetesCluster cluster) : DryRunTests(cluster);
