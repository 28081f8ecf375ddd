using System.Net;
using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Validation;

/// <summary>Rules that many fields share, in Kubernetes' words.</summary>
static class FieldRules
{
    const string NotNegativeText = "must be greater than or equal to 0";

    /// <summary>A text that must be there. Returns it, empty when it is missing.</summary>
    public static string Required(this FieldFaults faults, JsonObject map, string field, FieldPath path, string detail = "")
    {
        var text = map.Text(field);
        if (text.Length == 0)
            faults.Required(path.Child(field), detail);
        return text;
    }

    /// <summary>A text that, where it is set, must be one of a few.</summary>
    public static void OneOf(this FieldFaults faults, JsonObject map, string field, FieldPath path, params IReadOnlyList<string> values)
    {
        var text = map.Text(field);
        if (text.Length > 0 && !values.Contains(text))
            faults.NotSupported(path.Child(field), text, values);
    }

    /// <summary>A text that must be there and one of a few.</summary>
    public static void RequiredOneOf(this FieldFaults faults, JsonObject map, string field, FieldPath path, params IReadOnlyList<string> values)
    {
        if (faults.Required(map, field, path).Length > 0)
            faults.OneOf(map, field, path, values);
    }

    /// <summary>A number that, where it is set, must not be below zero.</summary>
    public static void NotNegative(this FieldFaults faults, JsonObject map, string field, FieldPath path)
    {
        if (map.Number(field) is < 0 and var number)
            faults.Invalid(path.Child(field), number, NotNegativeText);
    }

    /// <summary>A number that, where it is set, must be in a range.</summary>
    public static void InRange(this FieldFaults faults, JsonObject map, string field, FieldPath path, long least, long most)
    {
        if (map.Number(field) is { } number)
            faults.Invalid(path.Child(field), number, Names.RangeFaults(number, least, most));
    }

    /// <summary>A name that must be there and well-formed.</summary>
    public static void RequiredName(this FieldFaults faults, JsonObject map, string field, FieldPath path, Func<string, IReadOnlyList<string>> rule)
    {
        var name = faults.Required(map, field, path);
        if (name.Length > 0)
            faults.Invalid(path.Child(field), name, rule(name));
    }

    /// <summary>A name that, where it is set, must be well-formed.</summary>
    public static void Name(this FieldFaults faults, JsonObject map, string field, FieldPath path, Func<string, IReadOnlyList<string>> rule)
    {
        var name = map.Text(field);
        if (name.Length > 0)
            faults.Invalid(path.Child(field), name, rule(name));
    }

    /// <summary>A field that an update must leave as it is.</summary>
    public static void Immutable(this FieldFaults faults, JsonNode? value, JsonNode? old, FieldPath path)
    {
        if (!JsonNode.DeepEquals(value, old))
            faults.Invalid(path, value, "field is immutable");
    }

    /// <summary>An address of the internet protocol.</summary>
    public static void Address(this FieldFaults faults, string address, FieldPath at)
    {
        if (!IPAddress.TryParse(address, out _))
            faults.Invalid(at, address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }

    /// <summary>A path within a volume: relative, and not upwards.</summary>
    public static void LocalPath(this FieldFaults faults, string path, FieldPath at)
    {
        if (path.StartsWith('/'))
            faults.Invalid(at, path, "must be a relative path");
        NoParent(faults, path, at);
    }

    /// <summary>A path without steps upwards.</summary>
    public static void NoParent(this FieldFaults faults, string path, FieldPath at)
    {
        if (path.Split('/').Contains(".."))
            faults.Invalid(at, path, "must not contain '..'");
    }

    /// <summary>The objects of a list, each with its path.</summary>
    public static IEnumerable<(JsonObject Item, FieldPath Path)> Each(this FieldPath path, JsonNode? list)
    {
        var items = list as JsonArray ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject item)
                yield return (item, path.Index(i));
        }
    }
}
