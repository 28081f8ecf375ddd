using System.Text.Json;
using Kube.Server.Controllers.Deployments;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Replication;

namespace Kube.Server.Controllers.Revisions;

/// <summary>What becomes of the history of a set's templates. Pure.</summary>
/// <param name="Name">The revision of the present template.</param>
/// <param name="Number">Its number.</param>
/// <param name="Present">Its document; null: it is to be made.</param>
/// <param name="Forget">Revisions that no pod has and that are beyond the history's limit.</param>
sealed record RevisionPlan(string Name, long Number, ControllerRevisionDocument? Present, IReadOnlyList<ControllerRevisionDocument> Forget)
{
    public const string Label = "controller-revision-hash";

    /// <summary>The part of its name that tells templates apart.</summary>
    public string Hash => Name[(Name.LastIndexOf('-') + 1)..];

    /// <param name="owner">The set.</param>
    /// <param name="template">Its template.</param>
    /// <param name="history">The revisions that it owns.</param>
    /// <param name="inUse">Whether a pod of the set is of a revision.</param>
    /// <param name="limit">How many revisions are kept that nothing is of.</param>
    public static RevisionPlan Decide(ObjectMeta owner, JsonElement template, IReadOnlyList<ControllerRevisionDocument> history, Func<ControllerRevisionDocument, bool> inUse, int limit)
    {
        var last = history.Select(r => r.Revision).DefaultIfEmpty().Max();
        var present = history.Where(r => PodTemplate.Find(r.Data, "spec", "template") is { } old && Same(old, template)).MaxBy(r => r.Revision);
        var idle = history.Where(r => r != present && !inUse(r)).OrderBy(r => r.Revision).ToList();
        return new RevisionPlan(
            present?.Metadata.Name ?? $"{owner.Name}-{TemplateHash.Of(template)}",
            present is not null && present.Revision == last ? last : last + 1,
            present,
            [.. idle.Take(Math.Max(0, idle.Count - limit))]);
    }

    /// <summary>A template as the history keeps it: a patch that puts it back.</summary>
    public static byte[] Write(ObjectMeta owner, ControllerIdentity self, string name, long number, JsonElement template) => JsonBody.Write(json =>
    {
        json.WriteString("apiVersion", "apps/v1");
        json.WriteString("kind", "ControllerRevision");
        json.WriteStartObject("metadata");
        json.WriteString("name", name);
        json.WriteString("namespace", owner.Namespace);
        json.WriteStartObject("labels");
        foreach (var (key, value) in PodTemplate.Labels(template)) json.WriteString(key, value);
        json.WriteString(Label, name[(name.LastIndexOf('-') + 1)..]);
        json.WriteEndObject();
        json.WriteStartObject("annotations");
        // Why it came to be, for those who look at the history.
        foreach (var (key, value) in owner.Annotations ?? new Dictionary<string, string>())
            if (key != "kubectl.kubernetes.io/last-applied-configuration") json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteStartArray("ownerReferences");
        OwnerReferences.WriteController(json, owner, self);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("data");
        json.WriteStartObject("spec");
        json.WriteStartObject("template");
        foreach (var field in template.EnumerateObject()) field.WriteTo(json);
        json.WriteString("$patch", "replace");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("revision", number);
    });

    /// <summary>The template of a revision.</summary>
    public static JsonElement Template(ControllerRevisionDocument revision)
    {
        var template = JsonSerializer.SerializeToNode(PodTemplate.Find(revision.Data, "spec", "template"))?.AsObject() ?? [];
        template.Remove("$patch");
        return JsonSerializer.SerializeToElement(template);
    }

    static bool Same(JsonElement kept, JsonElement template)
    {
        var copy = JsonSerializer.SerializeToNode(kept)!.AsObject();
        copy.Remove("$patch");
        return System.Text.Json.Nodes.JsonNode.DeepEquals(copy, JsonSerializer.SerializeToNode(template));
    }
}
