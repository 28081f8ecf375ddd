using System.Diagnostics;
using System.Text;
using Kube.Agent.Tests.Agents;
using Kube.Config;

[assembly: AssemblyFixture(typeof(ApiProcess))]

namespace Kube.Agent.Tests.Agents;

/// <summary>A real API server without an agent, in memory, for all tests of this assembly. Started when it is first asked for.</summary>
public sealed class ApiProcess : IAsyncDisposable
{
    static readonly TimeSpan Ready = TimeSpan.FromSeconds(60);

    readonly string folder = Directory.CreateTempSubdirectory("kube-agent-tests-").FullName;
    readonly Lazy<Task<KubeApi>> api;
    readonly StringBuilder output = new();
    Process? process;

    public ApiProcess() => api = new Lazy<Task<KubeApi>>(StartAsync);

    /// <summary>A client of it.</summary>
    public Task<KubeApi> ApiAsync() => api.Value;

    async Task<KubeApi> StartAsync()
    {
        var kubeconfig = Path.Combine(folder, "kubeconfig");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "kube-server.dll"), "run", "--in-memory", "--agent", "none", "--port", "0", "--kubeconfig", kubeconfig])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var waited = Stopwatch.StartNew();
        while (!File.Exists(kubeconfig))
        {
            if (process.HasExited || waited.Elapsed > Ready)
                throw new InvalidOperationException($"kube-server did not start: {output}");
            await Task.Delay(20);
        }
        return new KubeApi(new KubeConnection(KubeConfig.Load(kubeconfig).Resolve()));
    }

    void Collect(object sender, DataReceivedEventArgs line)
    {
        lock (output)
            output.AppendLine(line.Data);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
