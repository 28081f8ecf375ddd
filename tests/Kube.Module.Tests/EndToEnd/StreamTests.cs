using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kube.Module.Tests.EndToEnd;

[Collection("docker")]
public sealed class EmbeddedStreamTests(DockerCluster cluster) : StreamTests(cluster);

[Collection("kubernetes")]
public sealed class KubernetesStreamTests(KubernetesCluster cluster) : StreamTests(cluster);

/// <summary>Files and ports where it is not all plain sailing.</summary>
public abstract class StreamTests(TestCluster cluster) : EndToEndTests(cluster)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    static CancellationToken Soon => new CancellationTokenSource(Patience).Token;

    void Start(string name, string script) =>
        Run("$null = New-KubePod -Name $args[0] -Image $image -Label @{app='try'} -Command sh, -c, $args[1]; $null = Wait-KubePod $args[0] -TimeoutSec 120", name, $"trap 'exit 0' TERM; {script}");

    // A pod that runs may not have come that far.
    void UntilListening(string pod, params int[] ports)
    {
        foreach (var port in ports)
            Run($"$null = Invoke-KubeCommand -Pod {pod} -- sh -c 'until cat /proc/net/tcp /proc/net/tcp6 | grep -q \":{port:X4} .* 0A \"; do sleep 0.1; done'");
    }

    IPEndPoint Forward(string what) => (IPEndPoint)Assert.Single(Run("Start-KubePortForward " + what)).Properties["Local"].Value;

    static async Task<Socket> OpenAsync(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address, Soon);
        return socket;
    }

    static async Task<byte[]> ReadToEndAsync(Socket socket)
    {
        var all = new MemoryStream();
        var buffer = new byte[32 << 10];
        int read;
        while ((read = await socket.ReceiveAsync(buffer, Soon)) > 0) all.Write(buffer, 0, read);
        return all.ToArray();
    }

    static async Task<string> AskAsync(IPEndPoint address)
    {
        using var http = new HttpClient { Timeout = Patience };
        return (await http.GetStringAsync($"http://{address}/")).Trim();
    }

    [Fact]
    public void Names_modes_and_links_of_any_kind_go_there_and_back()
    {
        // It has no such names.
        if (OperatingSystem.IsWindows()) return;
        Start("one", "sleep 1000 & wait");
        var folder = Directory.CreateTempSubdirectory("kube-copy-").FullName;
        try
        {
            string[] names = ["a b", "é ü 漢字 😀", "line\nfeed", "-rf", "'quoted' \"twice\" $HOME `x`", "*", new string('n', 200)];
            var source = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName;
            foreach (var name in names)
            {
                File.WriteAllText(Path.Combine(source, name), name);
                File.SetUnixFileMode(Path.Combine(source, name), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead);
            }
            File.CreateSymbolicLink(Path.Combine(source, "link"), "a b");

            Run("Copy-KubeItem $args[0] one:/tmp; Copy-KubeItem one:/tmp/source \"$($args[1])/back\"", source, folder);

            Assert.Equal($"{names.Length + 1}", Text("Invoke-KubeCommand -Pod one -- sh -c 'n=0; for f in /tmp/source/*; do n=$((n+1)); done; echo $n'"));
            foreach (var name in names)
            {
                Assert.Equal(name, File.ReadAllText(Path.Combine(folder, "back", name)));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead, File.GetUnixFileMode(Path.Combine(folder, "back", name)));
            }
            Assert.Equal("a b", new FileInfo(Path.Combine(folder, "back", "link")).LinkTarget);
            Assert.Equal("540", Text("Invoke-KubeCommand -Pod one -- stat -c %a '/tmp/source/a b'"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Folders_and_files_that_are_there_are_met_as_cp_meets_them()
    {
        Start("one", "sleep 1000 & wait");
        var folder = Directory.CreateTempSubdirectory("kube-copy-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "src"));
            File.WriteAllText(Path.Combine(folder, "src", "f"), "new");
            File.WriteAllText(Path.Combine(folder, "f"), "new");
            Run("Invoke-KubeCommand -Pod one -- sh -c 'mkdir -p /t/dir /t/has/f /t/has/src; echo old > /t/file; echo kept > /t/has/src/other'");

            // Into a folder; onto a file; under a new name; a folder into one of its name, which keeps what it has.
            Run("Copy-KubeItem $args[0] one:/t/dir; Copy-KubeItem $args[0] one:/t/file; Copy-KubeItem $args[0] one:/t/new; Copy-KubeItem $args[1] one:/t/has", Path.Combine(folder, "f"), Path.Combine(folder, "src"));
            Assert.Equal("new new new new kept", Text("Invoke-KubeCommand -Pod one -- sh -c 'for f in /t/dir/f /t/file /t/new /t/has/src/f /t/has/src/other; do cat $f; echo; done' | Where-Object { $_ }"));
            // A file does not take a folder's place, nor a folder a file's.
            Refused("KubeCopyFailed", "Copy-KubeItem $args[0] one:/t/has", Path.Combine(folder, "f"));
            Refused("KubeCopyFailed", "Copy-KubeItem $args[0] one:/t/file", Path.Combine(folder, "src"));
            Refused("KubeCopyFailed", "Copy-KubeItem $args[0] one:/t/no/such", Path.Combine(folder, "f"));
            Refused("KubeCopyFailed", "Copy-KubeItem $args[0] one:/t/no/", Path.Combine(folder, "f"));

            var here = Directory.CreateDirectory(Path.Combine(folder, "here", "dir")).Parent!.FullName;
            File.WriteAllText(Path.Combine(here, "file"), "old");
            Run("Copy-KubeItem one:/t/new \"$($args[0])/dir\"; Copy-KubeItem one:/t/new \"$($args[0])/file\"; Copy-KubeItem one:/t/new \"$($args[0])/fresh\"", here);
            Assert.Equal(["new", "new", "new"], new[] { "dir/new", "file", "fresh" }.Select(name => File.ReadAllText(Path.Combine(here, name)).Trim()));
            Refused("KubeCopyFailed", "Copy-KubeItem one:/t/has \"$($args[0])/file\"", here);
            Directory.CreateDirectory(Path.Combine(here, "dir", "file"));
            Refused("KubeCopyFailed", "Copy-KubeItem one:/t/file \"$($args[0])/dir\"", here);
            Refused("KubeCopyFailed", "Copy-KubeItem one:/t/file \"$($args[0])/no/such\"", here);

            Run("Invoke-KubeCommand -Pod one -- sh -c 'rm $(which tar)'");
            // Before Kubernetes 1.30 a shell is put in front of it, and busybox's has a tar built in.
            if (IsEmbedded) Assert.Contains("has no tar", Refused("KubeCopyFailed", "Copy-KubeItem $args[0] one:/t/dir", Path.Combine(folder, "f")).Exception.Message, StringComparison.Ordinal);
            Assert.Contains("has no tar", Refused("KubeCopyFailed", "Copy-KubeItem one:/t/file $args[0]", here).Exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Each_half_of_a_forwarded_connection_ends_by_itself()
    {
        Start("one", "nc -ll -p 9000 -e cat & nc -ll -p 9001 -e head -c 100000 /dev/zero & wait");
        UntilListening("one", 9000, 9001);
        try
        {
            var bytes = new byte[2_000_000];
            new Random(1).NextBytes(bytes);
            var echo = Forward("one :9000");
            // The client ends first, and hears all that it has sent.
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            {
                using var socket = await OpenAsync(echo);
                var reading = ReadToEndAsync(socket);
                await socket.SendAsync(bytes, Soon);
                socket.Shutdown(SocketShutdown.Send);
                var back = await reading;
                Assert.True(bytes.AsSpan().SequenceEqual(back));
            }));
            // The pod ends first, and the client hears all of it.
            using var short_ = await OpenAsync(Forward("one :9001"));
            Assert.Equal(100_000, (await ReadToEndAsync(short_)).Length);
        }
        finally
        {
            Run("Get-KubePortForward | Stop-KubePortForward");
        }
    }

    [Fact]
    public async Task Many_connections_at_once_each_have_their_own_bytes()
    {
        Start("one", "nc -ll -p 9000 -e cat & wait");
        UntilListening("one", 9000);
        try
        {
            var echo = Forward("one :9000");
            await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
            {
                using var socket = await OpenAsync(echo);
                var sent = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"connection {i};", 500)));
                await socket.SendAsync(sent, Soon);
                var back = new byte[sent.Length];
                for (var read = 0; read < back.Length;)
                {
                    var part = await socket.ReceiveAsync(back.AsMemory(read), Soon);
                    Assert.NotEqual(0, part);
                    read += part;
                }
                Assert.Equal(sent, back);
            }));
            Assert.Equal("40", Text("(Get-KubePortForward).TotalConnections"));
        }
        finally
        {
            Run("Get-KubePortForward | Stop-KubePortForward");
        }
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_does_not_end_the_forward_and_its_own_is_free_afterwards()
    {
        Start("one", "sleep 1000 & wait");
        try
        {
            var local = Forward("one :9005");
            using (var refused = await OpenAsync(local))
            {
                // Some far sides say why and some hang up.
                try
                {
                    Assert.Empty(await ReadToEndAsync(refused));
                }
                catch (SocketException exception)
                {
                    Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
                }
            }
            WaitUntil("(Get-KubePortForward).State -eq 'Failing'");
            Assert.Contains("9005", Text("(Get-KubePortForward).LastError"), StringComparison.Ordinal);
            Run("Invoke-KubeCommand -Pod one -- sh -c 'mkdir /www; echo hello > /www/index.html; httpd -p 9005 -h /www'");
            Assert.Equal("hello", await AskAsync(local));
            Assert.Equal("Listening", Text("(Get-KubePortForward).State"));

            for (var again = 0; again < 3; again++)
            {
                Run("Get-KubePortForward | Stop-KubePortForward");
                Assert.Equal(local, Forward($"one {local.Port}:9005"));
                Assert.Equal("hello", await AskAsync(local));
            }
        }
        finally
        {
            Run("Get-KubePortForward | Stop-KubePortForward");
        }
    }

    [Theory]
    [InlineData("-Deployment web :8080")]
    [InlineData("-Service web :80")]
    public async Task Where_a_pod_is_replaced_the_next_connection_goes_to_another(string target)
    {
        Run("""
            $null = New-KubeResource -InputObject @{ apiVersion = 'apps/v1'; kind = 'Deployment'; metadata = @{ name = 'web' }; spec = @{ replicas = 1; selector = @{ matchLabels = @{ app = 'web' } }; template = @{
                metadata = @{ labels = @{ app = 'web' } }; spec = @{ terminationGracePeriodSeconds = 1; containers = @(@{ name = 'c'; image = $image; imagePullPolicy = 'Never'; ports = @(@{ name = 'http'; containerPort = 8080 })
                    command = @('sh', '-c', 'mkdir /www; hostname > /www/index.html; exec httpd -f -p 8080 -h /www'); readinessProbe = @{ httpGet = @{ port = 8080; path = '/' }; periodSeconds = 1 } }) } } } }
            $null = New-KubeResource -Manifest '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":"http"}]}}'
            """);
        WaitUntil("(Get-KubeDeployment web).Available -eq 1");
        try
        {
            var local = Forward(target);
            var first = await AskAsync(local);
            Assert.Equal(Text("(Get-KubePod).Name"), first);

            Run("Remove-KubePod $args[0] -Confirm:$false -Wait -TimeoutSec 120", first);
            WaitUntil("@(Get-KubePod | Where-Object Ready -eq '1/1').Count -eq 1");

            Assert.Equal(Text("(Get-KubePod | Where-Object Ready -eq '1/1').Name"), await AskAsync(local));
            Assert.Equal("Listening", Text("(Get-KubePortForward).State"));
        }
        finally
        {
            Run("Get-KubePortForward | Stop-KubePortForward");
        }
    }
}
