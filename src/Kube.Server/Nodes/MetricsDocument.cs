using System.Globalization;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Nodes;

/// <summary>The documents of <c>metrics.k8s.io/v1beta1</c>. Pure.</summary>
static class MetricsDocument
{
    const decimal NanoCore = 0.000000001m;
    const int Kibi = 1024;

    public static JsonObject OfNode(StoredObject node, NodeSummary summary)
    {
        var document = Begin(node, summary.Node);
        document["usage"] = Usage(summary.Node);
        return document;
    }

    public static JsonObject OfPod(StoredObject pod, SummaryPod summary)
    {
        var document = Begin(pod, summary);
        var order = ContainerNames(pod);
        document["containers"] = new JsonArray([.. summary.Containers.OrderBy(container => order.IndexOf(container.Name)).Select(container => (JsonNode)new JsonObject { ["name"] = container.Name, ["usage"] = Usage(container) })]);
        return document;
    }

    /// <summary>An amount as Kubernetes writes it: <c>250m</c>, <c>64Mi</c>.</summary>
    public static string Quantity(decimal amount, string resource) =>
        KubeQuantity.TryParse(resource == "memory"
            ? string.Create(CultureInfo.InvariantCulture, $"{decimal.Ceiling(amount / Kibi)}Ki")
            : string.Create(CultureInfo.InvariantCulture, $"{decimal.Round(amount / NanoCore)}n"), out var quantity) ? quantity.ToString() : "0";

    static JsonObject Begin(StoredObject of, SummaryUsage usage)
    {
        var metadata = new JsonObject { ["name"] = of.Key.Name };
        if (of.Key.Namespace.Length > 0) metadata["namespace"] = of.Key.Namespace;
        metadata["creationTimestamp"] = usage.Cpu.Time;
        if (of.Metadata.Labels.Count > 0) metadata["labels"] = new JsonObject(of.Metadata.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        return new JsonObject
        {
            ["metadata"] = metadata,
            ["timestamp"] = usage.Cpu.Time,
            ["window"] = string.Create(CultureInfo.InvariantCulture, $"{usage.WindowSeconds}s"),
        };
    }

    // Those that run all along first, then side-cars and ephemeral ones: nodes tell of them as they come.
    static List<string> ContainerNames(StoredObject pod)
    {
        using var document = pod.Parse();
        return [.. ((string[])["containers", "initContainers", "ephemeralContainers"]).SelectMany(list => TableCells.Items(document.RootElement, "spec", list)).Select(container => TableCells.Text(container, "name"))];
    }

    static JsonObject Usage(SummaryUsage usage) => new()
    {
        ["cpu"] = Quantity(usage.Cpu.UsageNanoCores * NanoCore, "cpu"),
        ["memory"] = Quantity(usage.Memory.WorkingSetBytes, "memory"),
    };
}
