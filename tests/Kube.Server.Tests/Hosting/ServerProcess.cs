using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Kube.Config;

namespace Kube.Server.Tests.Hosting;

/// <summary>A kube-server as users run it: a process. Killed when disposed.</summary>
sealed class ServerProcess : IAsyncDisposable
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    readonly StringBuilder _output = new();

    ServerProcess(Process process, string kubeconfig) => (Process, Kubeconfig) = (process, kubeconfig);

    public Process Process { get; }

    public string Kubeconfig { get; }

    public string StatusFile => Kubeconfig + ".status.json";

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "kube-server.dll");

    /// <summary>Starts <c>run</c> and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string kubeconfig, params string[] args)
    {
        var server = Launch(kubeconfig, ["run", "--port", "0", "--kubeconfig", kubeconfig, .. args]);
        await server.ReadyAsync();
        return server;
    }

    /// <summary>Waits until it is ready.</summary>
    public async Task ReadyAsync()
    {
        // One that was killed has left its file behind.
        await UntilAsync(() => Process.HasExited || TellsOfItself(), "the server is ready");
        Assert.False(Process.HasExited, Output);
    }

    /// <summary>Starts with these arguments and waits for nothing.</summary>
    public static ServerProcess Launch(string kubeconfig, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The debug output of a runtime under test is nobody's business here.
        start.Environment["DOTNET_NOLOGO"] = "1";
        // Nor are its sockets for debuggers, which would stay behind one that is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var server = new ServerProcess(Process.Start(start)!, kubeconfig);
        server.Process.OutputDataReceived += server.Collect;
        server.Process.ErrorDataReceived += server.Collect;
        server.Process.BeginOutputReadLine();
        server.Process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] args)
    {
        await using var server = Launch("", args);
        await server.Process.WaitForExitAsync().WaitAsync(Bound);
        return (server.Process.ExitCode, server.Output);
    }

    public JsonElement Status() => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(StatusFile));

    bool TellsOfItself()
    {
        try
        {
            return Status().GetProperty("pid").GetInt32() == Process.Id;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    public KubeConnectionOptions Options() => KubeConfig.Load(Kubeconfig).Resolve();

    public KubeApi Api() => new(new KubeConnection(Options()));

    /// <summary>A client that trusts this cluster's CA alone.</summary>
    public HttpClient Http(string? token = null, X509Certificate2? certificate = null)
    {
        var options = Options();
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(options.CertificateAuthority!);
        if (certificate is not null) handler.SslOptions.ClientCertificates = [certificate];
        var client = new HttpClient(handler) { BaseAddress = options.Server, Timeout = Bound };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Ends it as a service manager would (Unix) and returns its exit status.</summary>
    public async Task<int> StopAsync()
    {
        Assert.Equal(0, kill(Process.Id, 15));
        await Process.WaitForExitAsync().WaitAsync(Bound);
        return Process.ExitCode;
    }

    public bool IsDisposed { get; private set; }

    public async ValueTask DisposeAsync()
    {
        IsDisposed = true;
        if (!Process.HasExited) Process.Kill();
        await Process.WaitForExitAsync().WaitAsync(Bound);
        Process.Dispose();
    }

    public static async Task UntilAsync(Func<bool> condition, string what) => await UntilAsync(() => Task.FromResult(condition()), what);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > Bound) Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"not within {Bound.TotalSeconds} s: {what}"));
            await Task.Delay(20);
        }
    }

    void Collect(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }

    [DllImport("libc", SetLastError = true)]
    internal static extern int kill(int process, int signal);
}
