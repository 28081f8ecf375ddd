using System.Diagnostics;

namespace Kube.Module.Tests.Commands;

/// <summary>The life of clusters of one's own, each test with one.</summary>
public sealed class ClusterTests : IDisposable
{
    readonly ModuleSession session = new();
    readonly string name = "own-" + Guid.NewGuid().ToString("n")[..8];

    [Theory]
    [InlineData("Start-KubeCluster UPPER")]
    [InlineData("Start-KubeCluster ../up")]
    [InlineData("Start-KubeCluster -Name 'a b'")]
    [InlineData("Start-KubeCluster -Name ends-")]
    public void A_name_that_may_not_be_a_folders_is_refused(string command)
    {
        var error = session.RunForError(command);

        Assert.StartsWith("KubeParameterInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("lower-case", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../clusters")]
    [InlineData("nowhere")]
    public void Only_a_cluster_is_stopped_and_removed(string what)
    {
        session.Run($"Start-KubeCluster {name} -Runtime Simulated");

        session.Run("Stop-KubeCluster $args[0] -Remove -Confirm:$false", what);

        Assert.StartsWith("KubeClusterNotFound,", Assert.Single(session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Running", session.RunForOne($"Get-KubeCluster {name}").Properties["State"].Value.ToString());
    }

    [Fact]
    public void Starting_what_runs_connects_to_it_unless_it_is_asked_to_be_another()
    {
        var started = session.RunForOne($"Start-KubeCluster {name} -Runtime Simulated -InMemory");
        session.Run("Disconnect-KubeCluster");

        var again = session.RunForOne($"Start-KubeCluster {name} -Runtime Simulated -InMemory -Port {((Uri)started.Properties["Server"].Value).Port}");
        var error = session.RunForError($"Start-KubeCluster {name} -Runtime Docker -InMemory -CorsAllowedOrigin '^https://a$'");

        Assert.Equal(started.Properties["ProcessId"].Value, again.Properties["ProcessId"].Value);
        Assert.NotEmpty(session.Run("Get-KubeNamespace"));
        Assert.StartsWith("KubeClusterRunning,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Runtime", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("-CorsAllowedOrigin", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-InMemory", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_that_did_not_start_or_kept_nothing_is_not_listed()
    {
        Assert.StartsWith("KubeClusterStartFailed,", session.RunForError($"Start-KubeCluster {name} -CorsAllowedOrigin 'example.com'").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(session.Run($"Get-KubeCluster {name}*"));

        session.Run($"Start-KubeCluster {name} -InMemory -Runtime Simulated; Stop-KubeCluster {name[..^1]}?");

        Assert.Empty(session.Errors);
        Assert.Empty(session.Run($"Get-KubeCluster {name}*"));
        Assert.StartsWith("KubeNotConnected,", session.RunForError("Get-KubePod").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_starts_again_as_it_was_started_before()
    {
        session.Run("$null = Start-KubeCluster $args[0] -Runtime Simulated -NodeName first; Stop-KubeCluster $args[0]", name);

        var again = session.RunForOne("Start-KubeCluster $args[0]", name);

        Assert.Equal(("Simulated", "first"), (again.Properties["Runtime"].Value, again.Properties["Node"].Value));
        session.Run("Stop-KubeCluster $args[0]; $null = Start-KubeCluster $args[0] -Runtime None", name);
        Assert.Equal("None", session.RunForOne("Get-KubeCluster $args[0]", name).Properties["Runtime"].Value);
        session.Run("Stop-KubeCluster $args[0] -Remove -Confirm:$false", name);
        Assert.Empty(session.Errors);
        Assert.Empty(session.Run("Get-KubeCluster $args[0]*", name));
    }

    [Fact]
    public void What_a_killed_server_held_is_there_when_it_starts_again()
    {
        var started = session.RunForOne($"Start-KubeCluster {name} -Runtime Simulated");
        session.Run("New-KubePod -Name kept -Image busybox");
        using (var server = Process.GetProcessById((int)started.Properties["ProcessId"].Value)) server.Kill();
        TestCluster.WaitUntil(session, $"(Get-KubeCluster {name}).State -eq 'Stopped'");

        Assert.StartsWith("KubeUnreachable,", session.RunForError("Get-KubePod").FullyQualifiedErrorId, StringComparison.Ordinal);
        var again = session.RunForOne($"Start-KubeCluster {name} -Runtime Simulated");

        Assert.Equal(started.Properties["Server"].Value, again.Properties["Server"].Value);
        session.RunForOne("Get-KubePod kept");
    }

    public void Dispose()
    {
        session.Run($"Stop-KubeCluster {name}* -Remove -Confirm:$false");
        session.Dispose();
    }
}
