using System.Text;
using System.Text.RegularExpressions;

namespace Kube.Server.Custom;

/// <summary>
/// Go's regular expressions, in which definitions write their patterns: no looking around, no references back, time linear in the text's length.
/// </summary>
/// <remarks>https://github.com/google/re2/wiki/Syntax</remarks>
static class GoPattern
{
    static readonly Dictionary<char, string> Classes = new() { ['d'] = "0-9", ['w'] = "0-9A-Za-z_", ['s'] = @"\t\n\f\r " };

    static readonly Dictionary<string, string> Named = new()
    {
        ["alnum"] = "0-9A-Za-z", ["alpha"] = "A-Za-z", ["digit"] = "0-9", ["lower"] = "a-z", ["upper"] = "A-Z", ["word"] = "0-9A-Za-z_", ["xdigit"] = "0-9A-Fa-f",
        ["space"] = @"\t\n\v\f\r ", ["blank"] = @"\t ", ["punct"] = @"!-/:-@\[-`{-~", ["cntrl"] = @"\x00-\x1F\x7F", ["graph"] = "!-~", ["print"] = " -~", ["ascii"] = @"\x00-\x7F",
    };

    /// <exception cref="ArgumentException">It is none.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message, nameof(pattern), e);
        }
    }

    // .NET's own classes take all of Unicode, its end comes before a last line break, and its groups are named otherwise.
    static string Translate(string pattern)
    {
        var text = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                c = pattern[++i];
                if (Classes.TryGetValue(c, out var members))
                    text.Append(inClass ? members : $"[{members}]");
                else if (!inClass && Classes.TryGetValue(char.ToLowerInvariant(c), out members))
                    text.Append($"[^{members}]");
                else
                    text.Append('\\').Append(c);
            }
            else if (inClass && c == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':' && pattern.IndexOf(":]", i + 2, StringComparison.Ordinal) is > 0 and var end
                && Named.TryGetValue(pattern[(i + 2)..end], out var named))
            {
                text.Append(named);
                i = end + 1;
            }
            else if (inClass)
            {
                // A class within a class would be .NET's subtraction.
                text.Append(c == '[' ? @"\[" : c.ToString());
                inClass = c != ']';
            }
            else if (c == '[')
            {
                inClass = true;
                text.Append(c);
                if (i + 1 < pattern.Length && pattern[i + 1] == '^')
                    text.Append(pattern[++i]);
                if (i + 1 < pattern.Length && pattern[i + 1] == ']')
                {
                    text.Append(@"\]");
                    i++;
                }
            }
            else if (c == '$')
            {
                text.Append(@"\z");
            }
            else if (c == '(' && pattern.AsSpan(i).StartsWith("(?P<"))
            {
                text.Append("(?<");
                i += 3;
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
