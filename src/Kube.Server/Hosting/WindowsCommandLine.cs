using System.Text;

namespace Kube.Server.Hosting;

/// <summary>Joins arguments into one command line that Windows programs split into the same arguments.</summary>
/// <remarks>https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments</remarks>
static class WindowsCommandLine
{
    public static string Join(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote));

    static string Quote(string argument)
    {
        if (argument.Length > 0 && !argument.Any(c => char.IsWhiteSpace(c) || c == '"')) return argument;
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var c in argument)
        {
            // Backslashes count only before a quotation mark, where each is written twice.
            if (c == '"') quoted.Append('\\', backslashes + 1);
            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.Append(c);
        }
        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
