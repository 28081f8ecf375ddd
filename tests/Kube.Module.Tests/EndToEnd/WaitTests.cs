namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedWaitTests(DockerCluster cluster) : WaitTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesWaitTests(KubernetesCluster cluster) : WaitTests(cluster);

public abstract class WaitTests(TestCluster cluster) : EndToEndTests(cluster)
{
    [Fact]
    public void Waiting_hands_on_each_pod_as_it_comes_true()
    {
        Run("$null = 'one','two' | ForEach-Object { New-KubePod -Name $_ -Image $image -Command sleep, 1000 }");

        Assert.Equal(["one", "two"], Run("Wait-KubePod one, two -TimeoutSec 60").Select(pod => (string)pod.Properties["Name"].Value).Order());
        Assert.Equal("one", Text("(Wait-KubePod one -For Condition=PodScheduled -TimeoutSec 10).Name"));
    }

    [Fact]
    public void Waiting_ends_with_the_reason_when_time_is_up_or_hope_is_gone()
    {
        Run("$null = New-KubePod -Manifest $args[0]", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"stuck"},"spec":{"containers":[{"name":"c","image":"127.0.0.1:1/nothing:1"}]}}""");
        Run("$null = New-KubePod -Name done -Image $image -RestartPolicy Never -Command sh, -c, 'exit 3'");
        WaitUntil("(Get-KubePod stuck).State -in 'ErrImagePull', 'ImagePullBackOff'");

        var timeout = Refused("KubeWaitTimeout", "Wait-KubePod stuck -TimeoutSec 1");
        Refused("KubeWaitFailed", "Wait-KubePod done -TimeoutSec 30");

        Assert.Matches("ErrImagePull|ImagePullBackOff", timeout.ErrorDetails.Message);
        Run("Remove-KubePod * -GracePeriod 0");
        Assert.Empty(Run("Wait-KubePod stuck -For Deleted -TimeoutSec 30"));
    }
}
