namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedRolloutTests(DockerCluster cluster) : RolloutTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesRolloutTests(KubernetesCluster cluster) : RolloutTests(cluster);

public abstract class RolloutTests : EndToEndTests
{
    protected RolloutTests(TestCluster cluster) : base(cluster) => Run("""
        function New-Workload($kind, $script = 'sleep 1000') {
            $spec = @{ replicas = 2; selector = @{ matchLabels = @{ app = 'web' } }; template = @{ metadata = @{ labels = @{ app = 'web' } }
                spec = @{ terminationGracePeriodSeconds = 1; containers = @(@{ name = 'c'; image = $image; command = @('sh', '-c', $script) }) } } }
            if ($kind -eq 'StatefulSet') { $spec.serviceName = 'web' }
            if ($kind -eq 'DaemonSet') { $spec.Remove('replicas') }
            New-KubeResource -InputObject @{ apiVersion = 'apps/v1'; kind = $kind; metadata = @{ name = 'web' }; spec = $spec }
        }
        """);

    [Theory]
    [InlineData("Deployment", 2)]
    [InlineData("StatefulSet", 2)]
    [InlineData("DaemonSet", 1)]
    public void A_workload_is_rolled_out_restarted_changed_and_taken_back(string kind, int pods)
    {
        Run("$null = New-Workload $args[0] | Wait-KubeRollout -TimeoutSec 300", kind);
        Assert.Equal($"{pods}", Text("$first = @((Get-KubePod).Uid); $first.Count"));

        Run("$null = Restart-KubeRollout $args[0] web -PassThru | Wait-KubeRollout -TimeoutSec 300", kind);
        WaitUntil($"@(Get-KubePod).Count -eq {pods} -and -not (Get-KubePod | Where-Object Uid -in $first)");

        Run("$null = Update-KubeResource $args[0] web @{ spec = @{ template = @{ metadata = @{ annotations = @{ stage = 'two' } } } } } -PassThru | Wait-KubeRollout -TimeoutSec 300", kind);
        Assert.Equal("1 2 3", Text("(Get-KubeRollout $args[0] web).Revision", kind));
        Assert.Equal("two", Text("(Get-KubeRollout $args[0] web -Revision 3).Template.metadata.annotations.stage", kind));

        Run("$null = Get-KubeResource $args[0] web | Undo-KubeRollout -PassThru | Wait-KubeRollout -TimeoutSec 300", kind);
        Assert.Equal("1 3 4", Text("(Get-KubeRollout $args[0] web).Revision", kind));
        WaitUntil("-not (Get-KubePod | Where-Object { $_.Annotations['stage'] })");

        Run("$null = Undo-KubeRollout $args[0] web -Revision 1 -PassThru | Wait-KubeRollout -TimeoutSec 300", kind);
        Assert.Equal("", Text("(Get-KubeResource $args[0] web).Spec.template.metadata.annotations", kind));
        Refused("KubeNotFound", "Undo-KubeRollout $args[0] web -Revision 99", kind);
    }

    [Fact]
    public void A_paused_deployment_is_left_alone_and_goes_on_where_it_is_resumed()
    {
        Run("$null = New-Workload Deployment | Wait-KubeRollout -TimeoutSec 300; Update-KubeResource deploy web @{ spec = @{ paused = $true } }");

        Refused("KubeInvalid", "Restart-KubeRollout deploy web");
        Refused("KubeInvalid", "Undo-KubeRollout deploy web");
        Run("Update-KubeResource deploy web @{ spec = @{ template = @{ metadata = @{ annotations = @{ stage = 'two' } } } } }");
        var error = Refused("KubeWaitTimeout", "Wait-KubeRollout deploy web -TimeoutSec 2");
        Assert.Contains("it is paused", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("1", Text("(Get-KubeRollout deploy web).Revision"));

        Run("$null = Update-KubeResource deploy web @{ spec = @{ paused = $false } } -PassThru | Wait-KubeRollout -TimeoutSec 300");
        Assert.Equal("1 2", Text("(Get-KubeRollout deploy web).Revision"));
    }

    [Fact]
    public void A_rollout_that_fails_says_why_and_leaves_the_old_pods()
    {
        Run("$null = New-Workload Deployment | Wait-KubeRollout -TimeoutSec 300");
        Run("Update-KubeResource deploy web @{ spec = @{ progressDeadlineSeconds = 12; template = @{ spec = @{ containers = @(@{ name = 'c'; image = '127.0.0.1:1/nothing:1' }) } } } } -PatchType Strategic");

        var error = Refused("KubeWaitFailed", "Wait-KubeRollout deploy web -TimeoutSec 300");

        Assert.Contains("exceeded its progress deadline", error.Exception.Message, StringComparison.Ordinal);
        Assert.Matches("Pod web-[a-z0-9-]+ is (ErrImagePull|ImagePullBackOff)", error.Exception.Message);
        Assert.Equal("2", Text("(Get-KubeDeployment web).Available"));
        Run("$null = Undo-KubeRollout deploy web -PassThru | Wait-KubeRollout -TimeoutSec 300");
    }

    [Fact]
    public void A_crash_is_the_reason_why_a_rollout_does_not_get_on()
    {
        Run("$null = New-Workload Deployment 'exit 3'");
        WaitUntil("[bool](Get-KubeContainerStatus | Where-Object Reason -eq CrashLoopBackOff)");

        var error = Refused("KubeWaitTimeout", "Wait-KubeRollout deploy web -TimeoutSec 1");

        Assert.Contains("0 of 2 pods are available", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Pod web-", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Deployment")]
    [InlineData("StatefulSet")]
    public void A_scale_is_set_and_waited_for(string kind)
    {
        Run("$null = New-Workload $args[0] | Wait-KubeRollout -TimeoutSec 300", kind);

        Assert.Equal("3", Text("(Set-KubeScale $args[0] web 3 -CurrentReplicas 2 -Wait -PassThru -TimeoutSec 120).Status.readyReplicas", kind));
        Refused("KubeConflict", "Set-KubeScale $args[0] web 1 -CurrentReplicas 2", kind);
        Run("Get-KubeResource $args[0] web | Set-KubeScale -Replicas 0 -Wait -TimeoutSec 120", kind);
        WaitUntil("-not (Get-KubePod)");
    }
}
