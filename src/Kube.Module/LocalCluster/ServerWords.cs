using System.Text.RegularExpressions;

namespace Kube.Module.LocalCluster;

/// <summary>What kube-server says of its command line, to somebody who has typed a cmdlet's. Pure.</summary>
static partial class ServerWords
{
    /// <summary>The text with parameters for flags, and without what is about the program.</summary>
    public static string Of(string text) =>
        Flag().Replace(Frame().Replace(text, "").Trim(), flag => "-" + string.Concat(flag.Groups[1].Value.Split('-').Select(Word)));

    static string Word(string word) => word switch
    {
        "bind" => "Address",
        // Parameters are in the singular.
        "origins" or "methods" or "headers" or "paths" or "hosts" => Capital(word[..^1]),
        _ => Capital(word),
    };

    static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    [GeneratedRegex(@"^kube-server: |\s*See kube-server --help\.$")]
    private static partial Regex Frame();

    [GeneratedRegex(@"(?<![\w-])--([a-z]+(?:-[a-z]+)*)")]
    private static partial Regex Flag();
}
