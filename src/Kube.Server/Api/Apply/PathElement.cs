using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kube.Server.Api.Apply;

/// <summary>
/// One step into a document: to a field, to the item of a list with certain keys, to an item of a set, or to a place in a list.
/// Its text is that of <c>fieldsV1</c>: <c>f:spec</c>, <c>k:{"name":"web"}</c>, <c>v:"a"</c>, <c>i:0</c>.
/// </summary>
readonly record struct PathElement : IComparable<PathElement>
{
    const string KindsInOrder = "fkvi";

    PathElement(char kind, string text) => (Kind, Text) = (kind, text);

    public char Kind { get; }

    /// <summary>The name of a field; else JSON.</summary>
    public string Text { get; }

    public bool IsField => Kind == 'f';

    public static PathElement Field(string name) => new('f', name);

    public static PathElement Value(JsonNode? value) => new('v', Json(value));

    /// <param name="keys">Names and values; any order means the same.</param>
    public static PathElement Key(IEnumerable<KeyValuePair<string, JsonNode?>> keys) =>
        new('k', Json(new JsonObject(keys.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => KeyValuePair.Create(k.Key, k.Value?.DeepClone())))));

    /// <exception cref="FormatException">It is no step.</exception>
    public static PathElement Parse(string text)
    {
        if (text.Length < 2 || text[1] != ':' || !KindsInOrder.Contains(text[0]))
            throw new FormatException($"\"{text}\" is no step of a path");
        if (text[0] == 'f')
            return Field(text[2..]);
        try
        {
            return (text[0], JsonNode.Parse(text[2..])) switch
            {
                ('k', JsonObject keys) => Key(keys),
                ('v', var value) => Value(value),
                ('i', JsonValue index) when index.GetValueKind() == JsonValueKind.Number => new PathElement('i', Json(index)),
                _ => throw new FormatException($"\"{text}\" is no step of a path"),
            };
        }
        catch (JsonException e)
        {
            throw new FormatException($"\"{text}\" is no step of a path", e);
        }
    }

    /// <summary>The step as people read it: <c>.spec</c>, <c>[name="web"]</c>, <c>[="a"]</c>.</summary>
    public string Display() => Kind switch
    {
        'f' => "." + Text,
        'k' => "[" + string.Join(",", JsonNode.Parse(Text)!.AsObject().Select(k => k.Key + "=" + Json(k.Value))) + "]",
        'v' => "[=" + Text + "]",
        _ => "[" + Text + "]",
    };

    public override string ToString() => Kind + ":" + Text;

    public int CompareTo(PathElement other)
    {
        var kinds = KindsInOrder.IndexOf(Kind).CompareTo(KindsInOrder.IndexOf(other.Kind));
        return kinds != 0 ? kinds : string.CompareOrdinal(Text, other.Text);
    }

    static string Json(JsonNode? value) => value?.ToJsonString(JsonText.NodeOptions) ?? "null";
}
