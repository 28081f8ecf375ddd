using System.Globalization;
using System.Text;
using Kube.Yaml.Reading;

namespace Kube.Yaml.Writing;

/// <summary>The forms of a string on one line, and the question whether it can be a block.</summary>
static class StringStyle
{
    /// <summary>Plain where it stays the same string; double quotes where it would be another value, single ones where it would be syntax.</summary>
    public static string OneLine(string text)
    {
        if (PlainScalar.IsAmbiguous(text) || text.Any(c => !StaysAsItIs(c)))
            return DoubleQuoted(text);
        return PlainScalar.IsSyntax(text) ? SingleQuoted(text) : text;
    }

    /// <summary>The same for a key. YamlDotNet overlooks the colon behind a word that starts with an asterisk, as in <c>a *b: c</c>.</summary>
    public static string Key(string text) => OneLine(text) is var key && key == text && text.Contains(" *", StringComparison.Ordinal) ? SingleQuoted(text) : key;

    /// <summary>
    /// Several lines that a literal block shows as they are. One that starts with a blank is read differently from library to library, and blank
    /// lines at the end do not outlive an editor; both go into quotes.
    /// </summary>
    public static bool IsBlock(string text) =>
        text.AsSpan(0, Math.Max(0, text.Length - 1)).Contains('\n')
        && text[0] is not ('\n' or ' ' or '\t')
        && (text[^1] == '\n' ? text[^2] : text[^1]) is not (' ' or '\t' or '\n')
        && text.All(c => StaysAsItIs(c) || c is '\n' or '\t');

    /// <summary>Printable, no line break of any kind, no byte-order mark, no half of a pair out of place.</summary>
    static bool StaysAsItIs(char c) =>
        Characters.IsPrintable(c) && c is not ('\u0085' or '\u00a0' or '\u2028' or '\u2029' or '\ufeff') || char.IsSurrogate(c);

    static string SingleQuoted(string text) => $"'{text.Replace("'", "''")}'";

    static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\0' => "\\0",
                _ when StaysAsItIs(c) => c.ToString(),
                < '\u0100' => "\\x" + ((int)c).ToString("X2", CultureInfo.InvariantCulture),
                _ => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
            });
        }
        return quoted.Append('"').ToString();
    }
}
