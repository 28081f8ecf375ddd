namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedDrainTests(DockerCluster cluster) : DrainTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesDrainTests(KubernetesCluster cluster) : DrainTests(cluster);

/// <summary>A node that no agent looks after: others go on with the real one meanwhile. The test says what an agent would say of its pods.</summary>
public abstract class DrainTests : EndToEndTests
{
    readonly string _node = "drained-" + Guid.NewGuid().ToString("n")[..8];

    protected DrainTests(TestCluster cluster) : base(cluster)
    {
        Run("$null = New-KubeResource -InputObject @{ apiVersion = 'v1'; kind = 'Node'; metadata = @{ name = $args[0] } }; $node = $args[0]", _node);
        Run("""
            function New-PodThere($name, $app) {
                $null = New-KubeResource -InputObject @{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = $name; labels = @{ app = $app } }
                    spec = @{ nodeName = $node; containers = @(@{ name = 'c'; image = 'busybox' }); tolerations = @(@{ operator = 'Exists' }) } }
                Update-KubeResource pod $name -Subresource status -PatchType Merge -Patch @{ status = @{ phase = 'Running'; conditions = @(@{ type = 'Ready'; status = 'True' }) } }
            }
            """);
    }

    [Fact]
    public async Task Pods_leave_as_their_budget_allows()
    {
        Run("New-PodThere one web; New-PodThere two web; New-PodThere other api");
        Run("$null = New-KubeResource -InputObject @{ apiVersion = (Get-KubeApiResource poddisruptionbudgets).ApiVersion; kind = 'PodDisruptionBudget'; metadata = @{ name = 'budget' }; spec = @{ minAvailable = 1; selector = @{ matchLabels = @{ app = 'web' } } } }");
        WaitUntil("(Get-KubeResource pdb budget).Status.disruptionsAllowed -eq 1");
        using var other = Cluster.Connect();

        var clearing = Task.Run(() => other.Run("Clear-KubeNode $args[0] -Force -GracePeriod 0 -PassThru -Confirm:$false -TimeoutSec 120", _node), TestContext.Current.CancellationToken);
        WaitUntil("@(Get-KubePod one*, two*).Count -eq 1 -and @(Get-KubePod other*).Count -eq 0");
        // Two that ask at once may both be looked at again, before one is refused.
        Assert.NotSame(clearing, await Task.WhenAny(clearing, Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken)));
        Run("Update-KubeResource pdb budget @{ spec = @{ minAvailable = 0 } } -PatchType Merge");
        var cleared = Assert.Single(await clearing);

        Assert.Empty(other.Errors);
        Assert.Equal(true, cleared.Properties["Unschedulable"].Value);
        Assert.Empty(Run("Get-KubePod"));
        Assert.Contains(other.Messages, message => message.Contains("stays for now: Cannot evict pod as it would violate the pod's disruption budget. The disruption budget budget needs 1 healthy pods and has ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_budget_that_never_lets_go_ends_with_the_time()
    {
        Run("New-PodThere one web");
        Run("$null = New-KubeResource -InputObject @{ apiVersion = (Get-KubeApiResource poddisruptionbudgets).ApiVersion; kind = 'PodDisruptionBudget'; metadata = @{ name = 'budget' }; spec = @{ minAvailable = 1; selector = @{ matchLabels = @{ app = 'web' } } } }");
        WaitUntil("(Get-KubeResource pdb budget).Status.currentHealthy -eq 1");

        var error = Refused("KubeWaitTimeout", "Clear-KubeNode $node -Force -GracePeriod 0 -Confirm:$false -TimeoutSec 5 -WarningAction SilentlyContinue");

        Assert.Contains("pod 'one' in namespace", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("budget", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("one", Text("(Get-KubePod).Name"));

        Run("Clear-KubeNode $node -Force -GracePeriod 0 -DisableEviction -Confirm:$false");
        Assert.Empty(Run("Get-KubePod"));
    }

    [Fact]
    public void A_dry_run_tells_whom_the_server_would_let_go_and_changes_nothing()
    {
        Run("New-PodThere held web; New-PodThere free api");
        Run("$null = New-KubeResource -InputObject @{ apiVersion = (Get-KubeApiResource poddisruptionbudgets).ApiVersion; kind = 'PodDisruptionBudget'; metadata = @{ name = 'budget' }; spec = @{ minAvailable = 1; selector = @{ matchLabels = @{ app = 'web' } } } }");
        WaitUntil("(Get-KubeResource pdb budget).Status.currentHealthy -eq 1");

        string[] Told(string command) => [.. Run(command).Select(item => $"{item.Properties["Kind"].Value} {item.Properties["Path"].Value} {item.Properties["Name"].Value} {item.Properties["Change"].Value}").Order()];
        Assert.Equal([$"Node spec.unschedulable {_node} Added", "Pod metadata.name free Removed"], Told("Clear-KubeNode $node -Force -DryRun"));
        Assert.Contains(Session.Messages, message => message.StartsWith("pod 'held' in namespace", StringComparison.Ordinal) && message.Contains("would stay for now: Cannot evict pod as it would violate", StringComparison.Ordinal));
        Assert.Equal([$"Node spec.unschedulable {_node} Added", "Pod metadata.name free Removed", "Pod metadata.name held Removed"], Told("Get-KubeNode $node | Clear-KubeNode -Force -DisableEviction -GracePeriod 0 -DryRun"));
        Refused("KubeNodeBlocked", "Clear-KubeNode $node -DryRun");

        Assert.Equal("False free held", Text("(Get-KubeNode $node).Unschedulable; (Get-KubePod | Where-Object { -not $_.DeletionTimestamp }).Name"));
    }

    [Fact]
    public void What_would_be_lost_stops_it_before_it_begins()
    {
        Run("New-PodThere one web");

        Refused("KubeNodeBlocked", "Clear-KubeNode $node -Confirm:$false");

        Assert.Equal("False", Text("(Get-KubeNode $node).Unschedulable"));
        Assert.Equal("one", Text("(Get-KubePod).Name"));
        Run("Clear-KubeNode $node -PodSelector app=api -Confirm:$false; Resume-KubeNode $node");
        Assert.Equal("one", Text("(Get-KubePod).Name"));
    }

    protected override void Dispose(bool disposing)
    {
        Session.Run("Get-KubePod | Remove-KubePod -Force; Remove-KubeResource node $node");
        base.Dispose(disposing);
    }
}
