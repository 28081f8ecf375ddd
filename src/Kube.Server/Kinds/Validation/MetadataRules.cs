using System.Text;
using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Validation;

/// <summary>What holds for the metadata of every kind (apimachinery, pkg/api/validation/objectmeta.go).</summary>
static class MetadataRules
{
    const int MostAnnotationBytes = 256 << 10;
    const string Kubernetes = "kubernetes";
    const string Orphan = "orphan";
    const string Foreground = "foregroundDeletion";

    static readonly FieldPath Root = FieldPath.Root("metadata");

    public static void Validate(KindDefinition kind, JsonObject metadata, FieldFaults faults)
    {
        var generateName = metadata.Text("generateName");
        if (generateName.Length > 0)
            faults.Invalid(Root.Child("generateName"), generateName, kind.NameFaults(MaskTrailingDash(generateName)));
        var name = metadata.Text("name");
        if (name.Length == 0)
            faults.Required(Root.Child("name"), "name or generateName is required");
        else
            faults.Invalid(Root.Child("name"), name, kind.NameFaults(name));
        if (kind.Namespaced)
            faults.Invalid(Root.Child("namespace"), metadata.Text("namespace"), Names.LabelFaults(metadata.Text("namespace")));
        else if (metadata.Text("namespace").Length > 0)
            faults.Forbidden(Root.Child("namespace"), "not allowed on this type");
        ValidateLabels(metadata["labels"] as JsonObject, Root.Child("labels"), faults);
        ValidateAnnotations(metadata["annotations"] as JsonObject, Root.Child("annotations"), faults);
        ValidateOwners(metadata, faults);
        ValidateFinalizers(metadata, faults);
        if (kind.Schema is not null)
            RefuseUnqualifiedFinalizers(metadata, faults);
    }

    /// <summary>What an update may not do to metadata. What the server owns has been carried over by then.</summary>
    public static void ValidateUpdate(KindDefinition kind, JsonObject metadata, JsonObject old, FieldFaults faults)
    {
        if (old.Text("deletionTimestamp").Length > 0)
        {
            var added = Strings(metadata, "finalizers").Except(Strings(old, "finalizers")).Order(StringComparer.Ordinal).ToList();
            if (added.Count > 0)
            {
                faults.Forbidden(Root.Child("finalizers"),
                    $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(a => $"\"{a}\""))}}}");
            }
        }

        Validate(kind, metadata, faults);
    }

    /// <summary>A deletion is begun by deleting, and by no update; what an update leaves out stays.</summary>
    public static void ValidateDeletion(JsonObject metadata, JsonObject old, FieldFaults faults)
    {
        if (metadata.Text("deletionTimestamp") is { Length: > 0 } time && old["deletionTimestamp"] is null)
            faults.Invalid(Root.Child("deletionTimestamp"), time, "field is immutable");
        if (metadata.Number("deletionGracePeriodSeconds") is { } grace && grace != old.Number("deletionGracePeriodSeconds"))
            faults.Invalid(Root.Child("deletionGracePeriodSeconds"), grace, "field is immutable; may only be changed via deletion");
    }

    public static void ValidateLabels(JsonObject? labels, FieldPath path, FieldFaults faults)
    {
        foreach (var (key, value) in labels ?? [])
        {
            faults.Invalid(path, key, Names.LabelKeyFaults(key));
            var text = value?.ToString() ?? "";
            faults.Invalid(path, text, Names.LabelValueFaults(text));
        }
    }

    public static void ValidateAnnotations(JsonObject? annotations, FieldPath path, FieldFaults faults)
    {
        var bytes = 0;
        foreach (var (key, value) in annotations ?? [])
        {
            faults.Invalid(path, key, Names.LabelKeyFaults(key.ToLowerInvariant()));
            bytes += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value?.ToString() ?? "");
        }

        if (bytes > MostAnnotationBytes)
            faults.TooLong(path, MostAnnotationBytes);
    }

    static void ValidateOwners(JsonObject metadata, FieldFaults faults)
    {
        if (metadata["ownerReferences"] is not JsonArray owners)
            return;
        var path = Root.Child("ownerReferences");
        string? controller = null;
        for (var i = 0; i < owners.Count; i++)
        {
            var owner = owners[i] as JsonObject ?? [];
            foreach (var field in (ReadOnlySpan<string>)["apiVersion", "kind", "name", "uid"])
            {
                if (owner.Text(field).Length == 0)
                    faults.Required(path.Index(i).Child(field), "must not be empty");
            }

            if (owner.Text("apiVersion") == "v1" && owner.Text("kind") == "Event")
                faults.Invalid(path.Index(i), owner, "/v1, Kind=Event is disallowed from being an owner");
            if (!owner.Flag("controller"))
                continue;
            var name = $"{owner.Text("kind")}/{owner.Text("name")}";
            if (controller is not null)
                faults.Invalid(path, owners, $"Only one reference can have Controller set to true. Found \"true\" in references for {controller} and {name}");
            controller ??= name;
        }
    }

    static void ValidateFinalizers(JsonObject metadata, FieldFaults faults)
    {
        var path = Root.Child("finalizers");
        var finalizers = Strings(metadata, "finalizers").ToList();
        foreach (var finalizer in finalizers)
            faults.Invalid(path, finalizer, Names.LabelKeyFaults(finalizer));
        if (finalizers.Contains(Orphan) && finalizers.Contains(Foreground))
            faults.Invalid(path, metadata["finalizers"], $"finalizer {Orphan} and {Foreground} cannot be both set");
    }

    // Of Kubernetes' own kinds; custom resources get away with it.
    static void RefuseUnqualifiedFinalizers(JsonObject metadata, FieldFaults faults)
    {
        var finalizers = Strings(metadata, "finalizers").ToList();
        for (var i = 0; i < finalizers.Count; i++)
        {
            if (!finalizers[i].Contains('/') && finalizers[i] is not (Kubernetes or Orphan or Foreground))
                faults.Invalid(Root.Child("finalizers").Index(i), finalizers[i], "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    static IEnumerable<string> Strings(JsonObject map, string field) =>
        (map[field] as JsonArray)?.Select(n => n?.ToString() ?? "") ?? [];

    // What is appended to a prefix makes a last dash right.
    static string MaskTrailingDash(string name) => name.Length > 1 && name[^1] == '-' ? name[..^2] + "a" : name;
}
