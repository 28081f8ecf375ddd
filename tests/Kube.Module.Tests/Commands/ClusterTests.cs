using System.Diagnostics;

namespace Kube.Module.Tests.Commands;

/// <summary>The life of clusters of one's own, each test with one.</summary>
public sealed class ClusterTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly string _name = "own-" + Guid.NewGuid().ToString("n")[..8];

    [Theory]
    [InlineData("Start-KubeCluster UPPER")]
    [InlineData("Start-KubeCluster ../up")]
    [InlineData("Start-KubeCluster -Name 'a b'")]
    [InlineData("Start-KubeCluster -Name ends-")]
    public void A_name_that_may_not_be_a_folders_is_refused(string command)
    {
        var error = _session.RunForError(command);

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
        _session.Run($"Start-KubeCluster {_name} -Runtime Simulated");

        _session.Run("Stop-KubeCluster $args[0] -Remove -Confirm:$false", what);

        Assert.StartsWith("KubeClusterNotFound,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Running", _session.RunForOne($"Get-KubeCluster {_name}").Properties["State"].Value.ToString());
    }

    [Fact]
    public void Starting_what_runs_connects_to_it_unless_it_is_asked_to_be_another()
    {
        var started = _session.RunForOne($"Start-KubeCluster {_name} -Runtime Simulated -InMemory");
        _session.Run("Disconnect-KubeCluster");

        var again = _session.RunForOne($"Start-KubeCluster {_name} -Runtime Simulated -InMemory -Port {((Uri)started.Properties["Server"].Value).Port}");
        var error = _session.RunForError($"Start-KubeCluster {_name} -Runtime Docker -InMemory -CorsAllowedOrigin '^https://a$'");

        Assert.Equal(started.Properties["ProcessId"].Value, again.Properties["ProcessId"].Value);
        Assert.NotEmpty(_session.Run("Get-KubeNamespace"));
        Assert.StartsWith("KubeClusterRunning,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Runtime", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("-CorsAllowedOrigin", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-InMemory", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_that_did_not_start_or_kept_nothing_is_not_listed()
    {
        Assert.StartsWith("KubeClusterStartFailed,", _session.RunForError($"Start-KubeCluster {_name} -CorsAllowedOrigin 'example.com'").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_session.Run($"Get-KubeCluster {_name}*"));

        _session.Run($"Start-KubeCluster {_name} -InMemory -Runtime Simulated; Stop-KubeCluster {_name[..^1]}?");

        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Run($"Get-KubeCluster {_name}*"));
        Assert.StartsWith("KubeNotConnected,", _session.RunForError("Get-KubePod").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_starts_again_as_it_was_started_before()
    {
        _session.Run("$null = Start-KubeCluster $args[0] -Runtime Simulated -NodeName first; Stop-KubeCluster $args[0]", _name);

        var again = _session.RunForOne("Start-KubeCluster $args[0]", _name);

        Assert.Equal(("Simulated", "first"), (again.Properties["Runtime"].Value, again.Properties["Node"].Value));
        _session.Run("Stop-KubeCluster $args[0]; $null = Start-KubeCluster $args[0] -Runtime None", _name);
        Assert.Equal("None", _session.RunForOne("Get-KubeCluster $args[0]", _name).Properties["Runtime"].Value);
        _session.Run("Stop-KubeCluster $args[0] -Remove -Confirm:$false", _name);
        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Run("Get-KubeCluster $args[0]*", _name));
    }

    [Fact]
    public void What_a_killed_server_held_is_there_when_it_starts_again()
    {
        var started = _session.RunForOne($"Start-KubeCluster {_name} -Runtime Simulated");
        _session.Run("New-KubePod -Name kept -Image busybox");
        using (var server = Process.GetProcessById((int)started.Properties["ProcessId"].Value)) server.Kill();
        TestCluster.WaitUntil(_session, $"(Get-KubeCluster {_name}).State -eq 'Stopped'");

        Assert.StartsWith("KubeUnreachable,", _session.RunForError("Get-KubePod").FullyQualifiedErrorId, StringComparison.Ordinal);
        var again = _session.RunForOne($"Start-KubeCluster {_name} -Runtime Simulated");

        Assert.Equal(started.Properties["Server"].Value, again.Properties["Server"].Value);
        _session.RunForOne("Get-KubePod kept");
    }

    public void Dispose()
    {
        _session.Run($"Stop-KubeCluster {_name}* -Remove -Confirm:$false");
        _session.Dispose();
    }
}
