using System.Text;
using Kube.Help.Markdown;

namespace Kube.Help.About;

/// <summary>A topic about more than one cmdlet.</summary>
/// <param name="Name">Its name, such as <c>about_Kube</c>.</param>
/// <param name="Synopsis">One sentence.</param>
/// <param name="Sections">Its chapters.</param>
sealed record AboutTopic(string Name, string Synopsis, IReadOnlyList<Section> Sections)
{
    const int Width = 80;
    const string Indent = "    ";

    /// <exception cref="MarkdownException">It is no topic.</exception>
    public static AboutTopic Read(string text)
    {
        var topic = Section.Read(text.ReplaceLineEndings("\n").Split('\n'), 0);
        if (!topic.Title.StartsWith("about_", StringComparison.Ordinal)) throw new MarkdownException(topic.Line, "a topic's name begins with about_");
        if (topic.Body.Count == 0 || topic.Body.Contains("")) throw new MarkdownException(topic.Line, "under its name a topic says in one paragraph what it is about");
        return new AboutTopic(topic.Title, topic.Text, topic.Sections);
    }

    /// <summary>The topic as Get-Help shows it. Get-Help takes the synopsis from the fifth line, so that is one line whatever its length.</summary>
    public string ToHelpText()
    {
        var text = new StringBuilder();
        text.Append("TOPIC\n").Append(Indent).Append(Name).Append("\n\nSHORT DESCRIPTION\n").Append(Indent).Append(Prose.Plain(Synopsis.Replace('\n', ' '))).Append('\n');
        foreach (var section in Sections)
        {
            text.Append('\n').Append(section.Title.ToUpperInvariant()).Append('\n');
            Append(text, section);
            foreach (var part in section.Sections)
            {
                text.Append('\n').Append("  ").Append(Prose.Plain(part.Title)).Append('\n');
                Append(text, part);
            }
        }
        return text.ToString();
    }

    static void Append(StringBuilder text, Section section)
    {
        ProseKind? last = null;
        foreach (var block in Prose.Read(section.Text))
        {
            // Items of a list stand close together.
            if (last is not null && (last, block.Kind) is not (ProseKind.Item, ProseKind.Item)) text.Append('\n');
            last = block.Kind;
            if (block.Kind == ProseKind.Code) text.AppendJoin('\n', block.Text.Split('\n').Select(line => line.Length > 0 ? Indent + Indent + line : "")).Append('\n');
            else if (block.Kind == ProseKind.Item) Wrap(text, block.Text, Indent + "- ", Indent + "  ");
            else Wrap(text, block.Text, Indent, Indent);
        }
    }

    static void Wrap(StringBuilder text, string words, string first, string following)
    {
        text.Append(first);
        var column = first.Length;
        foreach (var (index, word) in words.Split(' ').Index())
        {
            if (index > 0 && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(following);
                column = following.Length;
            }
            else if (index > 0)
            {
                text.Append(' ');
                column++;
            }
            text.Append(word);
            column += word.Length;
        }
        text.Append('\n');
    }
}
