using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Kube.Server.Tests.Hosting;

/// <summary>kube-server as a process: what it leaves on the disk, how it ends, what survives it.</summary>
public sealed class ServerProcessTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-server-").FullName;

    string Data => Path.Combine(_folder, "data");

    string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, "kube-server run", "--help")]
    [InlineData(0, "kube-server 0.1.0", "--version")]
    [InlineData(2, "a verb is missing")]
    [InlineData(2, "run has no flag --prot", "run", "--prot", "1")]
    [InlineData(2, "--cors-allowed-origins \"app.example.com\": it is not pinned", "run", "--data-path", "d", "--cors-allowed-origins", "app.example.com")]
    [InlineData(2, "proxy needs --data-path", "proxy")]
    public async Task Command_lines_that_do_not_run(int status, string text, params string[] args)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(args);
        Assert.Equal(status, exitCode);
        Assert.Contains(text, output);
    }

    [Fact]
    public async Task Once_ready_it_tells_how_it_runs_and_once_stopped_no_more()
    {
        // A folder that was there already, open to others.
        Directory.CreateDirectory(Data);
        await using var server = await ServerProcess.StartAsync(Kubeconfig, "--data-path", Data, "--agent", "none", "--cluster-name", "mine");
        var status = server.Status();
        Assert.Equal(server.Process.Id, status.GetProperty("pid").GetInt32());
        Assert.Equal("None", status.GetProperty("runtime").GetString());
        Assert.Equal("mine", Kube.Config.KubeConfig.Load(Kubeconfig).CurrentContext);
        Assert.Equal(server.Options().Server.Port, status.GetProperty("port").GetInt32());
        Assert.True(File.Exists(status.GetProperty("caFile").GetString()));
        var api = server.Api();
        var namespaces = await api.GetListAsync(KubeResources.Namespaces, null, new ListOptions(), CancellationToken.None);
        Assert.Equal(["default", "kube-node-lease", "kube-public", "kube-system"], namespaces.Items.Select(n => n.Name).Order());
        if (!OperatingSystem.IsWindows())
            foreach (var file in Directory.GetFiles(Data, "*", SearchOption.AllDirectories).Append(Kubeconfig).Append(server.StatusFile))
                Assert.True(File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);

        var token = (await File.ReadAllTextAsync(Path.Combine(Data, "token"))).Trim();
        Assert.DoesNotContain(token, await File.ReadAllTextAsync(Path.Combine(Data, "kube-server.log")));
        Assert.DoesNotContain(token, await File.ReadAllTextAsync(server.StatusFile));
        Assert.DoesNotContain(token, server.Output);
        NotOnWindows();
        Assert.Equal(0, await server.StopAsync());
        Assert.False(File.Exists(server.StatusFile));
        Assert.True(File.Exists(Kubeconfig));
        // The write-ahead log is folded in: a copy of the file is the whole cluster.
        Assert.False(File.Exists(Path.Combine(Data, "kube.db-wal")));
    }

    [Fact]
    public async Task In_memory_nothing_is_left()
    {
        NotOnWindows();
        await using var server = await ServerProcess.StartAsync(Kubeconfig, "--in-memory", "--agent", "none");
        Assert.Equal(0, await server.StopAsync());
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_restart_keeps_address_keys_and_objects()
    {
        string ca, token;
        Uri address;
        await using (var first = await ServerProcess.StartAsync(Kubeconfig, "--data-path", Data, "--agent", "none"))
        {
            (ca, token, address) = (File.ReadAllText(Path.Combine(Data, "pki", "ca.crt")), File.ReadAllText(Path.Combine(Data, "token")), first.Options().Server);
            await CreateAsync(first.Api(), "kept");
        }
        var before = await File.ReadAllTextAsync(Kubeconfig);
        await using var second = await ServerProcess.StartAsync(Kubeconfig, "--data-path", Data, "--agent", "none");
        Assert.Equal(before, await File.ReadAllTextAsync(Kubeconfig));
        Assert.Equal((ca, token, address), (File.ReadAllText(Path.Combine(Data, "pki", "ca.crt")), File.ReadAllText(Path.Combine(Data, "token")), second.Options().Server));
        Assert.Equal("kept", (await second.Api().GetAsync(KubeResources.ConfigMaps, "default", "kept", CancellationToken.None)).Name);
    }

    [Fact]
    public async Task A_second_server_on_one_data_path_is_refused()
    {
        await using var first = await ServerProcess.StartAsync(Kubeconfig, "--data-path", Data, "--agent", "none");
        var (exitCode, output) = await ServerProcess.RunAsync("run", "--data-path", Data, "--port", "0", "--agent", "none", "--kubeconfig", Path.Combine(_folder, "other"));
        Assert.Equal(1, exitCode);
        Assert.Contains("another kube-server uses " + Data, output);
        Assert.DoesNotContain("   at ", output);
        Assert.True(File.Exists(first.StatusFile));
        await CreateAsync(first.Api(), "still-works");
    }

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (exitCode, output) = await ServerProcess.RunAsync("run", "--in-memory", "--port", port.ToString(), "--agent", "none", "--kubeconfig", Kubeconfig);
        Assert.Equal(1, exitCode);
        Assert.Contains($"port {port} is in use on 127.0.0.1", output);
        Assert.DoesNotContain("   at ", output);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_are_named()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "no folder");
        foreach (var (expected, args) in new (string, string[])[]
                 {
                     (file, ["--data-path", file, "--kubeconfig", Kubeconfig, "--log-file", Path.Combine(_folder, "log")]),
                     ("log", ["--in-memory", "--kubeconfig", Kubeconfig, "--log-file", Path.Combine(file, "log")]),
                     ("kubeconfig", ["--in-memory", "--kubeconfig", Path.Combine(file, "kubeconfig")]),
                 })
        {
            var (exitCode, output) = await ServerProcess.RunAsync(["run", "--port", "0", "--agent", "none", .. args]);
            Assert.Equal(1, exitCode);
            Assert.Contains(expected, output);
            Assert.DoesNotContain("   at ", output);
        }
    }

    [Fact]
    public async Task A_database_of_something_else_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Data);
        var database = Path.Combine(Data, "kube.db");
        await File.WriteAllTextAsync(database, new string('x', 5000));
        var (exitCode, output) = await ServerProcess.RunAsync("run", "--data-path", Data, "--port", "0", "--agent", "none");
        Assert.Equal(1, exitCode);
        Assert.Contains("kube.db", output);
        Assert.DoesNotContain("   at ", output);
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(database));
    }

    [Fact]
    public async Task An_engine_that_is_down_is_an_error_where_it_is_asked_for_and_a_warning_where_it_is_not()
    {
        var nowhere = "unix://" + Path.Combine(_folder, "no.sock");
        if (OperatingSystem.IsWindows()) nowhere = "npipe://./pipe/kube-no-engine";
        var (exitCode, output) = await ServerProcess.RunAsync("run", "--in-memory", "--port", "0", "--kubeconfig", Kubeconfig, "--agent", "docker", "--docker-host", nowhere);
        Assert.Equal(1, exitCode);
        Assert.Contains(nowhere, output);
        Assert.DoesNotContain("   at ", output);
        await using var server = await ServerProcess.StartAsync(Kubeconfig, "--in-memory", "--agent", "auto", "--docker-host", nowhere);
        Assert.Equal("Simulated", server.Status().GetProperty("runtime").GetString());
        Assert.Contains(nowhere, server.Status().GetProperty("warning").GetString());
    }

    [Fact]
    public async Task Killed_amid_a_thousand_creates_it_has_all_that_it_acknowledged()
    {
        var acknowledged = new List<string>();
        await using (var server = await ServerProcess.StartAsync(Kubeconfig, "--data-path", Data, "--agent", "none"))
        {
            var api = server.Api();
            using var killed = new CancellationTokenSource();
            var creating = Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = killed.Token }, async (i, cancel) =>
            {
                try
                {
                    await CreateAsync(api, $"object-{i}", cancel);
                }
                catch (KubeException)
                {
                    return;
                }
                lock (acknowledged) acknowledged.Add($"object-{i}");
                if (acknowledged.Count > 400 && !killed.IsCancellationRequested)
                {
                    server.Process.Kill();
                    await killed.CancelAsync();
                }
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating.WaitAsync(ServerProcess.Bound));
            await server.Process.WaitForExitAsync().WaitAsync(ServerProcess.Bound);
        }
        Assert.InRange(acknowledged.Count, 401, 999);
        await using var again = await ServerProcess.StartAsync(Kubeconfig, "--data-path", Data, "--agent", "none");
        var there = (await again.Api().GetListAsync(KubeResources.ConfigMaps, "default", new ListOptions(), CancellationToken.None)).Items.Select(o => o.Name).ToHashSet();
        Assert.Subset(there, acknowledged.ToHashSet());
    }

    [Fact]
    public async Task In_the_background_it_is_on_its_own()
    {
        NotOnWindows();
        // What a script does: x=$(…), with a further file left open for the child, then Ctrl+C for the whole group.
        var script = $"exec 9>{_folder}/open; x=$(dotnet '{ServerProcess.Program}' run --background --port 0 --agent none --data-path '{Data}' --kubeconfig '{Kubeconfig}' 2>&1); echo \"status=$? output=$x\"; trap '' INT; kill -INT 0";
        using var shell = Process.Start(new ProcessStartInfo("setsid", ["--wait", "bash", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync().WaitAsync(ServerProcess.Bound);
        await shell.WaitForExitAsync().WaitAsync(ServerProcess.Bound);
        Assert.Equal("status=0 output=\n", output);
        var status = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Kubeconfig + ".status.json"));
        using var server = Process.GetProcessById(status.GetProperty("pid").GetInt32());
        try
        {
            var api = new KubeApi(new KubeConnection(Kube.Config.KubeConfig.Load(Kubeconfig).Resolve()));
            await CreateAsync(api, "alive");
            if (OperatingSystem.IsLinux())
            {
                var stat = (await File.ReadAllTextAsync($"/proc/{server.Id}/stat")).Split(' ');
                Assert.Equal(server.Id.ToString(), stat[5]);
                var open = Directory.GetFiles($"/proc/{server.Id}/fd").Select(f => new FileInfo(f).LinkTarget).ToArray();
                Assert.DoesNotContain($"{_folder}/open", open);
                foreach (var standard in (string[])["0", "1", "2"]) Assert.Equal("/dev/null", new FileInfo($"/proc/{server.Id}/fd/{standard}").LinkTarget);
            }
        }
        finally
        {
            Assert.Equal(0, ServerProcess.kill(server.Id, 15));
            await ServerProcess.UntilAsync(() => !File.Exists(Kubeconfig + ".status.json"), "the server has stopped");
            await server.WaitForExitAsync().WaitAsync(ServerProcess.Bound);
        }
    }

    [Fact]
    public async Task A_start_in_the_background_that_fails_says_why()
    {
        await using var first = await ServerProcess.StartAsync(Kubeconfig, "--data-path", Data, "--agent", "none");
        var (exitCode, output) = await ServerProcess.RunAsync("run", "--background", "--data-path", Data, "--port", "0", "--agent", "none", "--kubeconfig", Path.Combine(_folder, "other"));
        Assert.Equal(1, exitCode);
        Assert.Contains("another kube-server uses " + Data, output);
        (exitCode, output) = await ServerProcess.RunAsync("run", "--background", "--nope");
        Assert.Equal(2, exitCode);
        Assert.Contains("run has no flag --nope", output);
    }

    static void NotOnWindows()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("needs signals");
    }

    static Task<KubeObject> CreateAsync(KubeApi api, string name, CancellationToken cancel = default) =>
        api.CreateAsync(KubeResources.ConfigMaps, "default", Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"}}"""), new WriteOptions(), cancel);
}
