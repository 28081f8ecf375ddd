using System.Diagnostics;
using System.Globalization;
using k8s;

namespace Kube.Bench.Processes;

/// <summary>The official C# client (NuGet KubernetesClient) in a process of its own, asked for what Kube is asked for.</summary>
static class OfficialClient
{
    /// <summary>Lists the pods of all namespaces, connected before, and writes what that took as the probes do.</summary>
    public static async Task<int> ListAsync(string kubeconfig)
    {
        using var client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
        await client.CoreV1.ReadNamespacedPodAsync(PodSeed.First, "default");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        const string peak = "/proc/self/clear_refs";
        if (File.Exists(peak)) await File.WriteAllTextAsync(peak, "5");
        var before = Process.GetCurrentProcess().WorkingSet64;
        var watch = Stopwatch.StartNew();
        var pods = await client.CoreV1.ListPodForAllNamespacesAsync();
        var time = watch.Elapsed.TotalMilliseconds;
        var after = Process.GetCurrentProcess();
        if (pods.Items.Count < PodSeed.Many) throw new BenchException($"There are {pods.Items.Count} pods, not {PodSeed.Many}.");
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Time={time}"));
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Memory={Sample.Megabytes(Math.Max(after.PeakWorkingSet64, after.WorkingSet64) - before)}"));
        GC.KeepAlive(pods);
        return 0;
    }

    public static async Task<Sample> MeasureListAsync(string kubeconfig) =>
        Sample.Parse((await ChildProcess.RunAsync(Self.Program, [.. Self.Arguments, "official-list", kubeconfig], keepOutput: true)).Lines);
}
