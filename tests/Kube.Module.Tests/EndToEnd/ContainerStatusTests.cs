using System.Diagnostics;
using System.Management.Automation;

namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedContainerStatusTests(DockerCluster cluster) : ContainerStatusTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesContainerStatusTests(KubernetesCluster cluster) : ContainerStatusTests(cluster);

public abstract class ContainerStatusTests(TestCluster cluster) : EndToEndTests(cluster)
{
    [Fact]
    public void A_crash_loop_shows_why_it_waits_how_it_ended_and_how_often()
    {
        Run("$null = New-KubePod -Name crash -Image $image -Command sh, -c, 'echo out of cheese; exit 3'");

        // Of one and the same look: between two of them it may run again.
        WaitUntil("$crash = Get-KubePod crash; $crash.State -eq 'CrashLoopBackOff' -and $crash.RestartCount -ge 2");

        var status = Session.RunForOne("Get-KubePod crash | Get-KubeContainerStatus");
        Assert.Equal("Waiting", Text(status, "State"));
        Assert.Equal("CrashLoopBackOff", Text(status, "Reason"));
        Assert.Matches(@"^back-off \d+s restarting failed container=crash pod=crash_test-\w+\([-0-9a-f]{36}\)$", Text(status, "Message"));
        Assert.Equal("Terminated", Text(status, "LastState"));
        Assert.Equal("Error", Text(status, "LastReason"));
        Assert.Equal("3", Text(status, "LastExitCode"));
        Assert.Single(Run("Get-KubePod | Where-Object RestartCount -gt 0"));
        Assert.Equal("out of cheese", Text("Get-KubePod crash | Get-KubeLog -Previous"));
        Assert.Equal("crash", Text(Session.RunForOne("Get-KubeContainerStatus -State Waiting"), "Container"));
        Assert.Equal("out of cheese", Text("Get-KubeContainerStatus -State Waiting | Get-KubeLog -Previous"));
    }

    [Fact]
    public void A_killed_container_shows_its_signal()
    {
        Run("$null = New-KubePod -Name killed -Image $image -RestartPolicy Never -Command sleep, 1000 | Wait-KubePod -TimeoutSec 120");
        var container = Text("(Get-KubeContainerStatus killed).ContainerID").Replace("docker://", "", StringComparison.Ordinal);
        using (var kill = Process.Start(new ProcessStartInfo("docker", ["-H", Cluster.DockerHost, "kill", "--signal", "KILL", container]) { RedirectStandardOutput = true })!) kill.WaitForExit();

        WaitUntil("(Get-KubePod killed).Phase -eq 'Failed'");

        var status = Session.RunForOne("Get-KubeContainerStatus killed");
        Assert.Equal("137", Text(status, "ExitCode"));
        Assert.Equal("9", Text(status, "Signal"));
        Assert.Equal("Terminated", Text(status, "State"));
        Assert.NotNull(status.Properties["FinishedAt"].Value);
    }

    [Fact]
    public void The_engines_own_detail_leaves_environment_values_out_unless_asked()
    {
        Run("$null = New-KubePod -Name detailed -Image $image -Command sleep, 1000 -Environment @{ PASSWORD = 'do-not-show' } | Wait-KubePod -TimeoutSec 120");

        // A kubelet tells nothing of its engine.
        if (!IsEmbedded)
        {
            Assert.Empty(Text("(Get-KubeContainerStatus detailed -Detail).DetailInfo"));
            Assert.Single(Session.Messages);
            return;
        }

        var detail = Text("(Get-KubeContainerStatus detailed -Detail).DetailInfo | ConvertTo-KubeJson");
        var whole = Text("(Get-KubeContainerStatus detailed -Detail -IncludeEnvironment).DetailInfo | ConvertTo-KubeJson");

        Assert.Contains("k8s_detailed_detailed_", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("do-not-show", detail, StringComparison.Ordinal);
        Assert.Contains("PASSWORD=do-not-show", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void Init_containers_and_several_containers_each_have_their_row()
    {
        Run("$null = New-KubePod -Manifest $args[0] | Wait-KubePod -TimeoutSec 120", $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: many}
            spec:
              initContainers: [{name: first, image: {{Lab.Image}}, command: ['true']}]
              containers:
              - {name: one, image: {{Lab.Image}}, command: [sleep, '1000']}
              - {name: two, image: {{Lab.Image}}, command: [sleep, '1000']}
            """);

        var rows = Run("Get-KubeContainerStatus many | ForEach-Object { \"$($_.Container) $($_.ContainerType) $($_.State) $($_.ExitCode) $($_.Ready)\" }").Select(row => row.ToString());

        Assert.Equal(["first Init Terminated 0 True", "one Container Running  True", "two Container Running  True"], rows);
        Assert.Equal("2/2", Text("(Get-KubePod many).Ready"));
    }

    static string? Text(PSObject item, string property) => item.Properties[property].Value?.ToString();
}
