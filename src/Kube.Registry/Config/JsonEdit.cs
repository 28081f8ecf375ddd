using System.Text;
using System.Text.Json;

namespace Kube.Registry;

/// <summary>Changes one member of a JSON document and keeps every other byte: order, unknown fields, white space, number formats.</summary>
static class JsonEdit
{
    /// <summary>The names of an object's members; empty where there is no object.</summary>
    public static IReadOnlyList<string> Names(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path) =>
        Find(json, path) is { } start ? [.. ReadObject(json, start).Members.Select(member => member.Name)] : [];

    /// <summary>Sets the member at a path to a value, making the objects on the way.</summary>
    /// <exception cref="FormatException">The first of them is there and is no object (nor null).</exception>
    public static byte[] Set(ReadOnlySpan<byte> json, ReadOnlySpan<string> path, string value)
    {
        var style = JsonStyle.Of(json);
        var start = ReadRoot(json);
        for (var depth = 1; ; depth++)
        {
            var found = ReadObject(json, start);
            var member = found.Find(path[depth - 1]);
            if (member is not null && depth < path.Length && json[member.ValueStart] == '{')
            {
                start = member.ValueStart;
                continue;
            }
            if (member is not null && depth == 1 && path.Length > 1 && json[member.ValueStart] != 'n')
                throw new FormatException($"'{path[0]}' should be an object");
            var text = style.Nest(path[depth..], value, depth);
            if (member is not null)
                return Replace(json, member.ValueStart, member.ValueEnd, text);
            text = style.Member(path[depth - 1], text);
            return found.Members.Count > 0
                ? Replace(json, found.Members[^1].ValueEnd, found.Members[^1].ValueEnd, "," + style.Break(depth) + text)
                : Replace(json, start + 1, found.End - 1, style.Break(depth) + text + style.Break(depth - 1));
        }
    }

    /// <summary>Removes the member at a path; the document stays as it is where there is none.</summary>
    public static byte[] Remove(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        if (Find(json, path[..^1]) is not { } start)
            return json.ToArray();
        var (members, end) = (ReadObject(json, start).Members, ReadObject(json, start).End);
        var name = path[^1];
        var index = members.FindLastIndex(member => member.Is(name));
        if (index < 0)
            return json.ToArray();
        var (from, to) =
            members.Count == 1 ? (start + 1, end - 1)
            : index > 0 ? (members[index - 1].ValueEnd, members[index].ValueEnd)
            : (members[0].NameStart, members[1].NameStart);
        // The name may stand twice.
        return Remove(Replace(json, from, to, ""), path);
    }

    static int? Find(ReadOnlySpan<byte> json, ReadOnlySpan<string> path)
    {
        var start = ReadRoot(json);
        foreach (var name in path)
        {
            if (ReadObject(json, start).Find(name) is not { } member || json[member.ValueStart] != '{')
                return null;
            start = member.ValueStart;
        }
        return start;
    }

    static int ReadRoot(ReadOnlySpan<byte> json) => json.IndexOf((byte)'{');

    static JsonObjectSpan ReadObject(ReadOnlySpan<byte> json, int start)
    {
        var reader = new Utf8JsonReader(json[start..]);
        reader.Read();
        var members = new List<JsonMemberSpan>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, nameStart) = (reader.GetString()!, start + (int)reader.TokenStartIndex);
            reader.Read();
            var valueStart = start + (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add(new JsonMemberSpan(name, nameStart, valueStart, start + (int)reader.BytesConsumed));
        }
        return new JsonObjectSpan(members, start + (int)reader.BytesConsumed);
    }

    static byte[] Replace(ReadOnlySpan<byte> json, int from, int to, string text) => [.. json[..from], .. Encoding.UTF8.GetBytes(text), .. json[to..]];
}

/// <summary>An object's members and the position after its brace.</summary>
sealed record JsonObjectSpan(List<JsonMemberSpan> Members, int End)
{
    /// <summary>The member of a name; the last one, as parsers have it, where it stands twice.</summary>
    public JsonMemberSpan? Find(string name) => Members.FindLast(member => member.Is(name));
}

/// <summary>Where a member stands.</summary>
sealed record JsonMemberSpan(string Name, int NameStart, int ValueStart, int ValueEnd)
{
    // Docker's decoder takes its own field names, which are letters alone, in any case; so may a host be written that is letters alone.
    public bool Is(string name) => name.All(char.IsAsciiLetter) ? Name.Equals(name, StringComparison.OrdinalIgnoreCase) : Name == name;
}
