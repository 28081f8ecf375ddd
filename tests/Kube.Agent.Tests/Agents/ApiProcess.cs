using System.Diagnostics;
using System.Text;
using Kube.Agent.Tests.Agents;
using Kube.Config;

[assembly: AssemblyFixture(typeof(ApiProcess))]

namespace Kube.Agent.Tests.Agents;

/// <summary>A real API server without an agent, in memory, for all tests of this assembly. Started when it is first asked for.</summary>
public sealed class ApiProcess : IAsyncDisposable
{
    static readonly TimeSpan Ready = TimeSpan.FromSeconds(120);

    readonly string _folder = Directory.CreateTempSubdirectory("kube-agent-tests-").FullName;
    readonly Lazy<Task<KubeApi>> _api;
    readonly StringBuilder _output = new();
    Process? _process;

    public ApiProcess() => _api = new Lazy<Task<KubeApi>>(StartAsync);

    /// <summary>A client of it.</summary>
    public Task<KubeApi> ApiAsync() => _api.Value;

    async Task<KubeApi> StartAsync()
    {
        var kubeconfig = Path.Combine(_folder, "kubeconfig");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "kube-server.dll"), "run", "--in-memory", "--agent", "none", "--port", "0", "--kubeconfig", kubeconfig])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // One that is killed leaves its sockets for debuggers behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Collect;
        _process.ErrorDataReceived += Collect;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var waited = Stopwatch.StartNew();
        while (!File.Exists(kubeconfig))
        {
            if (_process.HasExited || waited.Elapsed > Ready)
                throw new InvalidOperationException($"kube-server did not start: {_output}");
            await Task.Delay(20);
        }
        return new KubeApi(new KubeConnection(KubeConfig.Load(kubeconfig).Resolve()));
    }

    void Collect(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
