using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds;

namespace Kube.Server.Custom;

/// <summary>CustomResourceDefinition, which adds a kind. What it adds is served once its names are accepted, which a controller decides.</summary>
static class CustomResourceDefinitionKind
{
    public static KindDefinition Definition { get; } = new("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions")
    {
        Namespaced = false,
        ShortNames = ["crd", "crds"],
        Categories = ["api-extensions"],
        Subresources = [Subresource.Status("CustomResourceDefinition")],
        HasGeneration = true,
        ReplacesUnconditionally = false,
        Columns = [TableColumn.ObjectName, TableColumn.CreatedAt],
        Default = SetDefaults,
        PrepareCreate = static (definition, _) =>
        {
            definition["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(),
                ["acceptedNames"] = new JsonObject { ["plural"] = "", ["kind"] = "" },
                ["storedVersions"] = new JsonArray([.. StorageVersions(definition).Take(1).Select(v => JsonValue.Create(v))]),
            };
        },
        PrepareUpdate = static (definition, _, _) => NoteStorageVersion(definition),
        PrepareDelete = PrepareDelete,
        Validate = DefinitionRules.Validate,
        ValidateUpdate = DefinitionRules.ValidateUpdate,
    };

    public static IEnumerable<string> StorageVersions(JsonObject definition) =>
        definition.Objects("spec", "versions").Where(v => v.Flag("storage")).Select(v => v.Text("name"));

    static void SetDefaults(JsonObject definition)
    {
        if (definition["spec"] is not JsonObject spec)
            return;
        if (spec["names"] is JsonObject names && names.Text("kind") is { Length: > 0 } kind)
        {
            names.SetDefault("singular", kind.ToLowerInvariant());
            names.SetDefault("listKind", kind + "List");
        }

        if (spec["conversion"] is not JsonObject conversion)
            spec["conversion"] = conversion = [];
        conversion.SetDefault("strategy", "None");
    }

    // Who moves objects from one version to another must know in which they may be kept.
    static void NoteStorageVersion(JsonObject definition)
    {
        if (definition["status"] is not JsonObject status || StorageVersions(definition).FirstOrDefault() is not { } version)
            return;
        var stored = status["storedVersions"] as JsonArray ?? [];
        if (!stored.Any(v => v?.ToString() == version))
            status["storedVersions"] = new JsonArray([.. stored.Select(v => v?.DeepClone()), version]);
    }

    static void PrepareDelete(JsonObject definition, DateTimeOffset now)
    {
        var metadata = definition.Metadata();
        var finalizers = metadata["finalizers"] as JsonArray ?? [];
        if (!finalizers.Any(f => f?.ToString() == DefinitionStatus.Finalizer))
            metadata["finalizers"] = new JsonArray([.. finalizers.Select(f => f?.DeepClone()), DefinitionStatus.Finalizer]);
        DefinitionStatus.Set(definition, DefinitionStatus.Terminating, true, "InstanceDeletionPending",
            "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", now);
    }
}
