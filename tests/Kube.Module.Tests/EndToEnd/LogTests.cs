namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedLogTests(DockerCluster cluster) : LogTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesLogTests(KubernetesCluster cluster) : LogTests(cluster);

public abstract class LogTests(TestCluster cluster) : EndToEndTests(cluster)
{
    void Start(string name, string script, string policy = "Never") =>
        Run("$null = New-KubePod -Name $args[0] -Image $image -RestartPolicy $args[2] -Label @{app='log'} -Command sh, -c, $args[1]", name, script, policy);

    [Fact]
    public void A_log_comes_as_it_was_written_whole_or_in_part()
    {
        Start("one", "printf 'a\\r\\n\\n'; printf '  b 10%%\\r20%%\\r\\r\\n'; printf 'x\\377y\\n'; head -c 40000 /dev/zero | tr '\\0' z; echo; printf end");
        WaitUntil("(Get-KubePod one).Phase -eq 'Succeeded'");

        Assert.Equal("a||  b 10%\r20%\r|x\uFFFDy|" + new string('z', 40000) + "|end", Text("(Get-KubeLog one -Raw) -join '|'"));
        Assert.Equal("a||  b 10%\r20%\r|x\uFFFDy|" + new string('z', 40000) + "|end", Text("(Get-KubeLog one).Line -join '|'"));
        Assert.Equal("True", Text("-not @((Get-KubeLog one).Timestamp -gt [datetime]::Now).Count -and (Get-KubeLog one)[0].Timestamp.Kind -eq 'Local'"));
        Assert.Equal("end", Text("Get-KubeLog one -Tail 1"));
        Assert.Equal("", Text("Get-KubeLog one -Tail 0"));
        Assert.Equal("a||  b", Text("(Get-KubeLog one -LimitBytes 7) -join '|'"));
        Assert.Equal("a||  b", Text("(Get-KubeLog one -Raw -LimitBytes 7) -join '|'"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z end$", Text("Get-KubeLog one -Raw -Timestamps -Tail 1"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\S+ end\s*$", Session.Show("Get-KubeLog one -Timestamps -Tail 1"));
        Refused("KubeInvalid", "Get-KubeLog one -Previous");
        Refused("KubeInvalid", "Get-KubeLog one -Container other");
    }

    [Fact]
    public void Times_say_where_a_log_begins()
    {
        Start("one", "for i in 1 2 3 4 5; do echo $i; sleep 0.4; done");
        WaitUntil("(Get-KubePod one).Phase -eq 'Succeeded'");
        // Servers take whole seconds; the rest is left out here.
        Assert.Equal("3 4 5", Text("$at = (Get-KubeLog one)[2].Timestamp; Get-KubeLog one -SinceTime $at"));
        Assert.Equal("3 4 5", Text("Get-KubeLog one -SinceTime $at.ToUniversalTime() -Raw"));
        Assert.Equal("1 2 3 4 5", Text("Get-KubeLog one -Since 1:00:00"));
        Assert.Equal("", Text("Get-KubeLog one -SinceTime ([datetime]::Now.AddHours(1))"));
    }

    [Fact]
    public void Many_logs_come_as_one_in_the_order_of_time()
    {
        Run("""
            $null = New-KubePod -InputObject @{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = 'both'; labels = @{ app = 'log' } }; spec = @{ restartPolicy = 'Never'
                initContainers = @(@{ name = 'first'; image = $image; imagePullPolicy = 'Never'; command = @('sh', '-c', 'echo first') })
                containers = @(@{ name = 'a'; image = $image; imagePullPolicy = 'Never'; command = @('sh', '-c', 'for i in 1 2 3 4 5; do echo a; sleep 0.2; done') },
                               @{ name = 'b'; image = $image; imagePullPolicy = 'Never'; command = @('sh', '-c', 'for i in 1 2 3 4 5; do echo b; sleep 0.3; done') }) } }
            """);
        Start("other", "for i in 1 2 3; do echo o; sleep 0.5; done");
        WaitUntil("-not (Get-KubePod both, other | Where-Object Phase -ne Succeeded)");

        var lines = Run("$all = Get-KubePod -LabelSelector app=log | Get-KubeLog -AllContainers; $all");
        Assert.Equal(14, lines.Count);
        Assert.Equal("True", Text("$times = [datetime[]]$all.Timestamp; $sorted = $times.Clone(); [Array]::Sort($sorted); \"$times\" -eq \"$sorted\""));
        Assert.Equal(["both/a", "both/b", "both/first", "other/other"], Run("$all | ForEach-Object { \"$($_.Pod)/$($_.Container)\" }").Select(line => line.ToString()).Distinct().Order());
        Assert.Equal(string.Join(' ', lines), Text("Get-KubeLog -LabelSelector app=log -AllContainers -Raw"));
    }

    [Fact]
    public void What_is_followed_goes_on_over_restarts_until_the_pod_has_ended()
    {
        Start("again", "echo begin; sleep 1; echo end; exit 1", "Always");
        // A kubelet that has just cleared a container away says so in its log.
        Assert.Equal("begin end begin end", Text("foreach ($once in 1) { $n = 0; Get-KubeLog again -Follow | ForEach-Object { if ($_.Line -notlike 'unable to retrieve container logs for *') { $_; if (++$n -ge 4) { break } } } }"));
        Start("once", "for i in 1 2 3; do echo $i; sleep 0.3; done");
        Assert.Equal("1 2 3", Text("Get-KubeLog once -Follow"));
        // One that cannot be read is told at once, and does not end the others.
        Refused("KubeInvalid", "foreach ($once in 1) { $n = 0; Get-KubeLog once, again -Follow -Container again -Tail 0 | ForEach-Object { if (++$n -ge 2) { break } } }");
    }
}
