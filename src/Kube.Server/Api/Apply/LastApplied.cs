using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Server.Api.Apply;

/// <summary>
/// What <c>kubectl apply</c> without <c>--server-side</c> remembers of itself in an annotation. Who goes over to server-side apply must not
/// conflict with what was its own before, and who goes back must not find it out of date.
/// </summary>
static class LastApplied
{
    /// <summary>Only kubectl by its own name goes over.</summary>
    public const string Manager = "kubectl";

    const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The fields that kubectl applied last and that still are as it applied them.</summary>
    public static FieldSet StillTrue(FieldType type, JsonObject live)
    {
        if (Read(live) is not { } last)
            return new FieldSet();
        try
        {
            var difference = FieldComparison.Of(type, last, live, static _ => true);
            return OwnedFields.Of(type, last).Difference(difference.Taken).Difference(difference.Removed);
        }
        catch (FieldsException)
        {
            // An annotation that says what no document can say vouches for nothing.
            return new FieldSet();
        }
    }

    /// <summary>Brings the annotation up to date, where there is one.</summary>
    public static void Refresh(JsonObject document, JsonObject applied)
    {
        if (document.Find("metadata", "annotations", Annotation) is null)
            return;
        var kept = applied.DeepClone().AsObject();
        if (kept.Find("metadata", "annotations") is JsonObject annotations && annotations.Remove(Annotation) && annotations.Count == 0)
            kept.Metadata().Remove("annotations");
        ((JsonObject)document.Metadata()["annotations"]!)[Annotation] = kept.ToJsonString(JsonText.NodeOptions) + "\n";
    }

    static JsonObject? Read(JsonObject live)
    {
        if (live.Text("metadata", "annotations", Annotation) is not { Length: > 0 } text)
            return null;
        try
        {
            return JsonNode.Parse(text, documentOptions: JsonText.NoDuplicates) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // somebody's text, not kubectl's
        }
    }
}
