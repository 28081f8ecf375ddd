namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedEventTests(DockerCluster cluster) : EventTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesEventTests(KubernetesCluster cluster) : EventTests(cluster);

public abstract class EventTests(TestCluster cluster) : EndToEndTests(cluster)
{
    [Fact]
    public void Events_come_in_the_order_of_what_happened_and_are_about_the_pod_alone()
    {
        Run("$null = 'one','two' | ForEach-Object { New-KubePod -Name $_ -Image $image -Command sleep, 1000 } | Wait-KubePod -TimeoutSec 120");
        // They are told beside what happens, by two who do not wait for one another.
        WaitUntil("@(Get-KubeEvent -Pod one | Where-Object Type -eq Normal).Count -eq 4");

        foreach (var command in new[] { "Get-KubePod one | Get-KubeEvent", "Get-KubeEvent -Pod one", "Get-KubeContainerStatus one | Get-KubeEvent" })
        {
            Assert.Equal("Scheduled Pulled Created Started", Text($"{command} | Where-Object Type -eq Normal | ForEach-Object Reason"));
        }
        Assert.Empty(Run("Get-KubePod one | Get-KubeEvent | Where-Object Object -ne pod/one"));
    }

    [Fact]
    public void Events_are_about_any_object_of_any_kind()
    {
        Run("$null = New-KubeDeployment web $image -Command sleep, 1000 | Wait-KubeRollout -TimeoutSec 300");

        foreach (var command in new[] { "Get-KubeEvent -For deploy/web", "Get-KubeDeployment web | Get-KubeEvent", "Get-KubeResource deploy web | Get-KubeEvent -Type Normal" })
            WaitUntil($"({command}).Reason -contains 'ScalingReplicaSet'");
        Assert.Empty(Run("Get-KubeEvent -For deploy/web -Type Warning"));
        Assert.Empty(Run("Get-KubeEvent -For deploy/other"));
        Assert.Equal("deployment/web", Text("(@(Get-KubeEvent -For deploy/web)[0] | Get-KubeEvent).Object"));
        Refused("KubeUnknownKind", "Get-KubeEvent -For gadget/web");
    }

    [Fact]
    public void Repeats_are_one_event_and_series_count()
    {
        Run("""
            function New-Event($name, $minutes, $more) {
                $time = [datetime]::UtcNow.AddMinutes(-$minutes).ToString('yyyy-MM-ddTHH:mm:ssZ')
                $document = @{ apiVersion = 'v1'; kind = 'Event'; metadata = @{ name = $name; namespace = $args[0] }; type = 'Warning'; reason = 'Hiccup'; message = 'again'; involvedObject = @{ kind = 'Pod'; name = 'ghost'; namespace = $args[0] }; source = @{ component = 'test' } }
                foreach ($field in $more.Keys) { $document[$field] = $more[$field] }
                $null = New-KubeResource -InputObject $document
            }
            function Before($minutes) { [datetime]::UtcNow.AddMinutes(-$minutes).ToString('yyyy-MM-ddTHH:mm:ssZ') }
            function Precise($minutes) { [datetime]::UtcNow.AddMinutes(-$minutes).ToString('yyyy-MM-ddTHH:mm:ss.ffffffZ') }
            New-Event one 9 @{ count = 2; firstTimestamp = (Before 9); lastTimestamp = (Before 8) } $args[0]
            New-Event two 3 @{ count = 3; firstTimestamp = (Before 3); lastTimestamp = (Before 2) } $args[0]
            New-Event series 7 @{ message = 'in a row'; eventTime = (Precise 7); action = 'Hiccup'; reportingComponent = 'test'; reportingInstance = 'here'; source = @{}; series = @{ count = 5; lastObservedTime = (Precise 5) } } $args[0]
            """, Namespace);

        Assert.Equal("in a row 5, again 5", Text("(Get-KubeEvent -Pod ghost -Type Warning | ForEach-Object { \"$($_.Message) $($_.Count)\" }) -join ', '"));
        Assert.Equal("9 2", Text("$event = @(Get-KubeEvent -Pod ghost)[-1]; [math]::Floor(([datetime]::Now - $event.FirstSeen).TotalMinutes + 0.1), [math]::Floor(([datetime]::Now - $event.LastSeen).TotalMinutes + 0.1)"));
        Assert.Matches(@"\b2m(\d+s)? \(x5\)", Session.Show("Get-KubeEvent -Pod ghost"));
    }

    [Fact]
    public void An_image_that_is_nowhere_warns_and_waits()
    {
        Run("$null = New-KubePod -Manifest $args[0]", """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"lost"},"spec":{"containers":[{"name":"c","image":"127.0.0.1:1/nothing:1"}]}}
            """);

        WaitUntil("(Get-KubePod lost).State -in 'ErrImagePull', 'ImagePullBackOff'");

        WaitUntil("[bool](Get-KubeEvent -Pod lost | Where-Object { $_.Type -eq 'Warning' -and $_.Reason -eq 'Failed' -and $_.Message -like '*127.0.0.1:1/nothing*' })");
        Assert.Equal("Pending 0/1", Text("Get-KubePod lost | ForEach-Object { $_.Phase, $_.Ready }"));
    }
}
