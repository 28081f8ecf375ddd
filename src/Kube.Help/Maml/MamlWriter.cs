using System.Text;
using System.Xml;
using Kube.Help.Markdown;
using Kube.Help.Pages;

namespace Kube.Help.Maml;

/// <summary>Writes the help of cmdlets as Get-Help reads it.</summary>
sealed class MamlWriter
{
    const string MamlSpace = "http://schemas.microsoft.com/maml/2004/10";
    const string CommandSpace = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    const string DevSpace = "http://schemas.microsoft.com/maml/dev/2004/10";
    const int TitleWidth = 76;

    readonly XmlWriter _xml;

    MamlWriter(XmlWriter xml) => _xml = xml;

    /// <summary>Writes the pages into one file.</summary>
    public static void Write(string path, IEnumerable<HelpPage> pages)
    {
        using var xml = XmlWriter.Create(path, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartElement("helpItems", "http://msh");
        xml.WriteAttributeString("schema", "maml");
        foreach (var page in pages) new MamlWriter(xml).Write(page);
        xml.WriteEndElement();
    }

    void Write(HelpPage page)
    {
        _xml.WriteStartElement("command", "command", CommandSpace);
        _xml.WriteAttributeString("xmlns", "maml", null, MamlSpace);
        _xml.WriteAttributeString("xmlns", "dev", null, DevSpace);
        Command("details", () =>
        {
            CommandText("name", page.Name);
            var hyphen = page.Name.IndexOf('-', StringComparison.Ordinal);
            CommandText("verb", page.Name[..hyphen]);
            CommandText("noun", page.Name[(hyphen + 1)..]);
            Description(page.Synopsis);
        });
        Description(page.Description);
        Command("syntax", () =>
        {
            foreach (var set in page.ParameterSets)
            {
                Command("syntaxItem", () =>
                {
                    MamlText("name", page.Name);
                    foreach (var (parameter, use) in Syntax.ParametersOf(page, set)) Write(parameter, use);
                });
            }
        });
        Command("parameters", () =>
        {
            // A parameter in several ways has them all in the syntax, and the first here.
            foreach (var parameter in page.Parameters) foreach (var use in parameter.Uses.Take(1)) Write(parameter, use);
        });
        Command("inputTypes", () => Write("inputType", page.Inputs));
        Command("returnValues", () => Write("returnValue", page.Outputs));
        if (page.Notes.Length > 0) Maml("alertSet", () => Maml("alert", () => Paragraphs(page.Notes)));
        Command("examples", () =>
        {
            foreach (var (index, example) in page.Examples.Index()) Write(example, index + 1);
        });
        Command("relatedLinks", () =>
        {
            foreach (var link in page.Links)
            {
                Maml("navigationLink", () =>
                {
                    MamlText("linkText", link.Text);
                    // A page's neighbours are found by their names.
                    MamlText("uri", link.Target.EndsWith(".md", StringComparison.Ordinal) ? "" : link.Target);
                });
            }
        });
        _xml.WriteEndElement();
    }

    void Write(HelpParameter parameter, ParameterUse use) => Command("parameter", () =>
    {
        _xml.WriteAttributeString("required", Truth(use.Required));
        _xml.WriteAttributeString("variableLength", Truth(use.Type.EndsWith("[]", StringComparison.Ordinal)));
        _xml.WriteAttributeString("globbing", Truth(use.Wildcards));
        _xml.WriteAttributeString("pipelineInput", use.PipelineInput);
        _xml.WriteAttributeString("position", use.Position is { } position ? XmlConvert.ToString(position) : "named");
        _xml.WriteAttributeString("aliases", use.Aliases.Count > 0 ? string.Join(", ", use.Aliases) : "none");
        MamlText("name", parameter.Name);
        Description(parameter.Text);
        if (use.AcceptedValues.Count > 0)
        {
            Command("parameterValueGroup", () =>
            {
                foreach (var value in use.AcceptedValues) Value(value, required: false);
            });
        }
        // A switch is written without a value in the syntax.
        if (!use.IsSwitch) Value(use.Type, required: true);
        Dev("type", () => MamlText("name", use.Type));
        DevText("defaultValue", use.Default);
    });

    void Value(string text, bool required) => Command("parameterValue", () =>
    {
        _xml.WriteAttributeString("required", Truth(required));
        _xml.WriteAttributeString("variableLength", "false");
        _xml.WriteString(text);
    });

    void Write(string element, IReadOnlyList<HelpType> types)
    {
        foreach (var type in types)
        {
            Command(element, () =>
            {
                Dev("type", () => MamlText("name", type.Name));
                Description(type.Text);
            });
        }
    }

    void Write(HelpExample example, int number) => Command("example", () =>
    {
        var title = $" Example {number}: {example.Title} ";
        var rule = new string('-', Math.Max(3, (TitleWidth - title.Length) / 2));
        MamlText("title", rule + title + rule);
        DevText("code", example.Code);
        Dev("remarks", () =>
        {
            Paragraphs(example.Remarks);
            // Get-Help puts nothing between two examples.
            MamlText("para", "");
        });
    });

    void Description(string text) => Maml("description", () => Paragraphs(text));

    void Paragraphs(string text)
    {
        foreach (var block in Prose.Read(text)) MamlText("para", block.Kind == ProseKind.Item ? "- " + block.Text : block.Text);
    }

    static string Truth(bool value) => value ? "true" : "false";

    void Command(string name, Action content) => Element("command", name, CommandSpace, content);

    void CommandText(string name, string text) => Command(name, () => _xml.WriteString(text));

    void Maml(string name, Action content) => Element("maml", name, MamlSpace, content);

    void MamlText(string name, string text) => Maml(name, () => _xml.WriteString(text));

    void Dev(string name, Action content) => Element("dev", name, DevSpace, content);

    void DevText(string name, string text) => Dev(name, () => _xml.WriteString(text));

    void Element(string prefix, string name, string space, Action content)
    {
        _xml.WriteStartElement(prefix, name, space);
        content();
        _xml.WriteEndElement();
    }
}
