using System.Text.Json;

namespace Kube.Agent.Runtime.Docker;

/// <summary>Reads an engine's statistics of a container. Pure.</summary>
static class DockerStats
{
    // Pages of files that the kernel gives back first: by version of the control groups.
    static readonly string[] Reclaimable = ["inactive_file", "total_inactive_file"];

    /// <summary>What it has used; null where it does not run.</summary>
    public static RuntimeUsage? Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var stats = document.RootElement;
        var memory = Property(stats, "memory_stats");
        // What does not run has neither counters nor a time.
        if (!stats.TryGetProperty("read", out var read) || DockerTime.Parse(read.GetString()) is not { } at || Number(Property(memory, "usage")) is not { } used) return null;
        var cpu = Number(Property(Property(Property(stats, "cpu_stats"), "cpu_usage"), "total_usage"));
        var cache = Reclaimable.Select(name => Number(Property(Property(memory, "stats"), name))).FirstOrDefault(bytes => bytes is not null) ?? 0;
        return new RuntimeUsage(at, cpu ?? 0, Math.Max(0, used - cache));
    }

    static JsonElement Property(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    static long? Number(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? number : null;
}
