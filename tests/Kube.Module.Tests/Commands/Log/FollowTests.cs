namespace Kube.Module.Tests.Commands.Log;

/// <summary>Logs that are followed into pods that come later.</summary>
public sealed class FollowTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();

    const string New = """
        function New-Simulated($Name, $Annotations) {
            $null = New-KubePod -InputObject @{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = $Name; labels = @{ app = 'try' }; annotations = $Annotations }
                spec = @{ restartPolicy = 'Never'; containers = @(@{ name = 'c'; image = 'x' }) } }
        }
        # Ends what it reads with the last of some pods to say something.
        function Read-Until([string[]] $Pods) {
            begin { $seen = @{} }
            process { $seen[$_.Pod] = $_.Container; $_; if (-not ($Pods | Where-Object { -not $seen[$_] })) { break } }
        }
        """;

    [Theory]
    [InlineData("Get-KubeLog -LabelSelector app=try")]
    [InlineData("Get-KubeLog lat*, soo*")]
    [InlineData("Get-KubeLog -LabelSelector app=try -AllContainers -Tail 1")]
    [InlineData("Get-KubeService front | Get-KubeLog")]
    [InlineData("Get-KubeNamespace $place | Get-KubeLog")]
    public void Pods_that_come_later_are_taken_up_from_their_first_line(string command)
    {
        using var place = new Place(_session, cluster);
        _session.Run(New + """
            $place = $args[0]
            $null = New-KubeResource -Manifest '{"apiVersion":"v1","kind":"Service","metadata":{"name":"front"},"spec":{"selector":{"app":"try"},"ports":[{"port":80}]}}'
            New-Simulated soon @{ 'kube.simulated/log-lines' = '2' }; $null = Wait-KubePod soon -TimeoutSec 60
            """, place.Name);
        Assert.Empty(_session.Errors);

        var lines = _session.Run($$"""
            $made = $false
            foreach ($once in 1) {
                {{command}} -Follow | ForEach-Object { if (-not $made) { $made = $true; New-Simulated later @{ 'kube.simulated/log-lines' = '30' } }; $_ } | Read-Until soon, later
            }
            """);

        Assert.Empty(_session.Errors);
        Assert.Equal(["later", "soon"], lines.Select(line => (string)line.Properties["Pod"].Value).Distinct().Order());
        // Of the one that was there -Tail leaves something out, of the other nothing.
        Assert.Equal(command.Contains("-Tail", StringComparison.Ordinal) ? 1 : 3, lines.Count(line => line.Properties["Pod"].Value is "soon"));
        Assert.DoesNotContain("00000001", (string)lines.First(line => line.Properties["Pod"].Value is "later").Properties["Line"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_job_it_ends_when_the_job_has()
    {
        using var place = new Place(_session, cluster);
        _session.Run("""
            $null = New-KubeResource -InputObject @{ apiVersion = 'batch/v1'; kind = 'Job'; metadata = @{ name = 'again' }; spec = @{ completions = 3; template = @{
                metadata = @{ annotations = @{ 'kube.simulated/run-for' = '1s'; 'kube.simulated/log-lines' = '1' } }
                spec = @{ restartPolicy = 'Never'; containers = @(@{ name = 'c'; image = 'x' }) } } } }
            """);
        Assert.Empty(_session.Errors);

        var pods = _session.Run("Get-KubeJob again | Get-KubeLog -Follow | ForEach-Object Pod").Select(pod => pod.ToString()).Distinct().ToArray();

        Assert.Empty(_session.Errors);
        // One after the other.
        Assert.Equal(3, pods.Length);
        Assert.Equal(_session.Run("(Get-KubePod -LabelSelector job-name=again).Name").Select(name => name.ToString()).Order(), pods.Order());
        Assert.Equal("Complete", _session.RunForOne("(Get-KubeJob again).State").ToString());
        // One that is over has its logs, and no more to come.
        Assert.Equal(3, _session.Run("Get-KubeJob again | Get-KubeLog -Follow | ForEach-Object Pod").Select(pod => pod.ToString()).Distinct().Count());
    }

    [Fact]
    public void It_ends_with_the_object_that_the_pods_belong_to()
    {
        using var place = new Place(_session, cluster);
        _session.Run("""
            $null = New-KubeResource -InputObject @{ apiVersion = 'apps/v1'; kind = 'Deployment'; metadata = @{ name = 'web' }; spec = @{ replicas = 2; selector = @{ matchLabels = @{ app = 'web' } }; template = @{
                metadata = @{ labels = @{ app = 'web' }; annotations = @{ 'kube.simulated/log-lines' = '1' } }; spec = @{ containers = @(@{ name = 'c'; image = 'x' }) } } } }
            """);
        Assert.Empty(_session.Errors);

        var lines = _session.Run("$seen = @{}; Get-KubeDeployment web | Get-KubeLog -Follow | ForEach-Object { $_; $seen[$_.Pod] = 1; if ($seen.Count -eq 2) { Remove-KubeDeployment web -ErrorAction Ignore -Confirm:$false } }");

        Assert.Empty(_session.Errors);
        Assert.Equal(2, lines.Select(line => (string)line.Properties["Pod"].Value).Distinct().Count());
    }

    [Fact]
    public void More_logs_than_may_be_followed_wait_for_their_turn()
    {
        using var place = new Place(_session, cluster);
        _session.Run(New + "'a', 'b', 'c' | ForEach-Object { New-Simulated $_ @{ 'kube.simulated/log-lines' = '1'; 'kube.simulated/run-for' = '1s' } }");

        var pods = _session.Run("Get-KubeLog a, b, c -Follow -ThrottleLimit 1 | ForEach-Object Pod");

        Assert.Empty(_session.Errors);
        Assert.Equal(["a", "b", "c"], pods.Select(pod => pod.ToString()).Distinct());
        Assert.Contains("As many logs are followed as -ThrottleLimit allows, 1: that of pod/b waits", Assert.Single(_session.Messages), StringComparison.Ordinal);
        Assert.StartsWith("KubeParameterInvalid,", _session.RunForError("Get-KubeLog a -ThrottleLimit 3").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    public void Dispose() => _session.Dispose();
}
