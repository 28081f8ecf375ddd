namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedCommandTests(DockerCluster cluster) : CommandTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesCommandTests(KubernetesCluster cluster) : CommandTests(cluster);

public abstract class CommandTests(TestCluster cluster) : EndToEndTests(cluster)
{
    void Start(params string[] names)
    {
        foreach (var name in names)
            Run("$null = New-KubePod -Name $args[0] -Image $image -Label @{app='try'} -Command sh, -c, 'mkdir /www; echo hello > /www/index.html; httpd -p 127.0.0.1:8080 -h /www; sleep 1000'", name);
        Run("$null = Wait-KubePod * -TimeoutSec 120");
    }

    [Fact]
    public void Commands_have_output_input_and_exit_codes()
    {
        Start("one", "two");

        Assert.Equal("1.0 0x10 -5  -n a b", Text("Invoke-KubeCommand -Pod one -- echo 1.0 0x10 -5 '' -n 'a b'"));
        Assert.Equal("x y end", Text("'x','y' | Invoke-KubeCommand -Pod one -- sh -c 'cat; echo end'"));
        Assert.Equal("0 1 254 255", Text("[byte[]](0,1,254,255) | Invoke-KubeCommand -Pod one -AsByteStream -- cat"));
        Assert.Equal("one,4,o,e", Text("Invoke-KubeCommand -Pod one -AsResult -- sh -c 'echo o; echo e >&2; exit 4' | ForEach-Object { \"$($_.Pod),$($_.ExitCode),$($_.Output),$($_.Error)\" }"));
        Assert.Equal("hi hi", Text("Get-KubePod -LabelSelector app=try | Invoke-KubeCommand -- echo hi"));
        Assert.Contains("exit code 3: oops", Refused("KubeCommandFailed", "Invoke-KubeCommand -Pod one -- sh -c 'echo oops >&2; exit 3'").ErrorDetails.Message, StringComparison.Ordinal);
        Refused("KubeTimeout", "Invoke-KubeCommand -Pod one -TimeoutSec 1 -- sleep 30");
        Refused("KubeNotFound", "Invoke-KubeCommand -Pod nowhere -- true");
    }

    [Fact]
    public void Bytes_go_both_ways_as_they_are()
    {
        Start("one");
        // More than any buffer on the way holds.
        Run("$bytes = [byte[]]::new(3MB); [Random]::new(1).NextBytes($bytes)");
        Run("$back = (,$bytes) | Invoke-KubeCommand -Pod one -AsByteArray -- cat");
        Assert.Equal("True", Text("$back -is [byte[]] -and [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes)) -eq [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($back))"));
    }

    [Fact]
    public void Whoever_has_seen_enough_does_not_wait_for_the_command()
    {
        Start("one");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal("begun", Text("foreach ($once in 1) { Invoke-KubeCommand -Pod one -- sh -c 'echo begun; trap \"\" HUP PIPE TERM; sleep 300' | ForEach-Object { $_; break } }"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Files_go_there_and_back()
    {
        Start("one");
        var folder = Directory.CreateTempSubdirectory("kube-copy-").FullName;
        try
        {
            var bytes = new byte[3_000_000];
            new Random(1).NextBytes(bytes);
            Directory.CreateDirectory(Path.Combine(folder, "src", "sub"));
            File.WriteAllBytes(Path.Combine(folder, "src", "sub", "a b.bin"), bytes);

            Run("Copy-KubeItem $args[0] -Destination /tmp/there -ToPod one; Copy-KubeItem one:/tmp/there $args[1]", Path.Combine(folder, "src"), Path.Combine(folder, "back"));
            Run("Copy-KubeItem one:/tmp/there/sub/*.bin $args[0]", folder);

            Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(folder, "back", "sub", "a b.bin")));
            Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(folder, "a b.bin")));
            Run("Invoke-KubeCommand -Pod one -- sh -c 'mkdir /tmp/bad; ln -s /etc/passwd /tmp/bad/link; echo fine > /tmp/bad/file'");
            Refused("KubePathUnsafe", "Copy-KubeItem one:/tmp/bad $args[0]", folder);
            Assert.Equal(["file"], Directory.EnumerateFileSystemEntries(Path.Combine(folder, "bad")).Select(Path.GetFileName));
            Refused("KubeCopyFailed", "Copy-KubeItem one:/no/such $args[0]", folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Ports_are_reached_until_the_forward_ends()
    {
        Start("one");
        Run("$null = Invoke-KubeCommand -Pod one -- sh -c 'until wget -q -O /dev/null http://127.0.0.1:8080/; do sleep 0.1; done'");
        var forward = Session.RunForOne("Start-KubePortForward one :8080");
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var address = $"http://{forward.Properties["Local"].Value}/";

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => http.GetStringAsync(address))), text => Assert.Equal("hello\n", text));
        Assert.Equal("1", Text("@(Get-KubePortForward).Count"));
        Run("Get-KubePortForward | Stop-KubePortForward");

        Assert.Equal("0", Text("@(Get-KubePortForward).Count"));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(address));
    }
}
