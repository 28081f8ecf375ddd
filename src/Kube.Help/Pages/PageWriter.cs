using System.Globalization;
using System.Text;

namespace Kube.Help.Pages;

/// <summary>Writes a page in platyPS's Markdown schema 2.0.0: the one layout that a page has.</summary>
static class PageWriter
{
    /// <summary>The page; <see cref="PageReader"/> reads the same page from it.</summary>
    public static string Write(HelpPage page)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            ---
            external help file: Kube.Module.dll-Help.xml
            Module Name: Kube
            online version:
            schema: 2.0.0
            ---

            # {page.Name}


            """);
        Section(text, "SYNOPSIS", page.Synopsis);
        text.Append("## SYNTAX\n\n");
        foreach (var set in page.ParameterSets)
        {
            if (set.Name.Length > 0) text.Append("### ").Append(set.Name).Append(set.IsDefault ? " (Default)\n" : "\n");
            Fence(text, "", Syntax.Of(page, set));
        }
        Section(text, "DESCRIPTION", page.Description);
        text.Append("## EXAMPLES\n\n");
        foreach (var (index, example) in page.Examples.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"### Example {index + 1}: {example.Title}\n\n");
            Fence(text, $"powershell {example.Need}".TrimEnd(), example.Code);
            Paragraphs(text, example.Remarks);
        }
        text.Append("## PARAMETERS\n\n");
        foreach (var parameter in page.Parameters)
        {
            text.Append("### -").Append(parameter.Name).Append("\n\n");
            Paragraphs(text, parameter.Text);
            foreach (var use in parameter.Uses) Fence(text, "yaml", Yaml(use));
        }
        text.Append("### CommonParameters\n\n").Append("Those of every cmdlet, such as `-ErrorAction` and `-Verbose`: see [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).\n\n");
        Types(text, "INPUTS", page.Inputs);
        Types(text, "OUTPUTS", page.Outputs);
        Section(text, "NOTES", page.Notes);
        text.Append("## RELATED LINKS\n");
        foreach (var link in page.Links) text.Append(CultureInfo.InvariantCulture, $"\n[{link.Text}]({link.Target})\n");
        return text.ToString();
    }

    /// <summary>The block that says what a parameter is, without its fence.</summary>
    public static string Yaml(ParameterUse use)
    {
        var lines = new List<string> { $"Type: {use.Type}", $"Parameter Sets: {use.Sets}", $"Aliases: {string.Join(", ", use.Aliases)}".TrimEnd() };
        if (use.AcceptedValues.Count > 0) lines.Add($"Accepted values: {string.Join(", ", use.AcceptedValues)}");
        lines.AddRange(
        [
            "",
            $"Required: {use.Required}",
            $"Position: {use.Position?.ToString(CultureInfo.InvariantCulture) ?? "Named"}",
            $"Default value: {use.Default}",
            $"Accept pipeline input: {use.PipelineInput}",
            $"Accept wildcard characters: {use.Wildcards}",
        ]);
        return string.Join('\n', lines);
    }

    static void Types(StringBuilder text, string title, IReadOnlyList<HelpType> types)
    {
        text.Append("## ").Append(title).Append("\n\n");
        foreach (var type in types)
        {
            text.Append("### ").Append(type.Name).Append("\n\n");
            Paragraphs(text, type.Text);
        }
    }

    static void Section(StringBuilder text, string title, string body)
    {
        text.Append("## ").Append(title).Append("\n\n");
        Paragraphs(text, body);
    }

    static void Paragraphs(StringBuilder text, string body)
    {
        if (body.Length > 0) text.Append(body).Append("\n\n");
    }

    static void Fence(StringBuilder text, string info, string body) => text.Append("```").Append(info).Append('\n').Append(body).Append("\n```\n\n");
}
