namespace Kube.Module.Tests.Commands.Node;

public sealed class ClearNodeTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    const string DaemonSet = """{"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"logs"},"spec":{"selector":{"matchLabels":{"app":"logs"}},"template":{"metadata":{"labels":{"app":"logs"}},"spec":{"containers":[{"name":"c","image":"busybox"}]}}}}""";
    const string WithData = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"data"},"spec":{"volumes":[{"name":"v","emptyDir":{}}],"containers":[{"name":"c","image":"busybox"}]}}""";

    readonly ModuleSession _session = cluster.Connect(width: 200);

    [Fact]
    public void A_node_is_emptied_but_for_what_belongs_on_it()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubeDeployment web busybox -Replicas 3; $null = New-KubeResource -Manifest $args[0]; $null = Get-KubeResource ds, deploy | Wait-KubeRollout -TimeoutSec 300", DaemonSet);
        Assert.Empty(_session.Errors);
        Assert.Equal(3, _session.RunForOne("$old = @((Get-KubePod -l app=web).Uid); $old.Count").BaseObject);

        var node = _session.RunForOne("Get-KubeNode | Clear-KubeNode -PodSelector app -PassThru -Confirm:$false -Verbose");

        Assert.Empty(_session.Errors);
        Assert.Equal("Ready,SchedulingDisabled", node.Properties["State"].Value);
        Assert.Contains(_session.Messages, message => message.Contains("stays: daemon set 'logs' would make it anew", StringComparison.Ordinal));
        Assert.Empty(_session.Run("Get-KubePod -l app=web | Where-Object Uid -in $old"));
        Assert.Single(_session.Run("Get-KubePod -l app=logs | Where-Object State -eq Running"));
        _session.Run("Resume-KubeNode *; $null = Wait-KubeRollout deploy web -TimeoutSec 300");
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public async Task A_budget_holds_a_pod_until_another_takes_its_place()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubeDeployment web busybox -Replicas 2 | Wait-KubeRollout -TimeoutSec 300; $null = New-KubeResource -Manifest $args[0]",
            """{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"one-stays"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"web"}}}}""");
        Assert.Empty(_session.Errors);
        TestCluster.WaitUntil(_session, "(Get-KubeResource pdb one-stays).Status.disruptionsAllowed -eq 1");
        using var other = cluster.Connect();

        var clearing = Task.Run(() => other.Run("Clear-KubeNode * -PodSelector app=web -Confirm:$false -TimeoutSec 120"), TestContext.Current.CancellationToken);
        // One has gone, and what takes its place finds no node.
        TestCluster.WaitUntil(_session, "(Get-KubePod -l app=web | Where-Object State -eq Pending) -and (Get-KubeResource pdb one-stays).Status.disruptionsAllowed -eq 0");
        Assert.NotSame(clearing, await Task.WhenAny(clearing, Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken)));
        _session.Run("Resume-KubeNode *");
        Assert.Empty(await clearing);

        Assert.Empty(other.Errors);
        Assert.Contains(other.Messages, message => message.Contains("stays for now: Cannot evict pod as it would violate the pod's disruption budget. The disruption budget one-stays needs 1 healthy pods and has ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_budget_that_never_lets_go_is_told_once_the_time_is_up_and_deletion_does_not_ask_it()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubeDeployment web busybox | Wait-KubeRollout -TimeoutSec 300; $null = New-KubeResource -Manifest $args[0]",
            """{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"all-stay"},"spec":{"maxUnavailable":0,"selector":{"matchLabels":{"app":"web"}}}}""");
        TestCluster.WaitUntil(_session, "(Get-KubeResource pdb all-stay).Status.currentHealthy -eq 1");

        _session.Run("Clear-KubeNode * -PodSelector app=web -Confirm:$false -TimeoutSec 5 -PassThru -WarningAction SilentlyContinue");

        var error = Assert.Single(_session.Errors);
        Assert.StartsWith("KubeWaitTimeout,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("is not clear after 5 s: pod 'web-", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("disruption budget all-stay", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Run("Clear-KubeNode * -PodSelector app=web -DisableEviction -GracePeriod 0 -Confirm:$false; Resume-KubeNode *"));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void What_would_be_lost_is_named_and_nothing_is_touched()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubePod -Manifest $args[0] | Wait-KubePod -TimeoutSec 120", WithData);

        _session.Run("Clear-KubeNode * -Confirm:$false");

        var error = Assert.Single(_session.Errors);
        Assert.StartsWith("KubeNodeBlocked,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"pod 'data' in namespace {place.Name}: nothing makes it anew (-Force), and it has data of its own in an emptyDir volume (-DeleteLocalData)", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("Ready", _session.RunForOne("(Get-KubeNode).State").BaseObject);
        Assert.Equal("Running", _session.RunForOne("(Get-KubePod data).State").BaseObject);

        Assert.Empty(_session.Run("Clear-KubeNode * -Force -DeleteLocalData -Confirm:$false; Get-KubePod data*; Resume-KubeNode *"));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void WhatIf_names_each_pod_that_would_leave()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubePod -Manifest $args[0] | Wait-KubePod -TimeoutSec 120", WithData);

        var shown = _session.Show("Clear-KubeNode * -PodSelector '!app' -Force -DeleteLocalData -WhatIf");

        Assert.Contains("What if: Performing the operation \"Clear\" on target \"Node ", shown, StringComparison.Ordinal);
        Assert.Contains($"What if: Performing the operation \"Evict\" on target \"pod 'data' in namespace {place.Name}\".", shown, StringComparison.Ordinal);
        Assert.Equal("Ready", _session.RunForOne("(Get-KubeNode).State").BaseObject);
        Assert.Equal("Running", _session.RunForOne("(Get-KubePod data).State").BaseObject);
    }

    [Fact]
    public void A_no_changes_nothing()
    {
        using var asked = cluster.Connect(canPrompt: true);
        asked.Screen.Answer = 2;

        Assert.Empty(asked.Run("Get-KubeNode | Clear-KubeNode -PodSelector none -PassThru"));

        Assert.Empty(asked.Errors);
        Assert.Contains("\"Clear\" on target \"Node ", Assert.Single(asked.Screen.Questions), StringComparison.Ordinal);
        Assert.Equal("Ready", _session.RunForOne("(Get-KubeNode).State").BaseObject);
    }

    [Theory]
    [InlineData("Clear-KubeNode", "KubeParameterInvalid")]
    [InlineData("Clear-KubeNode missing -Confirm:$false -ErrorAction Stop", "KubeNotFound")]
    [InlineData("Get-KubeNamespace default | Clear-KubeNode -Confirm:$false -ErrorAction Stop", "KubeWrongKind")]
    [InlineData("Clear-KubeNode * -PodSelector none", "KubeConfirmationRequired")]
    public void What_cannot_be_done_is_refused(string command, string id) =>
        Assert.StartsWith(id + ",", _session.RunForError(command).FullyQualifiedErrorId, StringComparison.Ordinal);

    public void Dispose() => _session.Dispose();
}
