using System.Text;
using System.Text.Json;

namespace Kube.Manifests;

/// <summary>Lines and columns, from 1, in JSON.</summary>
static class JsonPlaces
{
    /// <summary>The place of a byte; columns count characters.</summary>
    public static (int Line, int Column) Of(ReadOnlySpan<byte> utf8, int index)
    {
        var before = utf8[..index];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (1 + before.Count((byte)'\n'), 1 + Encoding.UTF8.GetCharCount(before[lineStart..]));
    }

    /// <summary>Each path of the document between two bytes, such as <c>spec.containers[0].name</c>; the root's is empty.</summary>
    public static Dictionary<string, (int Line, int Column)> Map(ReadOnlySpan<byte> utf8, int start, int end)
    {
        var map = new Dictionary<string, (int, int)>();
        var reader = new Utf8JsonReader(utf8[start..end], new JsonReaderOptions { MaxDepth = int.MaxValue });
        var cursor = new Cursor(start, Of(utf8, start));
        reader.Read();
        Add(ref reader, utf8, start, ref cursor, "", map);
        return map;
    }

    static void Add(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, int start, ref Cursor cursor, string path, Dictionary<string, (int, int)> map)
    {
        map.TryAdd(path, cursor.MoveTo(utf8, start + (int)reader.TokenStartIndex));
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    Add(ref reader, utf8, start, ref cursor, path.Length == 0 ? key : $"{path}.{key}", map);
                }
                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                    Add(ref reader, utf8, start, ref cursor, $"{path}[{i}]", map);
                break;
        }
    }

    /// <summary>Walks forward, so that a large document is looked through once.</summary>
    struct Cursor(int index, (int Line, int Column) place)
    {
        public (int Line, int Column) MoveTo(ReadOnlySpan<byte> utf8, int target)
        {
            var between = utf8[index..target];
            var lines = between.Count((byte)'\n');
            var tail = lines == 0 ? between : between[(between.LastIndexOf((byte)'\n') + 1)..];
            place = (place.Line + lines, (lines == 0 ? place.Column : 1) + Encoding.UTF8.GetCharCount(tail));
            index = target;
            return place;
        }
    }
}
