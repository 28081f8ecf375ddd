using System.Globalization;
using System.Text.Json;
using Kube.Agent.Runtime;

namespace Kube.Agent.Usage;

/// <summary>
/// The node's use as the kubelet tells it (<c>k8s.io/kubelet/pkg/apis/stats/v1alpha1</c>, <c>Summary</c>): processors and memory of the node, its pods and their containers. A
/// node's use is that of its pods: engines do not tell their machine's. Kube's own is the field <c>windowSeconds</c>. Pure.
/// </summary>
static class StatsSummary
{
    public static byte[] Write(string node, IReadOnlyList<(ContainerIdentity Container, UsageRate Rate)> containers, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("node");
            json.WriteString("nodeName", node);
            WriteUsage(json, [.. containers.Select(container => container.Rate)], now);
            json.WriteEndObject();
            json.WriteStartArray("pods");
            foreach (var pod in containers.GroupBy(container => container.Container.Uid)) WritePod(json, [.. pod], now);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    static void WritePod(Utf8JsonWriter json, IReadOnlyList<(ContainerIdentity Container, UsageRate Rate)> containers, DateTimeOffset now)
    {
        var pod = containers[0].Container;
        json.WriteStartObject();
        json.WriteStartObject("podRef");
        json.WriteString("name", pod.Pod);
        json.WriteString("namespace", pod.Namespace);
        json.WriteString("uid", pod.Uid);
        json.WriteEndObject();
        WriteUsage(json, [.. containers.Select(container => container.Rate)], now);
        json.WriteStartArray("containers");
        foreach (var (container, rate) in containers)
        {
            json.WriteStartObject();
            json.WriteString("name", container.Container);
            WriteUsage(json, [rate], now);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteUsage(Utf8JsonWriter json, IReadOnlyList<UsageRate> rates, DateTimeOffset now)
    {
        // Together they are as old as the oldest of them.
        var time = (rates.Count == 0 ? now : rates.Min(rate => rate.Latest.At)).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        json.WriteNumber("windowSeconds", rates.Count == 0 ? 0 : Math.Round(rates.Max(rate => rate.Window).TotalSeconds, 3));
        json.WriteStartObject("cpu");
        json.WriteString("time", time);
        json.WriteNumber("usageNanoCores", rates.Sum(rate => rate.NanoCores));
        json.WriteNumber("usageCoreNanoSeconds", rates.Sum(rate => rate.Latest.CpuNanoseconds));
        json.WriteEndObject();
        json.WriteStartObject("memory");
        json.WriteString("time", time);
        json.WriteNumber("workingSetBytes", rates.Sum(rate => rate.Latest.MemoryBytes));
        json.WriteEndObject();
    }
}
