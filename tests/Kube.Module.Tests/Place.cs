namespace Kube.Module.Tests;

/// <summary>A namespace for one test, in which the session's commands act, gone with it.</summary>
public sealed class Place : IDisposable
{
    readonly ModuleSession _session;

    public Place(ModuleSession session, TestCluster cluster)
    {
        _session = session;
        session.Run("$null = New-KubeNamespace $args[0]; $null = Connect-KubeCluster -KubeConfigPath $args[1] -Namespace $args[0]", Name, cluster.KubeConfigPath);
        Assert.Empty(session.Errors);
        // Until its service account is there a namespace takes no pods.
        TestCluster.WaitUntil(session, cluster.TakesPods);
    }

    public string Name { get; } = "test-" + Guid.NewGuid().ToString("n")[..8];

    public void Dispose()
    {
        if (TestContext.Current.TestState?.Result is TestResult.Failed) TestContext.Current.TestOutputHelper?.WriteLine(TestCluster.Evidence(_session));
        _session.Run("Remove-KubeNamespace $args[0] -Confirm:$false", Name);
        Assert.Empty(_session.Errors);
    }
}
