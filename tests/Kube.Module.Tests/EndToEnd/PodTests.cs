namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedPodTests(DockerCluster cluster) : PodTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesPodTests(KubernetesCluster cluster) : PodTests(cluster);

/// <summary>From New-KubePod to Remove-KubePod.</summary>
public abstract class PodTests(TestCluster cluster) : EndToEndTests(cluster)
{
    [Fact]
    public void A_pod_runs_tells_what_it_does_and_goes()
    {
        Run("$null = New-KubePod -Name hello -Image $image -Command sh, -c, 'echo one; echo two; sleep 1000' -Label @{ app = 'hello' } | Wait-KubePod -TimeoutSec 120");

        Assert.Equal("Running Running 1/1 0", Text("Get-KubePod hello | ForEach-Object { $_.State, $_.Phase, $_.Ready, $_.RestartCount }"));
        Assert.Equal("True", Text("(Get-KubePod hello).Node -in (Get-KubeNode).Name"));
        Assert.Matches(@"^\d+\.\d+\.\d+\.\d+$", Text("(Get-KubePod hello).PodIP"));
        WaitUntil("@(Get-KubeLog hello).Count -eq 2");
        Assert.Equal("one two", Text("Get-KubeLog hello"));
        Assert.Equal("two", Text("Get-KubePod -l app=hello | Get-KubeLog -Tail 1"));

        Assert.Empty(Run("Get-KubePod hello | Remove-KubePod -GracePeriod 1"));

        Assert.Empty(Run("Wait-KubePod hello -For Deleted -TimeoutSec 120"));
        var error = Refused("KubeNotFound", "Get-KubePod hello");
        Assert.Equal("pods/hello", error.TargetObject);
    }

    [Theory]
    [InlineData("exit 0", "Succeeded", "Completed", "0", "Completed")]
    [InlineData("exit 3", "Failed", "Error", "3", "Error")]
    public void A_pod_that_ends_says_how(string script, string phase, string state, string exitCode, string reason)
    {
        Run("$null = New-KubePod -Name once -Image $image -RestartPolicy Never -Command sh, -c, $args[0]", script);

        WaitUntil("(Get-KubePod once).Phase -in 'Succeeded', 'Failed'");

        Assert.Equal($"{phase} {state} 0/1", Text("Get-KubePod once | ForEach-Object { $_.Phase, $_.State, $_.Ready }"));
        Assert.Equal($"Terminated {exitCode} {reason}", Text("Get-KubeContainerStatus once | ForEach-Object { $_.State, $_.ExitCode, $_.Reason }"));
    }

    [Theory]
    [InlineData("Get-KubePod w*", "web-1 web-2")]
    [InlineData("Get-KubePod WEB-?", "web-1 web-2")]
    [InlineData("Get-KubePod", "other web-1 web-2")]
    [InlineData("Get-KubePod zz*", "")]
    [InlineData("Get-KubePod -l 'app in (web),n!=1'", "web-2")]
    [InlineData("Get-KubePod -FieldSelector metadata.name=other", "other")]
    [InlineData("Get-KubeResource po w*", "web-1 web-2")]
    [InlineData("Get-KubePod web-1 | Get-KubePod", "web-1")]
    [InlineData("[pscustomobject]@{ Name = 'web-2' } | Get-KubePod", "web-2")]
    [InlineData("Get-KubeNamespace $here | Get-KubePod", "other web-1 web-2")]
    [InlineData("Get-KubeService web | Get-KubePod", "web-1 web-2")]
    [InlineData("Remove-KubePod w* -GracePeriod 0; Get-KubePod", "other")]
    public void Names_wildcards_selectors_and_input_find_the_same_pods(string command, string names)
    {
        Run("$here = $args[0]", Namespace);
        // A node that is not there leaves them alone.
        Run("""
            function pod($name, $labels) { $null = New-KubePod -InputObject @{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = $name; labels = $labels }; spec = @{ schedulerName = 'nobody'; containers = , @{ name = 'c'; image = $image } } } }
            foreach ($n in '1', '2') { pod web-$n @{ app = 'web'; n = $n } }
            pod other @{}
            $null = New-KubeService -Manifest '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}'
            """);

        Assert.Equal(names, string.Join(' ', Text(command + " | ForEach-Object Name").Split(' ').Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_namespace_a_node_and_a_controller_mean_their_pods()
    {
        Run("""
            $pod = @{ terminationGracePeriodSeconds = 0; containers = , @{ name = 'c'; image = $image; command = 'sleep', '1000' } }
            $null = @{
                apiVersion = 'v1'; kind = 'ReplicationController'; metadata = @{ name = 'rc' }
                spec = @{ replicas = 2; selector = @{ app = 'rc' }; template = @{ metadata = @{ labels = @{ app = 'rc' } }; spec = $pod } }
            } | New-KubeReplicationController
            """);
        WaitUntil("(Get-KubeReplicationController rc).Ready -eq 2");

        Assert.Equal("2", Text("@(Get-KubeReplicationController rc | Get-KubePod).Count"));
        Assert.Equal("2", Text("@(Get-KubeReplicationController rc | Get-KubeContainerStatus).Count"));
        Assert.Equal("2", Text("@(Get-KubeNode | Get-KubePod | Where-Object Namespace -eq $args[0]).Count", Namespace));
    }

    [Theory]
    [InlineData("KubeNotFound", "Get-KubePod nothing")]
    [InlineData("KubeNotFound", "Remove-KubePod nothing")]
    [InlineData("KubeNotFound", "Get-KubeLog nothing")]
    [InlineData("KubeInvalid", "New-KubePod -Name x -Image busybox -Label @{ 'no key!' = 'x' }")]
    [InlineData("KubeAlreadyExists", "$twice = @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'twice' } }; $null = $twice | New-KubeResource; $twice | New-KubeResource")]
    [InlineData("KubeInvalid", "New-KubePod -Manifest '{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"x\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"},{\"name\":\"c\",\"image\":\"i\"}]}}'")]
    [InlineData("KubeNotFound", "New-KubePod -Name x -Image busybox -Namespace not-there-at-all")]
    public void What_the_server_refuses_is_an_error_with_its_id_and_a_way_on(string id, string script) => Assert.NotEmpty(Refused(id, script).ErrorDetails.RecommendedAction);
}
