using System.Text.Json.Nodes;

namespace Kube.Server.Tests.Conformance;

/// <summary>Documents that differ from a good one in one place: something is missing, empty, twice, or no such thing as is wanted there.</summary>
static class Mutations
{
    public static IEnumerable<(string Field, string What, JsonObject Document)> Of(JsonObject good) =>
        Places(good, []).Where(place => place[0] is not ("kind" or "apiVersion" or "metadata")).SelectMany(place => At(good, place));

    static IEnumerable<(string, string, JsonObject)> At(JsonObject good, object[] place)
    {
        foreach (var (what, change) in Changes(Get(good, place)))
        {
            var document = good.DeepClone().AsObject();
            var (parent, step) = (Get(document, place[..^1])!, place[^1]);
            change(parent, step);
            yield return (string.Join('.', place), what, document);
        }
    }

    static IEnumerable<(string What, Action<JsonNode, object> Change)> Changes(JsonNode? present)
    {
        yield return ("absent", Remove);
        switch (present)
        {
            case JsonObject:
                yield return ("{}", (parent, step) => Set(parent, step, new JsonObject()));
                break;
            case JsonArray list:
                yield return ("[]", (parent, step) => Set(parent, step, new JsonArray()));
                if (list.Count > 0)
                    yield return ("twice", (parent, step) => ((JsonArray)Get(parent, [step])!).Add(list[0]!.DeepClone()));
                break;
            case JsonValue value when value.TryGetValue<bool>(out var flag):
                yield return ((!flag).ToString(), (parent, step) => Set(parent, step, !flag));
                break;
            case JsonValue value when value.TryGetValue<string>(out _):
                foreach (var text in (string[])["", "Bad Value!", "bogus", "a/b"])
                    yield return ($"\"{text}\"", (parent, step) => Set(parent, step, text));
                break;
            default:
                foreach (var number in (int[])[-1, 0, 70000])
                    yield return (number.ToString(), (parent, step) => Set(parent, step, number));
                break;
        }
    }

    static IEnumerable<object[]> Places(JsonNode? node, object[] place)
    {
        var inner = node switch
        {
            JsonObject map => map.Select(f => ((object)f.Key, f.Value)),
            JsonArray list => list.Select((item, i) => ((object)i, item)),
            _ => [],
        };
        return inner.SelectMany(pair => Places(pair.Item2, [.. place, pair.Item1]).Prepend([.. place, pair.Item1]));
    }

    static JsonNode? Get(JsonNode node, object[] place) => place.Aggregate((JsonNode?)node, (at, step) => step is string name ? at![name] : at![(int)step]);

    static void Set(JsonNode parent, object step, JsonNode? value)
    {
        if (step is string name)
            parent[name] = value;
        else
            parent[(int)step] = value;
    }

    static void Remove(JsonNode parent, object step)
    {
        if (step is string name)
            parent.AsObject().Remove(name);
        else
            parent.AsArray().RemoveAt((int)step);
    }
}
