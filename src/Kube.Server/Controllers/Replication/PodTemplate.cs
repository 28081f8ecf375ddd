using System.Text.Json;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>Makes a pod's document out of a controller's template. Pure.</summary>
static class PodTemplate
{
    static readonly string[] KeptMetadata = ["labels", "annotations", "finalizers"];

    /// <param name="name">Its name; null: one is generated.</param>
    /// <param name="prefix">What a generated name begins with; null: the owner's name.</param>
    /// <param name="labels">Labels besides the template's.</param>
    /// <param name="annotations">Annotations besides the template's.</param>
    /// <param name="spec">Writes fields of the spec; the template's fields of these names are left out.</param>
    public static byte[] ToPod(
        JsonElement template, ObjectMeta owner, ControllerIdentity self, string? name = null, string? prefix = null, IReadOnlyDictionary<string, string>? labels = null,
        IReadOnlyDictionary<string, string>? annotations = null, IReadOnlyDictionary<string, Action<Utf8JsonWriter>>? spec = null) => JsonBody.Write(json =>
    {
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "Pod");
        json.WriteStartObject("metadata");
        if (name is null) json.WriteString("generateName", prefix ?? owner.Name + "-");
        else json.WriteString("name", name);
        json.WriteString("namespace", owner.Namespace);
        foreach (var field in KeptMetadata)
        {
            var present = Find(template, "metadata", field);
            var more = field switch { "labels" => labels, "annotations" => annotations, _ => null };
            if (more is { Count: > 0 }) WriteMap(json, field, present, more);
            else if (present is { } value)
            {
                json.WritePropertyName(field);
                value.WriteTo(json);
            }
        }
        json.WriteStartArray("ownerReferences");
        OwnerReferences.WriteController(json, owner, self);
        json.WriteEndArray();
        json.WriteEndObject();
        if (Find(template, "spec") is not { } podSpec) return;
        json.WriteStartObject("spec");
        foreach (var property in podSpec.EnumerateObject())
            if (spec?.ContainsKey(property.Name) != true) property.WriteTo(json);
        foreach (var (field, write) in spec ?? new Dictionary<string, Action<Utf8JsonWriter>>())
        {
            json.WritePropertyName(field);
            write(json);
        }
        json.WriteEndObject();
    });

    /// <summary>The labels of a template.</summary>
    public static Dictionary<string, string> Labels(JsonElement template) =>
        Find(template, "metadata", "labels") is { ValueKind: JsonValueKind.Object } labels
            ? labels.EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString() ?? "")
            : [];

    /// <summary>A field of a template; null where it is missing.</summary>
    public static JsonElement? Find(JsonElement template, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
            if (template.ValueKind != JsonValueKind.Object || !template.TryGetProperty(step, out template) || template.ValueKind == JsonValueKind.Null) return null;
        return template;
    }

    static void WriteMap(Utf8JsonWriter json, string field, JsonElement? present, IReadOnlyDictionary<string, string> more)
    {
        json.WriteStartObject(field);
        if (present is { ValueKind: JsonValueKind.Object } map)
            foreach (var entry in map.EnumerateObject())
                if (!more.ContainsKey(entry.Name)) entry.WriteTo(json);
        foreach (var (key, value) in more) json.WriteString(key, value);
        json.WriteEndObject();
    }
}
