using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Custom;

/// <summary>Makes of a definition the kinds that are served for it: one for each served version.</summary>
static class CustomKinds
{
    static readonly string[] VerbsOfTheDying = [.. KindDefinition.AllVerbs.Where(v => v != "create")];

    /// <summary>None where its names have not been accepted yet.</summary>
    public static IReadOnlyList<KindDefinition> Of(JsonObject definition)
    {
        if (!DefinitionStatus.Is(definition, DefinitionStatus.Established))
            return [];
        var spec = (JsonObject)definition["spec"]!;
        var dies = DefinitionStatus.Is(definition, DefinitionStatus.Terminating);
        var versions = spec.Objects("versions").ToList();
        var storage = versions.First(v => v.Flag("storage"));
        var kept = Bare(spec, storage);
        // One that dies must be cleared away, also where nobody may see it any more.
        return [.. versions.Where(v => v.Flag("served") || (dies && v == storage)).Select(v => Of(definition, spec, v, kept, dies))];
    }

    static KindDefinition Bare(JsonObject spec, JsonObject version) => new(spec.Text("group"), version.Text("name"), spec.Text("names", "kind"), spec.Text("names", "plural"));

    static KindDefinition Of(JsonObject definition, JsonObject spec, JsonObject version, KindDefinition kept, bool dies)
    {
        var schema = CustomSchema.Read(version.Find("schema", "openAPIV3Schema") as JsonObject ?? []);
        var names = (JsonObject)definition["status"]!["acceptedNames"]!;
        var kind = Bare(spec, version);
        return kind with
        {
            Custom = schema,
            Singular = names.Text("singular") is { Length: > 0 } singular ? singular : kind.Singular,
            ShortNames = Texts(names, "shortNames"),
            Categories = Texts(names, "categories"),
            Namespaced = spec.Text("scope") == "Namespaced",
            Verbs = dies ? VerbsOfTheDying : KindDefinition.AllVerbs,
            CreationRefused = dies ? "create not allowed while custom resource definition is terminating" : null,
            Warning = Deprecation(kind, version),
            Stored = new StoredForm(kept, schema.HasDefaults ? document => CustomFields.SetDefaults(document, schema) : null),
            Subresources = [.. Subresources(kind, version)],
            SelectableFields = [.. version.Objects("selectableFields").Select(f => new SelectableField(f.Text("jsonPath")[1..]))],
            Columns = CustomColumns.Of(version),
            HasGeneration = true,
            IsNewGeneration = (next, old) => !Same(next, old, version.Find("subresources", "status") is not null ? ["metadata", "status"] : ["metadata"]),
            Default = document =>
            {
                CustomFields.DropNulls(document, schema);
                CustomFields.SetDefaults(document, schema);
            },
            Validate = (document, faults) => Validate(document, schema, faults),
            ReplacesUnconditionally = false,
            KeptByStatus = ["labels", "annotations", "finalizers", "ownerReferences"],
        };
    }

    static void Validate(JsonObject document, CustomSchema schema, FieldFaults faults)
    {
        CustomRules.Validate(document, schema, "", faults);
        EmbeddedRules.Validate(document, schema, "", faults);
        if (faults.Causes.Count == 0)
            CustomRules.ValidateLists(document, schema, "", faults);
    }

    static IEnumerable<Subresource> Subresources(KindDefinition kind, JsonObject version)
    {
        if (version.Find("subresources", "scale") is JsonObject scale)
        {
            yield return Subresource.Scale with
            {
                Paths = new ScalePaths(Steps(scale.Text("specReplicasPath")), Steps(scale.Text("statusReplicasPath")),
                    scale.Text("labelSelectorPath") is { Length: > 0 } selector ? Steps(selector) : null),
            };
        }

        if (version.Find("subresources", "status") is JsonObject)
            yield return Subresource.Status(kind.Kind);
    }

    static string? Deprecation(KindDefinition kind, JsonObject version) => !version.Flag("deprecated") ? null
        : version.Text("deprecationWarning") is { Length: > 0 } own ? own : $"{kind.ApiVersion} {kind.Kind} is deprecated";

    static string[] Steps(string path) => path[1..].Split('.');

    static List<string> Texts(JsonObject map, string field) => [.. (map[field] as JsonArray ?? []).Select(t => t!.ToString())];

    static bool Same(JsonObject one, JsonObject other, params IReadOnlyList<string> except) =>
        one.Select(f => f.Key).Union(other.Select(f => f.Key)).Except(except).All(f => JsonNode.DeepEquals(one[f], other[f]));
}
