using System.Text;
using System.Text.Json;
using Kube.Manifests;

namespace Kube.Config;

/// <summary>Tells where the nodes of a JSON document stand in its text.</summary>
static class JsonOutline
{
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static TextNode Of(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        return Node(ref reader, utf8);
    }

    static TextNode Node(ref Utf8JsonReader reader, byte[] utf8)
    {
        var start = Index(utf8, reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                var items = new List<TextNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Node(ref reader, utf8));
                return new TextList(start, Index(utf8, reader.BytesConsumed), true, items);
            case JsonTokenType.StartObject:
                var entries = new List<TextEntry>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (name, key) = (reader.GetString()!, Index(utf8, reader.TokenStartIndex));
                    var keyEnd = Index(utf8, reader.TokenStartIndex + reader.ValueSpan.Length + 2);
                    reader.Read();
                    entries.Add(new TextEntry(name, new TextScalar(key, keyEnd, true), Node(ref reader, utf8)));
                }
                return new TextMapping(start, Index(utf8, reader.BytesConsumed), true, entries);
            default:
                return new TextScalar(start, Index(utf8, reader.BytesConsumed), true);
        }
    }

    static int Index(byte[] utf8, long position) => Encoding.UTF8.GetCharCount(utf8, 0, (int)position);
}
