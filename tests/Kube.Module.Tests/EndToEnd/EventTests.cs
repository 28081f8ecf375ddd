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
        Run("$null = 'one','two' | ForEach-Object { New-KubePod -Name $_ -Image $image -Command sleep, 1000 } | Wait-KubePod -TimeoutSec 60");
        WaitUntil("@(Get-KubeEvent -Pod one | Where-Object Reason -eq Started).Count -eq 1");

        foreach (var command in new[] { "Get-KubePod one | Get-KubeEvent", "Get-KubeEvent -Pod one", "Get-KubeContainerStatus one | Get-KubeEvent" })
        {
            Assert.Equal("Scheduled Pulled Created Started", Text($"{command} | Where-Object Type -eq Normal | ForEach-Object Reason"));
        }
        Assert.Empty(Run("Get-KubePod one | Get-KubeEvent | Where-Object Object -ne pod/one"));
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
