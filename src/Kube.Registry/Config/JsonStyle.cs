using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kube.Registry;

/// <summary>How a document is laid out, so that what is added looks like the rest.</summary>
/// <param name="Newline">The end of a line; empty: all is on one.</param>
/// <param name="Indent">One step.</param>
sealed record JsonStyle(string Newline, string Indent)
{
    static readonly JavaScriptEncoder Plain = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The layout of a document; of one without members, docker's own: tabs.</summary>
    public static JsonStyle Of(ReadOnlySpan<byte> json)
    {
        var text = json[(json.IndexOf((byte)'{') + 1)..];
        var space = Encoding.ASCII.GetString(text[..text.IndexOfAnyExcept(" \t\r\n"u8)]);
        if (text[space.Length] == '}')
            return new JsonStyle("\n", "\t");
        var newline = space.LastIndexOf('\n');
        return newline < 0 ? new JsonStyle("", "") : new JsonStyle(space.Contains('\r') ? "\r\n" : "\n", space[(newline + 1)..]);
    }

    /// <summary>What stands before a member or a closing brace at a depth.</summary>
    public string Break(int depth) => Newline.Length == 0 ? "" : Newline + string.Concat(Enumerable.Repeat(Indent, depth));

    /// <summary>A member.</summary>
    public string Member(string name, string value) => String(name) + (Newline.Length == 0 ? ":" : ": ") + value;

    /// <summary>A value within objects of one member each.</summary>
    public string Nest(ReadOnlySpan<string> path, string value, int depth) => path.IsEmpty
        ? value
        : "{" + Break(depth + 1) + Member(path[0], Nest(path[1..], value, depth + 1)) + Break(depth) + "}";

    /// <summary>A string, with what must be escaped and no more.</summary>
    public static string String(string text) => $"\"{JsonEncodedText.Encode(text, Plain)}\"";
}
