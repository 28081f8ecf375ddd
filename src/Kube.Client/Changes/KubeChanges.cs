using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube;

/// <summary>What two states of an object have not in common: to look at, or to send. Pure.</summary>
public static class KubeChanges
{
    // Written by the server with every change, or anew for every object: they tell nothing.
    static readonly string[] Bookkeeping = ["creationTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid"];

    /// <summary>The fields that differ, in the order of the documents. Elements of lists that all have a name are told apart by it, others by their index.</summary>
    /// <param name="live">The object as it stands; null where there is none.</param>
    /// <param name="wanted">The object as it would be.</param>
    public static IReadOnlyList<KubeFieldDifference> Between(KubeObject? live, KubeObject wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        using var now = live is null ? null : JsonDocument.Parse(live.Json);
        using var then = JsonDocument.Parse(wanted.Json);
        var found = new List<KubeFieldDifference>();
        new FieldComparison((path, one, other) => found.Add(Difference(wanted, path, one, other)), IsBookkeeping).Compare("", now?.RootElement, then.RootElement);
        return found;
    }

    /// <summary>The JSON merge patch (RFC 7386) that makes one document the other; null where they are the same.</summary>
    /// <param name="before">The document as it was read.</param>
    /// <param name="after">The document as it shall be.</param>
    /// <param name="resourceVersion">The version at which alone the change is to be made; null: at any.</param>
    public static ReadOnlyMemory<byte>? MergePatch(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, string? resourceVersion)
    {
        using var one = JsonDocument.Parse(before);
        using var other = JsonDocument.Parse(after);
        var patch = MergePatchWriter.Write(one.RootElement, other.RootElement);
        if (patch.Count == 0) return null;
        if (resourceVersion is not null)
        {
            if (patch["metadata"] is not JsonObject) patch["metadata"] = new JsonObject();
            patch["metadata"]!["resourceVersion"] = resourceVersion;
        }
        return Encoding.UTF8.GetBytes(patch.ToJsonString());
    }

    static bool IsBookkeeping(string path) => path.StartsWith("metadata.", StringComparison.Ordinal) && Bookkeeping.Contains(path["metadata.".Length..]);

    static KubeFieldDifference Difference(KubeObject subject, string path, JsonElement? live, JsonElement? wanted)
    {
        var secret = subject is { ApiVersion: "v1", Kind: "Secret" } && (path.StartsWith("data.", StringComparison.Ordinal) || path.StartsWith("stringData.", StringComparison.Ordinal)
            || path.StartsWith("metadata.annotations[kubectl.kubernetes.io/last-applied-configuration", StringComparison.Ordinal));
        var change = live is null ? KubeFieldChange.Added : wanted is null ? KubeFieldChange.Removed : KubeFieldChange.Changed;
        return new(subject.Kind, subject.Namespace, subject.Name, path, change, Value(live, secret), Value(wanted, secret));
    }

    static object? Value(JsonElement? element, bool secret) =>
        element is not { } value ? null : secret ? "***" : KubeValue.Present(KubeValue.Read(Encoding.UTF8.GetBytes(value.GetRawText()), new()));
}
