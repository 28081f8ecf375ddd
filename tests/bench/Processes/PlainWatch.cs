using System.Diagnostics;
using System.Globalization;

namespace Kube.Bench.Processes;

/// <summary>The least that a watch can cost: an HttpClient that reads the lines of the same stream, in a process of its own, and does nothing with them.</summary>
static class PlainWatch
{
    /// <summary>Reads so many events and writes how old they were, as the probes do.</summary>
    public static async Task<int> RunAsync(string kubeconfig, string events)
    {
        using var client = ClusterClient.Open(kubeconfig);
        using var stream = await client.GetStreamAsync("/api/v1/namespaces/default/pods?watch=true");
        using var reader = new StreamReader(stream);
        var ages = new List<double>();
        while (ages.Count < int.Parse(events, CultureInfo.InvariantCulture) && await reader.ReadLineAsync() is { } line)
        {
            var now = Stopwatch.GetTimestamp();
            const string start = "\"name\":\"e-";
            var from = line.IndexOf(start, StringComparison.Ordinal) + start.Length;
            ages.Add(Stopwatch.GetElapsedTime(long.Parse(line.AsSpan(from, line.IndexOf('"', from) - from), CultureInfo.InvariantCulture), now).TotalMilliseconds);
        }
        // The first half is for the compiler.
        var counted = ages.Skip(ages.Count / 2).Order().ToArray();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Time={counted[counted.Length / 2]}"));
        return 0;
    }

    public static async Task<Sample> MeasureAsync(string kubeconfig, int events) =>
        Sample.Parse((await ChildProcess.RunAsync(Self.Program, [.. Self.Arguments, "plain-watch", kubeconfig, events.ToString(CultureInfo.InvariantCulture)], keepOutput: true)).Lines);
}
