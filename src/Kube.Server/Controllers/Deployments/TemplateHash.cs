using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Server.Controllers.Deployments;

/// <summary>Tells pod templates apart, and gives them short names. Pure.</summary>
static class TemplateHash
{
    public const string Label = "pod-template-hash";

    // No vowels and nothing that reads like one, so that no word comes of it.
    const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    const uint FnvOffset = 2166136261;
    const uint FnvPrime = 16777619;

    /// <param name="collisions">How often a name made of this hash was taken by something else.</param>
    public static string Of(JsonElement template, int collisions = 0)
    {
        var hash = FnvOffset;
        foreach (var b in JsonSerializer.SerializeToUtf8Bytes(Sort(JsonSerializer.SerializeToNode(template)))) hash = (hash ^ b) * FnvPrime;
        for (var rest = collisions; rest > 0; rest >>= 8) hash = (hash ^ (uint)(rest & 0xFF)) * FnvPrime;
        return string.Concat(hash.ToString(CultureInfo.InvariantCulture).Select(digit => Alphabet[digit % Alphabet.Length]));
    }

    /// <summary>Whether two templates make the same pods.</summary>
    public static bool Same(JsonElement one, JsonElement other) => JsonNode.DeepEquals(WithoutHash(one), WithoutHash(other));

    static JsonNode? WithoutHash(JsonElement template)
    {
        var copy = JsonSerializer.SerializeToNode(template);
        if (copy?["metadata"]?["labels"] is JsonObject labels)
        {
            labels.Remove(Label);
            if (labels.Count == 0) copy["metadata"]!.AsObject().Remove("labels");
        }
        return copy;
    }

    // The same content in another order is the same.
    static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, Sort(f.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
