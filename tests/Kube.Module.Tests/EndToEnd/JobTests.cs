namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedJobTests(DockerCluster cluster) : JobTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesJobTests(KubernetesCluster cluster) : JobTests(cluster);

public abstract class JobTests(TestCluster cluster) : EndToEndTests(cluster)
{
    [Fact]
    public void A_job_runs_to_its_end()
    {
        Run("$null = New-KubeJob count $image -Completions 2 -Command sh, -c, 'echo done'");

        Run("$null = Wait-KubeResource job count -For Condition=Complete -TimeoutSec 300");

        Assert.Equal("Complete 2/2 2 0", Text("Get-KubeJob count | ForEach-Object { $_.State, $_.Completions, $_.Succeeded, $_.Failed }"));
        Assert.Equal("done done", Text("Get-KubeJob count | Get-KubePod | Get-KubeLog | ForEach-Object Line"));
        Assert.True(Run("(Get-KubeJob count).Duration -gt 0")[0].BaseObject is true);
    }

    [Fact]
    public void A_job_that_fails_says_so()
    {
        Run("$null = New-KubeJob broken $image -BackoffLimit 0 -Command sh, -c, 'exit 3'");

        WaitUntil("(Get-KubeJob broken).State -eq 'Failed'", 120);

        Assert.Equal("0/1 1", Text("Get-KubeJob broken | ForEach-Object { $_.Completions, $_.Failed }"));
        Assert.Equal("3", Text("(Get-KubeJob broken | Get-KubeContainerStatus).ExitCode"));
        // Events are told beside what happens.
        WaitUntil("(Get-KubeJob broken | Get-KubeEvent -Type Warning).Reason -eq 'BackoffLimitExceeded'");
    }

    [Theory]
    [InlineData("job", "", true)]
    [InlineData("job", "-PropagationPolicy Orphan", false)]
    [InlineData("rc", "", true)]
    public void What_is_removed_takes_its_pods_along_unless_they_are_to_stay(string kind, string policy, bool gone)
    {
        Run(kind == "job" ? "$null = New-KubeJob web $image -Command sleep, 1000" : """
            $null = New-KubeReplicationController -InputObject @{ apiVersion = 'v1'; kind = 'ReplicationController'; metadata = @{ name = 'web' }
                spec = @{ selector = @{ app = 'web' }; template = @{ metadata = @{ labels = @{ app = 'web' } }; spec = @{ containers = @(@{ name = 'c'; image = $image; command = @('sleep', '1000') }) } } } }
            """);
        WaitUntil("@(Get-KubePod | Where-Object State -eq Running).Count -eq 1");

        Run($"Remove-KubeResource {kind} web -Wait -TimeoutSec 120 {policy}");

        if (gone) WaitUntil("@(Get-KubePod | Where-Object { -not $_.DeletionTimestamp }).Count -eq 0");
        else WaitUntil("@(Get-KubePod | Where-Object { -not $_.Metadata.ownerReferences }).Count -eq 1");
    }

    [Fact]
    public void A_client_that_says_nothing_leaves_the_pods_of_a_job()
    {
        Run("$null = New-KubeJob web $image -Command sleep, 1000");
        WaitUntil("@(Get-KubePod | Where-Object State -eq Running).Count -eq 1");

        Run("$null = [Kube.KubeApi]::new((Get-KubeJob web).Connection).DeleteAsync([Kube.KubeResources]::Jobs, (Get-KubeJob web).Namespace, 'web', [Kube.DeleteOptions]::new(), [Threading.CancellationToken]::None).GetAwaiter().GetResult()");

        WaitUntil("-not (Get-KubeJob we*) -and @(Get-KubePod | Where-Object { -not $_.Metadata.ownerReferences -and -not $_.DeletionTimestamp }).Count -eq 1");
    }

    [Fact]
    public void A_cron_job_makes_jobs_and_rests_while_it_is_suspended()
    {
        // The lab's server is older than batch/v1 for it.
        Run("""
            $version = (Get-KubeApiResource cronjobs).ApiVersion
            $null = New-KubeResource -InputObject @{ apiVersion = $version; kind = 'CronJob'; metadata = @{ name = 'tick' }
                spec = @{ schedule = '* * * * *'; jobTemplate = @{ spec = @{ template = @{ spec = @{ restartPolicy = 'Never'; containers = @(@{ name = 'c'; image = $image; command = @('sh', '-c', 'echo tick') }) } } } } } }
            """);

        WaitUntil("$done = @(Get-KubeJob tick-* | Where-Object State -eq Complete); $done.Count -gt 0", 240);

        Assert.Equal("tick", Text("$done[0] | Get-KubePod | Get-KubeLog | ForEach-Object Line"));
        Assert.Contains("SuccessfulCreate", Text("(Get-KubeResource cronjobs tick | Get-KubeEvent).Reason"), StringComparison.Ordinal);
        Run("Update-KubeResource cronjobs tick @{ spec = @{ suspend = $true } } -PatchType Merge; Remove-KubeResource cronjobs tick");
        WaitUntil("-not (Get-KubeJob tick-*)");
    }
}
