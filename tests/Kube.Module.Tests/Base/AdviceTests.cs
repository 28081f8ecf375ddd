namespace Kube.Module.Tests.Base;

/// <summary>What somebody is told to do next who has mistyped something.</summary>
public sealed class AdviceTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();

    [Theory]
    [InlineData("Get-KubePod -n kube-sytem", "Did you mean 'kube-system'? Get-KubeNamespace lists the namespaces there are; New-KubeNamespace makes one.")]
    [InlineData("Get-KubePod -n nowhere", "Get-KubeNamespace lists the namespaces there are; New-KubeNamespace makes one.")]
    [InlineData("Get-KubeNamespace nowhere", "Get-KubeNamespace lists the namespaces there are; New-KubeNamespace makes one.")]
    [InlineData("New-KubeConfigMap a -Data @{ a = 'b' } -n nowhere", "Get-KubeNamespace lists the namespaces there are; New-KubeNamespace makes one.")]
    [InlineData("Get-KubeNode nobody", "Check the name: Get-KubeResource nodes lists those there are; wildcards find by part of a name.")]
    [InlineData("Get-KubePod nobody", "Check the name and the namespace (-Namespace, or -AllNamespaces to look everywhere); wildcards such as 'web*' find by part of a name.")]
    [InlineData("Get-KubeResource deploymnets", "Did you mean 'deployments' or 'deployment'? Get-KubeApiResource lists the kinds there are.")]
    [InlineData("Get-KubeResource deploymnet.apps", "Did you mean 'deployment' or 'deployments'? Get-KubeApiResource lists the kinds there are.")]
    [InlineData("Get-KubeRollout pod web", "Name a workload that has: Get-KubeResource deployments, statefulsets, daemonsets lists them.")]
    [InlineData("Get-KubeResource nonsense", "Check the spelling: 'pods', 'po', 'Pod' and 'deployments.apps' are forms of a kind's name; the object's stands behind it, as in deploy/web. A custom kind is there once its definition is.")]
    public void It_is_about_what_was_mistyped(string command, string advice) =>
        Assert.Equal(advice, _session.RunForError(command + " -ErrorAction Stop").ErrorDetails.RecommendedAction);

    public void Dispose() => _session.Dispose();
}
