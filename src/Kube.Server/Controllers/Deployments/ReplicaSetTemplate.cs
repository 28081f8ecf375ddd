using System.Text.Json;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Replication;

namespace Kube.Server.Controllers.Deployments;

/// <summary>Writes a deployment's replica sets. Pure.</summary>
static class ReplicaSetTemplate
{
    /// <summary>A replica set for the present template.</summary>
    public static byte[] Write(DeploymentDocument deployment, ControllerIdentity self, string name, long revision, int replicas) => JsonBody.Write(json =>
    {
        var hash = name[(deployment.Metadata.Name.Length + 1)..];
        json.WriteString("apiVersion", "apps/v1");
        json.WriteString("kind", "ReplicaSet");
        json.WriteStartObject("metadata");
        json.WriteString("name", name);
        json.WriteString("namespace", deployment.Metadata.Namespace);
        var labels = PodTemplate.Labels(deployment.Spec.Template);
        labels[TemplateHash.Label] = hash;
        WriteMap(json, "labels", labels);
        var annotations = Revision.Copied(deployment).Concat(Revision.Size(deployment)).ToDictionary();
        annotations[Revision.Number] = Revision.Text(revision);
        WriteMap(json, "annotations", annotations);
        json.WriteStartArray("ownerReferences");
        OwnerReferences.WriteController(json, deployment.Metadata, self);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("spec");
        json.WriteNumber("replicas", replicas);
        json.WriteNumber("minReadySeconds", deployment.Spec.MinReadySeconds);
        json.WritePropertyName("selector");
        var selector = deployment.Spec.Selector;
        JsonSerializer.Serialize(json, selector with { MatchLabels = With(selector.MatchLabels, hash) }, DocumentJson.Default.LabelSelector);
        json.WriteStartObject("template");
        WriteTemplate(json, deployment.Spec.Template, labels);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>What the set of the present template says of it. One that was older before remembers its numbers.</summary>
    public static Dictionary<string, string> NewestAnnotations(DeploymentDocument deployment, ReplicaSetDocument set, long revision)
    {
        var annotations = Revision.Copied(deployment).Concat(Revision.Size(deployment)).ToDictionary();
        annotations[Revision.Number] = Revision.Text(revision);
        if (Revision.Of(set) is > 0 and var before && before < revision)
        {
            var history = set.Metadata.Annotations?.GetValueOrDefault(Revision.History);
            annotations[Revision.History] = string.IsNullOrEmpty(history) ? Revision.Text(before) : $"{history},{Revision.Text(before)}";
        }
        return annotations;
    }

    /// <summary>A merge patch for the version at hand: annotations, size.</summary>
    public static byte[] Patch(ReplicaSetDocument set, IReadOnlyDictionary<string, string> annotations, int replicas, int minReadySeconds) => JsonBody.Write(json =>
    {
        json.WriteStartObject("metadata");
        json.WriteString("uid", set.Metadata.Uid);
        json.WriteString("resourceVersion", set.Metadata.ResourceVersion);
        WriteMap(json, "annotations", annotations);
        json.WriteEndObject();
        json.WriteStartObject("spec");
        json.WriteNumber("replicas", replicas);
        json.WriteNumber("minReadySeconds", minReadySeconds);
        json.WriteEndObject();
    });

    static void WriteTemplate(Utf8JsonWriter json, JsonElement template, Dictionary<string, string> labels)
    {
        json.WriteStartObject("metadata");
        if (PodTemplate.Find(template, "metadata") is { } metadata)
            foreach (var field in metadata.EnumerateObject().Where(f => f.Name != "labels")) field.WriteTo(json);
        WriteMap(json, "labels", labels);
        json.WriteEndObject();
        foreach (var field in template.EnumerateObject().Where(f => f.Name != "metadata")) field.WriteTo(json);
    }

    static Dictionary<string, string> With(IReadOnlyDictionary<string, string>? labels, string hash) =>
        new(labels ?? new Dictionary<string, string>()) { [TemplateHash.Label] = hash };

    static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map) json.WriteString(key, value);
        json.WriteEndObject();
    }
}
