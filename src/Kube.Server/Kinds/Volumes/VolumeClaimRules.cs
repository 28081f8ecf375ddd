using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Volumes;

/// <summary>What is wrong with a claim, and what may not be changed in it.</summary>
static class VolumeClaimRules
{
    static readonly FieldPath Spec = FieldPath.Root("spec");

    public static void Validate(JsonObject claim, FieldFaults faults)
    {
        var spec = claim["spec"] as JsonObject ?? [];
        PersistentVolumeRules.ValidateModes(spec, faults);
        LabelSelectorRules.Validate(spec["selector"] as JsonObject, Spec.Child("selector"), faults);
        if (spec.Find("resources", "requests", "storage") is null)
            faults.Required(Spec.Child("resources").Key("storage"));
        else if (PersistentVolumeRules.Storage(spec, "resources", "requests") is { Sign: <= 0 } size)
            faults.Invalid(Spec.Child("resources").Key("storage"), size.ToString(), "must be greater than zero");
    }

    /// <summary>Nothing but a bound claim's size, which grows only, its class of attributes, and once the volume's name.</summary>
    public static void ValidateUpdate(JsonObject claim, JsonObject old, FieldFaults faults)
    {
        var (spec, before) = (claim["spec"] as JsonObject ?? [], old["spec"] as JsonObject ?? []);
        if (!JsonNode.DeepEquals(Fixed(spec, claim, before), Fixed(before, claim, before)))
            faults.Forbidden(Spec, "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
        if (PersistentVolumeRules.Storage(before, "resources", "requests") is { } size
            && (PersistentVolumeRules.Storage(spec, "resources", "requests") is not { } asked || asked.CompareTo(size) < 0))
            faults.Forbidden(Spec.Child("resources", "requests", "storage"), "field can not be less than previous value");
        faults.Immutable(spec["volumeMode"], before["volumeMode"], FieldPath.Root("volumeMode"));
    }

    // What must be as it was.
    static JsonObject Fixed(JsonObject spec, JsonObject claim, JsonObject before)
    {
        var part = spec.DeepClone().AsObject();
        part.Remove("volumeAttributesClassName");
        if (before.Text("volumeName").Length == 0)
            part.Remove("volumeName");
        if (claim.Text("status", "phase") == "Bound" && part["resources"] is JsonObject resources && resources["requests"] is JsonObject requests)
        {
            requests.Remove("storage");
            if (requests.Count == 0)
                resources.Remove("requests");
        }

        return part;
    }
}
