using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Kube.Bench.Processes;

/// <summary>A kube-server as it is laid out, private to one benchmark, without a node: its pods are what <see cref="PodSeed"/> puts there.</summary>
sealed class BenchServer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process _process;

    readonly string _folder;

    BenchServer(Process process, string folder) => (_process, _folder) = (process, folder);

    public string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    /// <summary>Starts one with so many pods.</summary>
    public static async Task<BenchServer> StartAsync(Place place, int pods)
    {
        var folder = Directory.CreateDirectory(Path.Combine(place.Folder, Path.GetRandomFileName())).FullName;
        string[] arguments = [place.ServerPath, "run", "--data-path", folder, "--port", "0", "--agent", "none", "--cluster-name", "bench"];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var server = new BenchServer(process, folder);
        try
        {
            using var client = await server.ConnectAsync();
            await PodSeed.PlantAsync(client, pods);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Nothing of it is kept, so it need not end well.
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Connects as its administrator.</summary>
    public async Task<HttpClient> ConnectAsync()
    {
        var waited = Stopwatch.StartNew();
        while (!File.Exists(Kubeconfig + ".status.json"))
        {
            if (_process.HasExited) throw new BenchException($"kube-server ended with status {_process.ExitCode}.");
            if (waited.Elapsed > Patience) throw new BenchException($"kube-server was not ready within {Patience.TotalSeconds:0} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
        using var status = JsonDocument.Parse(await File.ReadAllBytesAsync(Kubeconfig + ".status.json"));
        var authority = X509CertificateLoader.LoadCertificateFromFile(status.RootElement.GetProperty("caFile").GetString()!);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck };
        var client = new HttpClient(handler) { BaseAddress = new Uri(status.RootElement.GetProperty("server").GetString()!) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(_folder, "token"))).Trim());
        return client;
    }
}
