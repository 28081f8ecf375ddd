using System.Management.Automation.Host;
using System.Text;
using static Kube.Module.Views.Colour;

namespace Kube.Module.Views;

/// <summary>What a server says of kinds and fields, as it is read on a screen.</summary>
public static class HelpText
{
    const int Indent = 4, FieldIndent = 2;

    /// <summary>What is said of a kind or a field: the whole path, with name and version of a kind or the type of a field, and below it the rest.</summary>
    /// <param name="help">The kind or field.</param>
    /// <param name="host">Whose screen; where it has none lines are not broken.</param>
    public static string Title(KubeResourceHelp help, PSHost? host) => Below(help.Depth == 0 ? $"{help.Path}  {help.Kind}, {help.ApiVersion}" : Typed(help.Path, help), help, Cell.Width(host));

    /// <summary>The same of one of several fields, by its own name.</summary>
    /// <inheritdoc cref="Title(KubeResourceHelp, PSHost?)"/>
    public static string Field(KubeResourceHelp help, PSHost? host) => Below(Typed(help.Name, help), help, Cell.Width(host) - FieldIndent);

    /// <summary>A field's name, the further to the right the deeper it is.</summary>
    public static string Branch(KubeResourceHelp help) => new string(' ', 2 * Math.Max(0, help.Depth - 1)) + help.Name;

    /// <summary>The beginning of what is said of it.</summary>
    public static string FirstSentence(KubeResourceHelp help)
    {
        var text = help.Description.ReplaceLineEndings(" ");
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    static string Typed(string name, KubeResourceHelp help) => $"{name}  <{help.Type}>{(help.Required ? " " + Paint("required", Severity.Caution) : "")}";

    static string Below(string heading, KubeResourceHelp help, int? width)
    {
        var parts = new List<string>();
        if (help.Description.Length > 0) parts.AddRange(help.Description.ReplaceLineEndings("\n").Split('\n'));
        if (help.Enum.Length > 0) parts.Add($"One of: {string.Join(", ", help.Enum.Select(value => value.Length == 0 ? "\"\"" : value))}.");
        if (help.Default is { } value) parts.Add($"Default: {FieldText.Of(value)}.");
        var room = width is { } columns ? Math.Max(columns - Indent - 1, 2 * Indent) : int.MaxValue;
        return string.Join('\n', [heading, .. parts.SelectMany(part => Wrap(part, room)).Select(line => new string(' ', Indent) + line)]);
    }

    /// <summary>Lines that end with words; a word that is longer than a line has one of its own.</summary>
    static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        yield return line.ToString();
    }
}
