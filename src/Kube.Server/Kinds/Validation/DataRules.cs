using System.Text;
using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Validation;

/// <summary>What config maps and secrets have in common.</summary>
static class DataRules
{
    const int MostBytes = 1 << 20;

    public static void ValidateKeys(JsonObject data, FieldPath path, FieldFaults faults)
    {
        foreach (var (key, _) in data)
            faults.Invalid(path.Key(key), key, Names.ConfigKeyFaults(key));
    }

    public static void ValidateSize(long bytes, FieldPath path, FieldFaults faults)
    {
        if (bytes > MostBytes)
            faults.TooLong(path, MostBytes);
    }

    public static long TextBytes(JsonObject data) => data.Sum(d => (long)Encoding.UTF8.GetByteCount(d.Value?.ToString() ?? ""));

    public static long BinaryBytes(JsonObject data) => data.Sum(d => (d.Value?.ToString() ?? "") is var text ? text.Length / 4L * 3 - text.AsSpan().Count('=') : 0);

    /// <summary>What an object marked immutable may not change: the mark itself and its data.</summary>
    public static void ValidateImmutable(JsonObject item, JsonObject old, FieldFaults faults, params ReadOnlySpan<string> fields)
    {
        if (!old.Flag("immutable"))
            return;
        if (!item.Flag("immutable"))
            faults.Forbidden(FieldPath.Root("immutable"), "field is immutable when `immutable` is set");
        foreach (var field in fields)
        {
            if (!JsonNode.DeepEquals(item[field], old[field]))
                faults.Forbidden(FieldPath.Root(field), "field is immutable when `immutable` is set");
        }
    }
}
