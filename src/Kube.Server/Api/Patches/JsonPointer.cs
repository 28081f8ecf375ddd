using System.Globalization;
using System.Text.Json.Nodes;

namespace Kube.Server.Api.Patches;

/// <summary>A place in a document (RFC 6901), and what JSON patch does there.</summary>
sealed class JsonPointer
{
    readonly string _text;
    readonly string[] _steps;

    JsonPointer(string text, string[] steps) => (_text, _steps) = (text, steps);

    /// <exception cref="StatusException">BadRequest: a pointer is empty or begins with a slash.</exception>
    public static JsonPointer Parse(string text)
    {
        if (text.Length == 0)
            return new JsonPointer(text, []);
        if (text[0] != '/')
            throw Failures.BadRequest($"\"{text}\" is no JSON pointer: it must begin with a slash");
        return new JsonPointer(text, [.. text[1..].Split('/').Select(s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]);
    }

    public override string ToString() => _text;

    public bool IsParentOf(JsonPointer other) =>
        other._steps.Length > _steps.Length && other._steps.AsSpan(0, _steps.Length).SequenceEqual(_steps);

    public JsonNode? Get(JsonNode? root)
    {
        foreach (var step in _steps)
            root = Step(root, step);
        return root;
    }

    public JsonNode? Add(JsonNode? root, JsonNode? value)
    {
        if (_steps.Length == 0)
            return value;
        switch (Parent(root))
        {
            case JsonObject map:
                map[_steps[^1]] = value;
                break;
            case JsonArray list when _steps[^1] == "-":
                list.Add(value);
                break;
            case JsonArray list:
                list.Insert(Index(_steps[^1], list.Count), value);
                break;
            default:
                throw Missing();
        }

        return root;
    }

    public JsonNode? Replace(JsonNode? root, JsonNode? value)
    {
        if (_steps.Length == 0)
            return value;
        switch (Parent(root))
        {
            case JsonObject map when map.ContainsKey(_steps[^1]):
                map[_steps[^1]] = value;
                break;
            case JsonArray list:
                list[Index(_steps[^1], list.Count - 1)] = value;
                break;
            default:
                throw Missing();
        }

        return root;
    }

    public (JsonNode? Root, JsonNode? Removed) Remove(JsonNode? root)
    {
        if (_steps.Length == 0)
            return (null, root);
        JsonNode? removed;
        switch (Parent(root))
        {
            case JsonObject map when map.TryGetPropertyValue(_steps[^1], out removed):
                map.Remove(_steps[^1]);
                break;
            case JsonArray list:
                var index = Index(_steps[^1], list.Count - 1);
                removed = list[index];
                list.RemoveAt(index);
                break;
            default:
                throw Missing();
        }

        return (root, removed);
    }

    JsonNode? Parent(JsonNode? root)
    {
        foreach (var step in _steps.AsSpan(0, _steps.Length - 1))
            root = Step(root, step);
        return root;
    }

    JsonNode? Step(JsonNode? node, string step) => node switch
    {
        JsonObject map when map.TryGetPropertyValue(step, out var value) => value,
        JsonArray list => list[Index(step, list.Count - 1)],
        _ => throw Missing(),
    };

    // RFC 6901 allows neither signs nor leading zeros.
    int Index(string step, int most)
    {
        var wellFormed = step == "0" || (step.Length > 0 && step[0] != '0' && step.All(char.IsAsciiDigit));
        if (!wellFormed || !int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > most)
            throw new JsonPatchException($"\"{step}\" in {_text} is no index of that list");
        return index;
    }

    JsonPatchException Missing() => new($"the document has nothing at {_text}");
}
