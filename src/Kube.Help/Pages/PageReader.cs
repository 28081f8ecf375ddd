using System.Globalization;
using System.Text.RegularExpressions;
using Kube.Help.Markdown;

namespace Kube.Help.Pages;

/// <summary>Reads a page in platyPS's Markdown schema 2.0.0.</summary>
static partial class PageReader
{
    static readonly string[] Titles = ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    /// <exception cref="MarkdownException">It is not in the schema.</exception>
    public static HelpPage Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = lines[0] == "---" ? Array.IndexOf(lines, "---", 1) : -1;
        if (end < 0) throw new MarkdownException(1, "a page begins with its front matter, between two lines of ---");
        if (!lines[1..end].Contains("schema: 2.0.0")) throw new MarkdownException(1, "the front matter says 'schema: 2.0.0'");
        var page = Section.Read(lines, end + 1);
        if (!page.Sections.Select(section => section.Title).SequenceEqual(Titles))
            throw new MarkdownException(page.Line, $"the headings of level 2 are {string.Join(", ", Titles)}, in this order");
        var parts = page.Sections.ToDictionary(section => section.Title);
        return new HelpPage(page.Title)
        {
            Synopsis = parts["SYNOPSIS"].Text,
            Description = parts["DESCRIPTION"].Text,
            Notes = parts["NOTES"].Text,
            ParameterSets = parts["SYNTAX"] is { Sections.Count: > 0 } syntax ? [.. syntax.Sections.Select(Set)] : [new ParameterSet("", true)],
            Examples = [.. parts["EXAMPLES"].Sections.Select(Example)],
            Parameters = [.. parts["PARAMETERS"].Sections.Where(section => section.Title != "CommonParameters").Select(Parameter)],
            Inputs = Types(parts["INPUTS"]),
            Outputs = Types(parts["OUTPUTS"]),
            Links = [.. parts["RELATED LINKS"].Body.Where(line => line.Length > 0).Select(line => Link(line, parts["RELATED LINKS"].Line))],
        };
    }

    static ParameterSet Set(Section section)
    {
        const string mark = " (Default)";
        return section.Title.EndsWith(mark, StringComparison.Ordinal) ? new ParameterSet(section.Title[..^mark.Length], true) : new ParameterSet(section.Title, false);
    }

    static HelpExample Example(Section section)
    {
        var title = ExampleTitle().Match(section.Title);
        if (!title.Success) throw new MarkdownException(section.Line, "an example's heading is 'Example 1: what it does'");
        if (section.Body.Count == 0 || !section.Body[0].StartsWith("```powershell", StringComparison.Ordinal))
            throw new MarkdownException(section.Line, "an example begins with ```powershell");
        var end = section.Body.Skip(1).TakeWhile(line => line != "```").Count() + 1;
        return new HelpExample(
            title.Groups[1].Value,
            string.Join('\n', section.Body.Skip(1).Take(end - 1)),
            section.Body[0]["```powershell".Length..].Trim(),
            string.Join('\n', section.Body.Skip(end + 1)).Trim('\n'));
    }

    static HelpParameter Parameter(Section section)
    {
        if (section.Title is not ['-', ..]) throw new MarkdownException(section.Line, "a parameter's heading is its name with a hyphen");
        var first = section.Body.TakeWhile(line => line != "```yaml").Count();
        var uses = new List<ParameterUse>();
        var fields = new Dictionary<string, string>();
        foreach (var line in section.Body.Skip(first))
        {
            if (line == "```yaml") fields.Clear();
            else if (line == "```") uses.Add(Use(fields, section.Line));
            else if (line.Split(':', 2) is [var key, var value]) fields[key] = value.Trim();
            else if (line.Length > 0) throw new MarkdownException(section.Line, $"-{section.Title[1..]}: '{line}' is no field of its yaml");
        }
        return new HelpParameter(section.Title[1..], string.Join('\n', section.Body.Take(first)).Trim('\n'), uses);
    }

    static ParameterUse Use(Dictionary<string, string> fields, int line)
    {
        string Field(string name) => fields.TryGetValue(name, out var value) ? value : throw new MarkdownException(line, $"the yaml has no '{name}'");
        return new ParameterUse(Field("Type"))
        {
            Sets = Field("Parameter Sets"),
            Aliases = List(Field("Aliases")),
            AcceptedValues = List(fields.GetValueOrDefault("Accepted values", "")),
            Required = Field("Required") == "True",
            Position = int.TryParse(Field("Position"), CultureInfo.InvariantCulture, out var position) ? position : null,
            Default = Field("Default value"),
            ByValue = Field("Accept pipeline input").Contains("ByValue", StringComparison.Ordinal),
            ByPropertyName = Field("Accept pipeline input").Contains("ByPropertyName", StringComparison.Ordinal),
            Wildcards = Field("Accept wildcard characters") == "True",
        };
    }

    static string[] List(string text) => text.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    static HelpType[] Types(Section section) => [.. section.Sections.Select(type => new HelpType(type.Title, type.Text))];

    static HelpLink Link(string line, int at) => LinkLine().Match(line) is { Success: true } match
        ? new HelpLink(match.Groups[1].Value, match.Groups[2].Value)
        : throw new MarkdownException(at, $"'{line}' is no [text](target)");

    [GeneratedRegex(@"^Example \d+: (.+)$")]
    private static partial Regex ExampleTitle();

    [GeneratedRegex(@"^\[([^\]]+)\]\(([^)]+)\)$")]
    private static partial Regex LinkLine();
}
