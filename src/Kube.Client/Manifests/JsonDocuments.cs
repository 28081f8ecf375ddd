using System.Text;
using System.Text.Json;

namespace Kube.Manifests;

/// <summary>One JSON document after the other, checked and with the place of each value.</summary>
static class JsonDocuments
{
    /// <summary>Deeper than any manifest, and the same as for YAML.</summary>
    const int MaxDepth = 512;

    static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true, MaxDepth = MaxDepth };

    /// <exception cref="ManifestException">It is no JSON, has the same key twice in one object, or an escape that is no character.</exception>
    public static IReadOnlyList<YamlDocument> Read(string text)
    {
        ReadOnlyMemory<byte> utf8 = Encoding.UTF8.GetBytes(text);
        var documents = new List<YamlDocument>();
        var reader = new Utf8JsonReader(utf8.Span, Options);
        try
        {
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                Check(ref reader, utf8.Span, documents.Count + 1);
                if (reader.TokenType != JsonTokenType.Null)
                    documents.Add(Document(utf8, start, (int)reader.BytesConsumed));
            }
            return documents;
        }
        catch (JsonException e)
        {
            // Its message quotes the text, which may be secret; so it is not passed on either.
            var index = IndexOf(utf8.Span, e);
            throw Fault(utf8.Span, index, documents.Count + 1, "this is no JSON; " + Expected(utf8.Span, index, reader.CurrentDepth));
        }
    }

    static YamlDocument Document(ReadOnlyMemory<byte> utf8, int start, int end)
    {
        var places = new Lazy<Dictionary<string, (int, int)>>(() => JsonPlaces.Map(utf8.Span, start, end));
        return new(utf8[start..end], JsonPlaces.Of(utf8.Span, start).Line, path => places.Value.TryGetValue(path, out var place) ? place : null);
    }

    /// <summary>Reads one value to its end.</summary>
    static void Check(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, int document)
    {
        var keys = new Stack<HashSet<string>>();
        var depth = reader.CurrentDepth;
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    keys.Push([]);
                    break;
                case JsonTokenType.EndObject:
                    keys.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    var key = Unescaped(ref reader, utf8, document);
                    if (!keys.Peek().Add(key))
                        throw Fault(utf8, reader.TokenStartIndex, document, $"the key \"{key}\" is there twice; expected it once");
                    break;
                case JsonTokenType.String when reader.ValueIsEscaped:
                    Unescaped(ref reader, utf8, document);
                    break;
            }
            if (reader.CurrentDepth == depth && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                return;
        }
        while (reader.Read());
    }

    static string Unescaped(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, int document)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault(utf8, reader.TokenStartIndex, document, "an escape in this string is half a character; expected \\u escapes in pairs");
        }
    }

    static ManifestException Fault(ReadOnlySpan<byte> utf8, long index, int document, string message)
    {
        var (line, column) = JsonPlaces.Of(utf8, (int)index);
        return new(message) { Document = document, Line = line, Column = column };
    }

    static int IndexOf(ReadOnlySpan<byte> utf8, JsonException e)
    {
        var start = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        return Math.Min(utf8.Length, start + (int)(e.BytePositionInLine ?? 0));
    }

    static string Expected(ReadOnlySpan<byte> utf8, int index, int depth) =>
        depth >= MaxDepth ? $"expected at most {MaxDepth} levels of nesting"
        : utf8[index..].TrimStart(" \t\r\n"u8).IsEmpty ? "expected more: the text ends too early"
        : utf8[index] is (byte)'}' or (byte)']' && utf8[..index].TrimEnd(" \t\r\n"u8) is [.., (byte)','] ? "expected no comma before the end of an object or a list"
        : "expected a value, a comma or a closing bracket at this place";
}
