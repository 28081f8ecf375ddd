namespace Kube.Module.Tests.Commands.Node;

public sealed class NodeTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();

    [Fact]
    public void A_node_takes_no_new_pods_until_it_may_again()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubePod -Name before -Image busybox | Wait-KubePod -TimeoutSec 120");

        Assert.Empty(_session.Run("Get-KubeNode | Suspend-KubeNode"));
        Assert.Equal("Ready,SchedulingDisabled", _session.RunForOne("(Get-KubeNode).State").BaseObject);
        _session.Run("$null = New-KubePod -Name after -Image busybox");
        TestCluster.WaitUntil(_session, "[bool](Get-KubePod after | Get-KubeEvent | Where-Object Reason -eq FailedScheduling)");
        Assert.Equal("Running", _session.RunForOne("(Get-KubePod before).State").BaseObject);

        Assert.Equal("Ready", _session.RunForOne("(Resume-KubeNode * -PassThru).State").BaseObject);
        Assert.Empty(_session.Run("$null = Wait-KubePod after -TimeoutSec 120"));
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData("Get-KubeNode | Suspend-KubeNode -WhatIf", "")]
    [InlineData("Suspend-KubeNode missing", "KubeNotFound")]
    [InlineData("Get-KubeNamespace default | Suspend-KubeNode", "KubeWrongKind")]
    [InlineData("Resume-KubeNode missing", "KubeNotFound")]
    public void Nothing_else_is_changed(string command, string id)
    {
        _session.Run(command);

        Assert.Equal(id.Length == 0 ? 0 : 1, _session.Errors.Count);
        Assert.All(_session.Errors, error => Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal("Ready", _session.RunForOne("(Get-KubeNode).State").BaseObject);
    }

    [Theory]
    [InlineData("Suspend-KubeNode")]
    [InlineData("Resume-KubeNode")]
    public void All_nodes_are_meant_only_if_somebody_says_so(string command) =>
        Assert.StartsWith("KubeParameterInvalid,", _session.RunForError(command).FullyQualifiedErrorId, StringComparison.Ordinal);

    public void Dispose() => _session.Dispose();
}
