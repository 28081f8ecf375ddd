using System.Globalization;
using System.Text.RegularExpressions;

namespace Kube.Yaml.Reading;

/// <summary>
/// What an untagged plain scalar means. The rules are those of go-yaml v2, which kubectl reads with: YAML 1.1's words and prefixes, 1.2's
/// <c>0o</c>, and no sexagesimals or dates. Integers up to 64 bits keep every digit; longer ones become floats, as they do in Go.
/// </summary>
static partial class ScalarResolver
{
    static readonly Dictionary<string, JsonScalar> Words = BuildWords();

    /// <summary>The value of a plain scalar, or null when it is infinite or no number, for which JSON has no token.</summary>
    public static JsonScalar? Resolve(string text)
    {
        if (Words.TryGetValue(text, out var word))
            return word;
        if (IsInfiniteOrNaN(text))
            return null;
        return text[0] is '.' or '+' or '-' or (>= '0' and <= '9') ? Number(text) ?? JsonScalar.Of(text) : JsonScalar.Of(text);
    }

    public static bool IsInfiniteOrNaN(string text) =>
        text is ".nan" or ".NaN" or ".NAN" || text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" && text.Length <= 5;

    static JsonScalar? Number(string text)
    {
        // A leading point allows no underscores before the first digit.
        if (text[0] == '.')
            return text.Length > 1 && char.IsAsciiDigit(text[1]) ? Float(text.Replace("_", "")) : null;
        var plain = text.Replace("_", "");
        return Integer(plain) ?? Float(plain);
    }

    static JsonScalar? Integer(string plain)
    {
        var negative = plain[0] == '-';
        var digits = plain[0] is '-' or '+' ? plain[1..] : plain;
        var (radix, start) = digits switch
        {
            ['0', 'x' or 'X', ..] => (16, 2),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', 'o' or 'O', ..] => (8, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        if (digits.Length == start)
            return null;
        var value = UInt128.Zero;
        foreach (var c in digits.AsSpan(start))
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
                return null;
            value = value * (UInt128)radix + (UInt128)digit;
            if (value > ulong.MaxValue)
                return null;
        }
        if (negative && value > (UInt128)long.MaxValue + 1)
            return null;
        var sign = negative && value != 0 ? "-" : "";
        return new(ScalarKind.Integer, sign + value.ToString(CultureInfo.InvariantCulture));
    }

    static JsonScalar? Float(string plain)
    {
        if (!FloatForm().IsMatch(plain))
            return null;
        var value = double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? new(ScalarKind.Float, GoFloat.ToJson(value)) : null;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex FloatForm();

    static Dictionary<string, JsonScalar> BuildWords()
    {
        var words = new Dictionary<string, JsonScalar>();
        foreach (var word in (string[])["y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE"])
            words[word] = JsonScalar.Of(true);
        foreach (var word in (string[])["n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE"])
            words[word] = JsonScalar.Of(false);
        foreach (var word in (string[])["", "~", "null", "Null", "NULL"])
            words[word] = JsonScalar.Null;
        return words;
    }
}
