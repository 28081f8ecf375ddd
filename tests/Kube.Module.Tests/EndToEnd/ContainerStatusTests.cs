using System.Diagnostics;
using System.Management.Automation;

namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class ContainerStatusTests(DockerCluster cluster) : IDisposable
{
    readonly ModuleSession _session = cluster.Connect();

    [Fact]
    public void A_crash_loop_shows_why_it_waits_how_it_ended_and_how_often()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubePod -Name crash -Image $args[0] -Command sh, -c, 'echo out of cheese; exit 3'", Lab.Image);

        TestCluster.WaitUntil(_session, "(Get-KubePod crash).State -eq 'CrashLoopBackOff' -and (Get-KubePod crash).RestartCount -ge 2");

        var status = _session.RunForOne("Get-KubePod crash | Get-KubeContainerStatus");
        Assert.Equal("Waiting", Text(status, "State"));
        Assert.Equal("CrashLoopBackOff", Text(status, "Reason"));
        Assert.Matches(@"^back-off \d+s restarting failed container=crash pod=crash_test-\w+\([-0-9a-f]{36}\)$", Text(status, "Message"));
        Assert.Equal("Terminated", Text(status, "LastState"));
        Assert.Equal("Error", Text(status, "LastReason"));
        Assert.Equal("3", Text(status, "LastExitCode"));
        Assert.Single(_session.Run("Get-KubePod | Where-Object RestartCount -gt 0"));
        Assert.Equal("out of cheese", _session.RunForOne("Get-KubePod crash | Get-KubeLog -Previous").ToString());
        Assert.Equal("crash", Text(_session.RunForOne("Get-KubeContainerStatus -State Waiting"), "Container"));
        Assert.Equal("out of cheese", _session.RunForOne("Get-KubeContainerStatus -State Waiting | Get-KubeLog -Previous").ToString());
    }

    [Fact]
    public void A_killed_container_shows_its_signal()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubePod -Name killed -Image $args[0] -RestartPolicy Never -Command sleep, 1000 | Wait-KubePod -TimeoutSec 30", Lab.Image);
        Assert.Empty(_session.Errors);
        var container = ((string)_session.RunForOne("(Get-KubeContainerStatus killed).ContainerID").BaseObject).Replace("docker://", "", StringComparison.Ordinal);
        using (var kill = Process.Start(new ProcessStartInfo("docker", ["-H", Lab.DockerHost, "kill", "--signal", "KILL", container]) { RedirectStandardOutput = true })!) kill.WaitForExit();

        TestCluster.WaitUntil(_session, "(Get-KubePod killed).Phase -eq 'Failed'");

        var status = _session.RunForOne("Get-KubeContainerStatus killed");
        Assert.Equal("137", Text(status, "ExitCode"));
        Assert.Equal("9", Text(status, "Signal"));
        Assert.Equal("Terminated", Text(status, "State"));
        Assert.NotNull(status.Properties["FinishedAt"].Value);
    }

    [Fact]
    public void The_engines_own_detail_leaves_environment_values_out_unless_asked()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubePod -Name detailed -Image $args[0] -Command sleep, 1000 -Environment @{ PASSWORD = 'do-not-show' } | Wait-KubePod -TimeoutSec 30", Lab.Image);
        Assert.Empty(_session.Errors);

        var detail = _session.RunForOne("(Get-KubeContainerStatus detailed -Detail).DetailInfo | ConvertTo-KubeJson").ToString();
        var whole = _session.RunForOne("(Get-KubeContainerStatus detailed -Detail -IncludeEnvironment).DetailInfo | ConvertTo-KubeJson").ToString();

        Assert.Contains("k8s_detailed_detailed_", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("do-not-show", detail, StringComparison.Ordinal);
        Assert.Contains("PASSWORD=do-not-show", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void Init_containers_and_several_containers_each_have_their_row()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubePod -Manifest $args[0] | Wait-KubePod -TimeoutSec 30", $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: many}
            spec:
              initContainers: [{name: first, image: {{Lab.Image}}, command: ['true']}]
              containers:
              - {name: one, image: {{Lab.Image}}, command: [sleep, '1000']}
              - {name: two, image: {{Lab.Image}}, command: [sleep, '1000']}
            """);
        Assert.Empty(_session.Errors);

        var rows = _session.Run("Get-KubeContainerStatus many | ForEach-Object { \"$($_.Container) $($_.ContainerType) $($_.State) $($_.ExitCode) $($_.Ready)\" }").Select(row => row.ToString());

        Assert.Equal(["first Init Terminated 0 True", "one Container Running  True", "two Container Running  True"], rows);
        Assert.Equal("2/2", _session.RunForOne("(Get-KubePod many).Ready").BaseObject);
    }

    static string? Text(PSObject item, string property) => item.Properties[property].Value?.ToString();

    public void Dispose() => _session.Dispose();
}
