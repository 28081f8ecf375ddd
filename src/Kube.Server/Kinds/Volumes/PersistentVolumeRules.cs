using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Schemas;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Volumes;

/// <summary>What is wrong with a persistent volume, and what may not be changed in it.</summary>
static class PersistentVolumeRules
{
    static readonly FieldPath Spec = FieldPath.Root("spec");

    static IEnumerable<string> SourceNames => SchemaCatalog.Find("", "PersistentVolumeSource")!.Fields.Select(f => f.Name);

    public static void Validate(JsonObject volume, FieldFaults faults)
    {
        var spec = volume["spec"] as JsonObject ?? [];
        ValidateModes(spec, faults);
        ValidateCapacity(spec["capacity"] as JsonObject ?? [], faults);
        var sources = SourceNames.Where(s => spec[s] is not null).ToList();
        if (sources.Count == 0)
            faults.Required(Spec, "must specify a volume type");
        foreach (var source in sources.Skip(1))
            faults.Forbidden(Spec.Child(source), "may not specify more than 1 volume type");
    }

    /// <summary>Where the data is does not change, nor how it is used, nor from which nodes once that is said.</summary>
    public static void ValidateUpdate(JsonObject volume, JsonObject old, FieldFaults faults)
    {
        var (spec, before) = (volume["spec"] as JsonObject ?? [], old["spec"] as JsonObject ?? []);
        if (SourceNames.Any(s => !JsonNode.DeepEquals(spec[s], before[s])))
            faults.Forbidden(Spec.Child("persistentvolumesource"), "spec.persistentvolumesource is immutable after creation");
        faults.Immutable(spec["volumeMode"], before["volumeMode"], FieldPath.Root("volumeMode"));
        if (before["nodeAffinity"] is { } affinity)
            faults.Immutable(spec["nodeAffinity"], affinity, FieldPath.Root("nodeAffinity"));
    }

    /// <summary>The access modes of a volume or a claim.</summary>
    public static void ValidateModes(JsonObject spec, FieldFaults faults)
    {
        if (spec["accessModes"] is not JsonArray { Count: > 0 })
            faults.Required(Spec.Child("accessModes"), "at least 1 access mode is required");
    }

    /// <summary>An amount of storage in a list of resources; null where there is none.</summary>
    public static KubeQuantity? Storage(JsonObject spec, params ReadOnlySpan<string> list) =>
        KubeQuantity.TryParse((spec.Find(list) as JsonObject)?["storage"]?.ToString() ?? "", out var size) ? size : null;

    static void ValidateCapacity(JsonObject capacity, FieldFaults faults)
    {
        var path = Spec.Child("capacity");
        if (capacity.Count == 0)
            faults.Required(path);
        if (capacity.Count != 1 || !capacity.ContainsKey("storage"))
            faults.NotSupported(path, capacity, "storage");
        foreach (var (name, amount) in capacity)
        {
            if (!KubeQuantity.TryParse(amount?.ToString() ?? "", out var size))
                continue;
            if (size.Sign < 0)
                faults.Invalid(path.Key(name), size.ToString(), "must be greater than or equal to 0");
            if (size.Sign <= 0)
                faults.Invalid(path.Key(name), size.ToString(), "must be greater than zero");
        }
    }
}
