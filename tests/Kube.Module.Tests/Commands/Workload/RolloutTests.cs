namespace Kube.Module.Tests.Commands.Workload;

public sealed class RolloutTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    const string Set = """{"apiVersion":"apps/v1","kind":"KIND","metadata":{"name":"web"},"spec":{"serviceName":"web","selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"busybox"}]}}}}""";

    readonly ModuleSession _session = cluster.Connect();

    [Theory]
    [InlineData("Deployment")]
    [InlineData("StatefulSet")]
    [InlineData("DaemonSet")]
    public void A_workload_is_restarted_and_taken_back(string kind)
    {
        using var place = new Place(_session, cluster);
        var manifest = Set.Replace("KIND", kind, StringComparison.Ordinal);
        _session.Run("New-KubeResource -Manifest $args[0] | Wait-KubeRollout -TimeoutSec 300", kind == "StatefulSet" ? manifest : manifest.Replace("\"serviceName\":\"web\",", "", StringComparison.Ordinal));
        Assert.Empty(_session.Errors);
        var first = _session.RunForOne("(Get-KubePod).Uid").BaseObject;

        _session.Run("$again = Restart-KubeRollout $args[0] web -PassThru | Wait-KubeRollout -TimeoutSec 300", kind);

        Assert.Empty(_session.Errors);
        TestCluster.WaitUntil(_session, $"@(Get-KubePod).Count -eq 1 -and (Get-KubePod).Uid -ne '{first}'");
        Assert.Equal("1 False, 2 True", _session.RunForOne($"(Get-KubeRollout {kind} web | ForEach-Object {{ \"$($_.Revision) $($_.IsCurrent)\" }}) -join ', '").BaseObject);
        Assert.Equal("busybox", _session.RunForOne($"(Get-KubeRollout {kind} web -Revision 1).Images").BaseObject);
        Assert.NotNull(_session.RunForOne($"(Get-KubeRollout {kind} web -Revision 2).Template.metadata.annotations.'kubectl.kubernetes.io/restartedAt'").BaseObject);

        _session.Run($"$undone = Get-KubeResource {kind} web | Undo-KubeRollout -PassThru | Wait-KubeRollout -TimeoutSec 300");

        Assert.Empty(_session.Errors);
        Assert.Equal("2 False, 3 True", _session.RunForOne($"(Get-KubeRollout {kind} web | ForEach-Object {{ \"$($_.Revision) $($_.IsCurrent)\" }}) -join ', '").BaseObject);
        Assert.Equal(true, _session.RunForOne("$null -eq $undone.Spec.template.metadata.annotations").BaseObject);
    }

    [Fact]
    public void A_reason_goes_with_its_template()
    {
        using var place = new Place(_session, cluster);
        _session.Run("""
            $web = @{ apiVersion = 'apps/v1'; kind = 'Deployment'; metadata = @{ name = 'web'; annotations = @{ 'kubernetes.io/change-cause' = 'first' } }
                spec = @{ selector = @{ matchLabels = @{ app = 'web' } }; template = @{ metadata = @{ labels = @{ app = 'web' } }; spec = @{ containers = @(@{ name = 'c'; image = 'busybox' }) } } } }
            $null = $web | New-KubeResource | Wait-KubeRollout -TimeoutSec 300
            $null = Restart-KubeRollout deploy web -PassThru | Wait-KubeRollout -TimeoutSec 300
            $null = Undo-KubeRollout deploy web -Revision 1 -PassThru | Wait-KubeRollout -TimeoutSec 300
            """);

        Assert.Empty(_session.Errors);
        Assert.Equal("first", _session.RunForOne("(Get-KubeRollout deploy web)[-1].ChangeCause").BaseObject);
        Assert.Contains("is at revision 3 already", _session.Show("Undo-KubeRollout deploy web -Revision 3"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Undo-KubeRollout deploy web", "KubeNotFound", "no revision before")]
    [InlineData("Undo-KubeRollout deploy web -Revision 9", "KubeNotFound", "no revision 9")]
    [InlineData("Get-KubeRollout deploy web -Revision 9", "KubeNotFound", "no revision 9")]
    [InlineData("Restart-KubeRollout deploy missing", "KubeNotFound", "missing")]
    [InlineData("Restart-KubeRollout pod/web", "KubeWrongKind", "Pod has no rollouts")]
    [InlineData("Set-KubeScale deploy/web 3 -Replicas 2", "KubeParameterInvalid", "says a name already")]
    [InlineData("Set-KubeScale deploy web", "KubeParameterInvalid", "how many")]
    [InlineData("Set-KubeScale deploy/web three", "KubeParameterInvalid", "how many")]
    [InlineData("Set-KubeScale deploy 3", "KubeParameterInvalid", "how many")]
    [InlineData("Set-KubeScale deploy web 3 -CurrentReplicas 2", "KubeConflict", "1 replicas, not 2")]
    [InlineData("Get-KubeNamespace default | Restart-KubeRollout", "KubeWrongKind", "Namespace")]
    [InlineData("Get-KubeNamespace default | Set-KubeScale -Replicas 1", "KubeNotSupported", "no scale")]
    public void What_cannot_be_done_is_an_error_of_its_own(string command, string id, string message)
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubeDeployment web busybox | Wait-KubeRollout -TimeoutSec 300");
        Assert.Empty(_session.Errors);

        _session.Run(command);

        var error = Assert.Single(_session.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Restart-KubeRollout deploy web -WhatIf")]
    [InlineData("Undo-KubeRollout deploy web -WhatIf")]
    [InlineData("Set-KubeScale deploy web 3 -WhatIf")]
    [InlineData("Set-KubeScale deploy w* 3 -WhatIf -Wait")]
    public void WhatIf_changes_nothing(string command)
    {
        using var place = new Place(_session, cluster);
        var version = _session.RunForOne("(New-KubeDeployment web busybox | Wait-KubeRollout -TimeoutSec 300).Metadata.generation").BaseObject;

        Assert.Contains("What if: ", _session.Show(command), StringComparison.Ordinal);
        Assert.Equal(version, _session.RunForOne("(Get-KubeDeployment web).Metadata.generation").BaseObject);
    }

    [Fact]
    public void A_scale_is_set_from_what_it_was_and_waited_for()
    {
        using var place = new Place(_session, cluster);
        _session.Run("$null = New-KubeDeployment web busybox");

        Assert.Equal("3/3", _session.RunForOne("(Set-KubeScale deploy web 3 -CurrentReplicas 1 -Wait -PassThru -TimeoutSec 120).Ready").BaseObject);
        Assert.Equal("2/2", _session.RunForOne("(Set-KubeScale deploy/web -Replicas 2 -Wait -PassThru -TimeoutSec 120).Ready").BaseObject);
        Assert.Empty(_session.Run("Get-KubeDeployment web | Set-KubeScale -Replicas 0 -Wait -TimeoutSec 120"));
        // The number alone, wherever nothing else can be meant by it.
        foreach (var command in new[] { "Set-KubeScale deploy/web 1", "Get-KubeDeployment web | Set-KubeScale 2", "Get-KubeDeployment web | Set-KubeScale deploy 1", "Set-KubeScale deploy -l app=web 2", "[pscustomobject] @{ Kind = 'Deployment'; Name = 'web' } | Set-KubeScale -Replicas 0" })
            Assert.Equal(command.Split(' ')[^1], _session.RunForOne($"({command} -PassThru).spec.replicas").BaseObject.ToString());

        Assert.Empty(_session.Errors);
        TestCluster.WaitUntil(_session, "(Get-KubeDeployment web).Ready -eq '0/0'");
    }

    [Fact]
    public void A_rollout_that_is_stuck_says_which_pod_holds_it_up()
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubeResource -Manifest $args[0]", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"nodeSelector":{"no":"such"},"containers":[{"name":"c","image":"busybox"}]}}}}""");
        TestCluster.WaitUntil(_session, "@(Get-KubePod).Count -eq 1");

        _session.Run("Wait-KubeRollout deploy web -TimeoutSec 1");

        var error = Assert.Single(_session.Errors);
        Assert.StartsWith("KubeWaitTimeout,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("0 of 1 pods are available. Pod web-", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Pending", error.Exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _session.Dispose();
}
