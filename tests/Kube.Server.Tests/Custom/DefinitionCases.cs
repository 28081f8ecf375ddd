using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kube.Server.Api.Patches;

namespace Kube.Server.Tests.Custom;

/// <summary>
/// Definitions, right and wrong, and what Kubernetes 1.20 says of them (<c>Cases/definitions.json</c>): <c>REASON FIELD | MESSAGE</c>. Where this server
/// says something else on purpose, <c>here</c> has it and <c>because</c> the reason.
/// </summary>
static class DefinitionCases
{
    static readonly JsonObject File = JsonNode.Parse(System.IO.File.ReadAllText(Path("definitions.json")))!.AsObject();

    public static IEnumerable<string> Names => All.Select(c => c["name"]!.ToString());

    public static IEnumerable<JsonObject> All => File["cases"]!.AsArray().Select(c => c!.AsObject());

    public static JsonObject Case(string name) => All.Single(c => c["name"]!.ToString() == name);

    /// <summary>The definition of a case: the common one, changed as the case says.</summary>
    public static JsonObject Build(JsonObject one)
    {
        var definition = File["base"]!.DeepClone().AsObject();
        var versions = definition["spec"]!["versions"]!.AsArray();
        if (one["version"] is JsonObject version)
            versions[0] = MergePatch.Apply(versions[0]!.DeepClone().AsObject(), version);
        if (one["schema"] is { } schema)
            versions[0]!["schema"] = new JsonObject { ["openAPIV3Schema"] = schema.DeepClone() };
        return (JsonObject)MergePatch.Apply(definition, new JsonObject
        {
            ["metadata"] = one["metadata"]?.DeepClone() ?? new JsonObject(), ["spec"] = one["spec"]?.DeepClone() ?? new JsonObject(),
        })!;
    }

    public static string[] Expected(JsonObject one, string field) => [.. one[field]!.AsArray().Select(f => f!.ToString())];

    /// <summary>The faults of a Status as the cases write them; none of an object.</summary>
    public static string[] Faults(JsonNode answer) =>
        [.. (answer["details"]?["causes"]?.AsArray() ?? []).Select(c => $"{c!["reason"]} {c["field"]} | {c["message"]}").Order(StringComparer.Ordinal)];

    public static string Path(string file, [CallerFilePath] string here = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "Cases", file);
}
