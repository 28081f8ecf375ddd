namespace Kube.Module.Tests.Commands.Agent;

public sealed class AgentTests : IDisposable
{
    const string IsRunning = "(Get-KubePod web).State -eq 'Running'";

    readonly ModuleSession _session = new();

    [Fact]
    public void An_agent_is_started_killed_started_again_and_removed_with_its_node()
    {
        _session.Run("$cluster = Start-KubeCluster agents -Runtime None -InMemory");
        var agent = _session.RunForOne("$first = Start-KubeAgent far-1 -Runtime Simulated -Label @{ place = 'far' } -Taint 'far=yes:PreferNoSchedule'; $first");
        Assert.Empty(_session.Errors);
        Assert.Equal(("Running", "Simulated", "agents"), (agent.Properties["State"].Value.ToString(), agent.Properties["Runtime"].Value, agent.Properties["Cluster"].Value));
        Assert.Equal("127.0.0.1", ((Uri)agent.Properties["Endpoint"].Value).Host);
        Assert.Equal("far", _session.RunForOne("(Get-KubeNode far-1).Labels['place']").BaseObject);
        _session.Run("$null = New-KubePod -Name web -Image busybox");
        TestCluster.WaitUntil(_session, IsRunning);
        Assert.Contains("web", (string)_session.Run("Get-KubeLog web")[0].Properties["Line"].Value);

        // The same again, by its name alone.
        _session.Run("$process = [System.Diagnostics.Process]::GetProcessById($first.ProcessId); $process.Kill(); $process.WaitForExit()");
        Assert.Equal(("Stopped", "agents"), (_session.RunForOne("Get-KubeAgent far-*").Properties["State"].Value.ToString(), _session.RunForOne("Get-KubeAgent far-1").Properties["Cluster"].Value));
        var second = _session.RunForOne("Start-KubeAgent far-1");
        Assert.Equal(("Running", agent.Properties["ClusterServer"].Value), (second.Properties["State"].Value.ToString(), second.Properties["ClusterServer"].Value));
        Assert.NotEqual(agent.Properties["ProcessId"].Value, second.Properties["ProcessId"].Value);
        TestCluster.WaitUntil(_session, IsRunning);

        // Naming its cluster changes no setting.
        Assert.Equal("Simulated", _session.RunForOne("Stop-KubeAgent far-1; Start-KubeAgent far-1 -Connection $cluster").Properties["Runtime"].Value);
        Assert.Equal("KubeAgentRunning", ErrorOf("Start-KubeAgent far-1"));
        Assert.Equal("KubeParameterInvalid", ErrorOf("Start-KubeAgent Far_1"));
        Assert.Equal("KubeParameterInvalid", ErrorOf("Start-KubeAgent far-2 -KeyPath ./key"));
        Assert.Equal("KubeAgentStartFailed", ErrorOf("Start-KubeAgent far-2 -Runtime Simulated -Taint nothing"));
        Assert.Equal("KubeAgentStartFailed", ErrorOf("Start-KubeAgent far-2 -DockerHost unix:///nowhere/docker.sock"));
        Assert.Equal("KubeUnreachable", ErrorOf("Start-KubeAgent far-2 -Connection (Connect-KubeCluster -Uri http://127.0.0.1:9)"));
        Assert.Empty(_session.Run("$null = Connect-KubeCluster -KubeConfigPath $cluster.KubeConfigPath; Get-KubeAgent far-[2]"));

        Assert.Equal("Stopped", _session.RunForOne("Stop-KubeAgent far-1 -Remove -PassThru").Properties["State"].Value.ToString());
        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Messages);
        Assert.Empty(_session.Run("Get-KubeNode far-*; Get-KubePod we*; Get-KubeAgent far-*"));
        Assert.Equal("KubeAgentNotFound", ErrorOf("Stop-KubeAgent far-1 -ErrorAction Stop"));
    }

    [Fact]
    public void A_connection_without_a_kubeconfig_lasts_as_long_as_the_agent_and_no_other_cluster_gets_it()
    {
        _session.Run("""
            $one = Start-KubeCluster agents-one -Runtime None -InMemory
            $token = [securestring]::new(); (Get-KubeCluster agents-one -IncludeToken).Token.ToCharArray().ForEach{ $token.AppendChar($_) }
            $null = Connect-KubeCluster -Uri $one.Server -Token $token -CertificateAuthority $one.CertificateAuthorityPath
            $agent = Start-KubeAgent far-3 -Runtime Simulated
            """);
        Assert.Empty(_session.Errors);
        var folder = (string)_session.RunForOne("$agent.DataPath").BaseObject;
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "cluster.kubeconfig")));
        _session.Run("Stop-KubeAgent far-3; $null = Start-KubeCluster agents-two -Runtime None -InMemory");
        Assert.Equal("KubeAgentElsewhere", ErrorOf("Start-KubeAgent far-3"));
        Assert.Equal("KubeAgentStartFailed", ErrorOf("$null = New-KubeResource -Manifest '{ apiVersion: v1, kind: Node, metadata: { name: far-4 } }'; Start-KubeAgent far-4 -Runtime Simulated"));
        Assert.Equal("Running", _session.RunForOne("Disconnect-KubeCluster; (Start-KubeAgent far-3).State").BaseObject.ToString());

        // Its cluster goes first.
        _session.Run("Stop-KubeCluster agents-one -Remove -Confirm:$false; Stop-KubeAgent far-3 -Remove");
        Assert.Empty(_session.Errors);
        Assert.Contains("Node 'far-3' and pods of it may be left", Assert.Single(_session.Messages), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    public void Dispose()
    {
        _session.Run("Get-KubeAgent far-* | Stop-KubeAgent -Remove; Get-KubeCluster agents* | Stop-KubeCluster -Remove -Confirm:$false");
        _session.Dispose();
    }

    string ErrorOf(string script) => _session.RunForError(script).FullyQualifiedErrorId.Split(',')[0];
}
