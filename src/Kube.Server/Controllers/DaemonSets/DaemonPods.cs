using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Replication;
using Kube.Server.Controllers.Revisions;

namespace Kube.Server.Controllers.DaemonSets;

/// <summary>Writes a daemon set's pods: each is meant for one node, and tolerates what befalls nodes. Pure.</summary>
static class DaemonPods
{
    const string GenerationLabel = "pod-template-generation";

    static readonly (string Key, string Effect)[] Tolerated =
    [
        ("node.kubernetes.io/not-ready", "NoExecute"), ("node.kubernetes.io/unreachable", "NoExecute"), ("node.kubernetes.io/disk-pressure", "NoSchedule"),
        ("node.kubernetes.io/memory-pressure", "NoSchedule"), ("node.kubernetes.io/pid-pressure", "NoSchedule"), ("node.kubernetes.io/unschedulable", "NoSchedule"),
    ];

    public static byte[] Write(DaemonSetDocument set, ControllerIdentity self, string node, string hash) => PodTemplate.ToPod(set.Spec.Template, set.Metadata, self,
        labels: new Dictionary<string, string> { [RevisionPlan.Label] = hash, [GenerationLabel] = Generation(set) },
        spec: new Dictionary<string, Action<Utf8JsonWriter>>
        {
            ["affinity"] = json => Affinity(set.Spec.Template, node).WriteTo(json),
            ["tolerations"] = json => Tolerations(set.Spec.Template).WriteTo(json),
        });

    /// <summary>The spec that its pods have on no node in particular, by which nodes are judged.</summary>
    public static PodDocument Sample(DaemonSetDocument set)
    {
        var spec = JsonSerializer.SerializeToNode(PodTemplate.Find(set.Spec.Template, "spec"))?.AsObject() ?? [];
        spec["tolerations"] = Tolerations(set.Spec.Template);
        return new PodDocument { Spec = spec.Deserialize(DocumentJson.Default.PodSpec)! };
    }

    /// <summary>The node that a pod is on or meant for; null: none.</summary>
    public static string? NodeOf(PodDocument pod) => string.IsNullOrEmpty(pod.Spec.NodeName)
        ? pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms?
            .SelectMany(t => t.MatchFields ?? []).FirstOrDefault(f => f is { Key: "metadata.name", Operator: "In", Values.Count: 1 })?.Values![0]
        : pod.Spec.NodeName;

    static string Generation(DaemonSetDocument set) => set.Metadata.Generation.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static JsonObject Affinity(JsonElement template, string node)
    {
        var affinity = JsonSerializer.SerializeToNode(PodTemplate.Find(template, "spec", "affinity"))?.AsObject() ?? [];
        JsonObject Child(JsonObject map, string field)
        {
            if (map[field] is not JsonObject child) map[field] = child = [];
            return child;
        }
        var required = Child(Child(affinity, "nodeAffinity"), "requiredDuringSchedulingIgnoredDuringExecution");
        var terms = required["nodeSelectorTerms"] as JsonArray ?? [new JsonObject()];
        required["nodeSelectorTerms"] = terms = terms.DeepClone().AsArray();
        foreach (var term in terms.OfType<JsonObject>())
            term["matchFields"] = new JsonArray(new JsonObject { ["key"] = "metadata.name", ["operator"] = "In", ["values"] = new JsonArray(node) });
        return affinity;
    }

    static JsonArray Tolerations(JsonElement template)
    {
        var tolerations = JsonSerializer.SerializeToNode(PodTemplate.Find(template, "spec", "tolerations")) as JsonArray ?? [];
        foreach (var (key, effect) in Tolerated)
            if (!tolerations.OfType<JsonObject>().Any(t => t["key"]?.GetValue<string>() == key && t["effect"]?.GetValue<string>() == effect))
                tolerations.Add(new JsonObject { ["key"] = key, ["operator"] = "Exists", ["effect"] = effect });
        return tolerations;
    }
}
