using System.Management.Automation.Language;

namespace Kube.Shell;

/// <summary>What stands behind a script's path on the command line, as PowerShell text.</summary>
static class ScriptArguments
{
    /// <summary><c>-Name</c> is a parameter's name, <c>-Name:value</c> name and value (<c>$true</c>, <c>$false</c> and <c>$null</c> are what they say); all else is text.</summary>
    public static string ToText(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(ToText));

    static string ToText(string argument)
    {
        if (argument is not ['-', var first, ..] || !(char.IsLetter(first) || first == '_')) return Quote(argument);
        var colon = argument.IndexOf(':');
        var name = colon < 0 ? argument : argument[..colon];
        if (!name.AsSpan(1).ContainsOnlyNameLetters()) return Quote(argument);
        var value = colon < 0 ? "" : argument[(colon + 1)..];
        if (value.Length == 0) return argument;
        return value.ToLowerInvariant() is "$true" or "$false" or "$null" ? argument : $"{name}:{Quote(value)}";
    }

    static bool ContainsOnlyNameLetters(this ReadOnlySpan<char> name)
    {
        foreach (var letter in name)
        {
            if (!char.IsLetterOrDigit(letter) && letter is not ('_' or '-')) return false;
        }
        return true;
    }

    static string Quote(string argument) => "'" + CodeGeneration.EscapeSingleQuotedStringContent(argument) + "'";
}
