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

        Assert.Equal(["one", "two"], Run("Wait-KubePod one, two -TimeoutSec 120").Select(pod => (string)pod.Properties["Name"].Value).Order());
        Assert.Equal("one", Text("(Wait-KubePod one -For Condition=PodScheduled -TimeoutSec 10).Name"));
    }

    [Fact]
    public void Waiting_ends_with_the_reason_when_time_is_up_or_hope_is_gone()
    {
        Run("$null = New-KubePod -Manifest $args[0]", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"stuck"},"spec":{"containers":[{"name":"c","image":"127.0.0.1:1/nothing:1"}]}}""");
        Run("$null = New-KubePod -Name done -Image $image -RestartPolicy Never -Command sh, -c, 'exit 3'");
        WaitUntil("(Get-KubePod stuck).State -in 'ErrImagePull', 'ImagePullBackOff'");

        var timeout = Refused("KubeWaitTimeout", "Wait-KubePod stuck -TimeoutSec 1");
        Refused("KubeWaitFailed", "Wait-KubePod done -TimeoutSec 120");

        Assert.Matches("ErrImagePull|ImagePullBackOff", timeout.ErrorDetails.Message);
        Run("$null = New-KubePod -Manifest $args[0]", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"homeless"},"spec":{"nodeSelector":{"no":"where"},"containers":[{"name":"c","image":"busybox:1.35"}]}}""");
        WaitUntil("(Get-KubeEvent -Pod homeless).Reason -contains 'FailedScheduling'");
        Assert.Matches("node", Refused("KubeWaitTimeout", "Wait-KubePod homeless -TimeoutSec 1").ErrorDetails.Message);
        Run("$null = New-KubeDeployment lost nothing.invalid/nobody:1");
        WaitUntil("(Get-KubePod -l app=lost).State -in 'ErrImagePull', 'ImagePullBackOff'");
        Assert.Matches("Pod lost-.*nothing.invalid", Refused("KubeWaitTimeout", "Wait-KubeResource deployment lost -TimeoutSec 1").ErrorDetails.Message.ReplaceLineEndings(" "));
        Run("Remove-KubePod * -GracePeriod 0");
        Assert.Empty(Run("Wait-KubePod stuck -For Deleted -TimeoutSec 120"));
    }

    [Fact]
    public void Pods_that_are_not_there_yet_are_waited_for_by_selector_and_by_name()
    {
        Run("$d = New-KubeDeployment many $image -Replicas 3 -Command sleep, 1000");

        // All three, although none is there when the wait begins.
        Assert.Equal("many many many", Text("$d | Wait-KubePod -TimeoutSec 120 | ForEach-Object { $_.Labels['app'] }"));
        Assert.Equal("3 3", Text("@(Wait-KubePod -l app=many -TimeoutSec 120).Count; @(Wait-KubePod many* -For Created -TimeoutSec 10).Count"));
        Assert.Contains("there is none yet", Refused("KubeWaitTimeout", "Wait-KubePod -l app=nobody -TimeoutSec 1").ErrorDetails.Message);
        Assert.Contains("not there yet", Refused("KubeWaitTimeout", "Wait-KubePod nobody -For Created -TimeoutSec 1").ErrorDetails.Message);
        Refused("KubeNotFound", "Wait-KubePod nobody -TimeoutSec 120");
        Assert.Empty(Run("Wait-KubePod nobody, no* -For Deleted -TimeoutSec 120"));
    }

    [Theory]
    [InlineData("-For 'JsonPath={.data.mode}=fast'")]
    [InlineData("-For JsonPath=.data.mode")]
    [InlineData("-For { $_.data.mode -eq 'fast' }")]
    [InlineData("")]
    public void A_value_or_a_script_block_is_waited_for(string wanted)
    {
        Run("$null = New-KubeConfigMap settings -Data @{ mode = 'fast' }");

        Assert.Equal("settings", Text($"(Wait-KubeResource cm settings {wanted} -TimeoutSec 10).Name"));
        Assert.Equal("settings", Text($"(Get-KubeResource cm settings | Wait-KubeResource {wanted} -TimeoutSec 0).Name"));
        Assert.Equal("settings", Text($"(Wait-KubeResource cm/settings {wanted} -TimeoutSec 10).Name"));
    }

    [Theory]
    [InlineData("-For 'JsonPath={.data.mode}=fast'", "{.data.mode} is 'slow'")]
    [InlineData("-For 'JsonPath={.data.other}'", "it has no {.data.other}")]
    [InlineData("-For { $_.data.mode -eq 'fast' }", "as -For wants it")]
    [InlineData("-For Condition=Ready", "it has no condition Ready")]
    [InlineData("-For Deleted", "nothing has deleted it")]
    public void Who_gives_up_says_how_things_stand(string wanted, string reason)
    {
        Run("$null = New-KubeConfigMap settings -Data @{ mode = 'slow' }");

        foreach (var seconds in new[] { 0, 1 })
            Assert.Contains(reason, Refused("KubeWaitTimeout", $"Wait-KubeResource cm settings {wanted} -TimeoutSec {seconds}").ErrorDetails.Message);
    }

    [Theory]
    [InlineData("Wait-KubeResource cm x -For Running", "KubeParameterInvalid")]
    [InlineData("Wait-KubeResource cm x -For 5", "KubeParameterInvalid")]
    [InlineData("Wait-KubeResource cm x -For 'JsonPath={.a..b}'", "KubeParameterInvalid")]
    [InlineData("Wait-KubeResource", "KubeParameterInvalid")]
    [InlineData("Wait-KubeResource nonsense x", "KubeUnknownKind")]
    public void What_cannot_be_meant_is_refused(string command, string id) =>
        Assert.StartsWith(id + ",", Session.RunForError(command + " -ErrorAction Stop").FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void Many_are_waited_for_side_by_side()
    {
        Run("$null = 1..40 | ForEach-Object { New-KubeConfigMap \"many-$_\" }");

        Assert.Equal("40", Text("@(Get-KubeResource cm many-* | Wait-KubeResource -TimeoutSec 120).Count"));
        Run("Remove-KubeResource cm many-* -Wait -TimeoutSec 120");
        Assert.Empty(Run("Get-KubeResource cm many-*"));
        Run("$null = 1..40 | ForEach-Object { New-KubeConfigMap \"many-$_\" }; $m = Get-KubeResource cm many-*; $m | Remove-KubeResource -Wait -TimeoutSec 120; $m | Wait-KubeResource -For Deleted -TimeoutSec 120");
    }

    [Fact]
    public void Removal_waits_for_the_end_and_says_what_holds_it()
    {
        Run("$null = New-KubeResource -Manifest '{ apiVersion: v1, kind: ConfigMap, metadata: { name: held, finalizers: [example.com/hold] } }'");

        Assert.Contains("example.com/hold", Refused("KubeWaitTimeout", "Remove-KubeResource cm held -Wait -TimeoutSec 1").ErrorDetails.Message);
        Assert.Contains("example.com/hold", Refused("KubeWaitTimeout", "Wait-KubeResource cm held -For Deleted -TimeoutSec 1").ErrorDetails.Message);
        Run("Update-KubeResource cm held '{\"metadata\":{\"finalizers\":null}}' -PatchType Merge; Wait-KubeResource cm held -For Deleted -TimeoutSec 120");
        Run("$null = New-KubePod -Name web -Image $image -Command sleep, 1000 | Wait-KubePod -TimeoutSec 120; Remove-KubePod web -GracePeriod 1 -Wait -TimeoutSec 120");
        Refused("KubeNotFound", "Get-KubePod web");
    }
}
