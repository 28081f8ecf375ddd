using Kube.Help.About;
using Kube.Help.Maml;
using Kube.Help.Markdown;
using Kube.Help.Pages;

namespace Kube.Module.Tests.Help;

public sealed class PageReaderTests
{
    static readonly HelpPage Page = new("Get-Thing")
    {
        Synopsis = "Reads things.",
        Description = "First.\n\n- one\n- two",
        Notes = "A note.",
        ParameterSets = [new("Name", true), new("Path", false)],
        Examples = [new("Read a thing", "# not a heading\nGet-Thing a", "", "It is read."), new("Read elsewhere", "Get-Thing b", "needs-docker", "")],
        Parameters =
        [
            new("Name", "The names.",
            [
                new("String[]") { Sets = "Name", Required = true, Position = 0, ByValue = true, ByPropertyName = true, Wildcards = true, Aliases = ["n", "Id"] },
                new("String[]") { Sets = "Path" },
            ]),
            new("Kind", "The kind.", [new("String") { AcceptedValues = ["Big", "Small"], Default = "Big" }]),
            new("Force", "Do it.", [new("SwitchParameter") { Sets = "Path", Default = "False" }]),
        ],
        Inputs = [new("System.String", "A name.")],
        Outputs = [new("Thing", "The things.")],
        Links = [new("Set-Thing", "Set-Thing.md"), new("More", "https://example.com/")],
    };

    [Fact]
    public void A_page_reads_back_as_it_was_written()
    {
        var text = PageWriter.Write(Page);

        var read = PageReader.Read(text.ReplaceLineEndings("\r\n"));

        Assert.Equal(text, PageWriter.Write(read));
        Assert.Equivalent(Page, read, strict: true);
    }

    [Fact]
    public void Syntax_has_positions_first_then_what_is_required_then_the_rest()
    {
        Assert.Equal("Get-Thing [-Name] <String[]> [-Kind <String>] [<CommonParameters>]", Syntax.Of(Page, Page.ParameterSets[0]));
        Assert.Equal("Get-Thing [-Force] [-Kind <String>] [-Name <String[]>] [<CommonParameters>]", Syntax.Of(Page, Page.ParameterSets[1]));
    }

    [Theory]
    [InlineData("schema: 2.0.0", "schema: 1.0.0", "", "schema: 2.0.0")]
    [InlineData("## NOTES", "## REMARKS", "# Get-Thing", "NOTES")]
    [InlineData("## SYNTAX", "#### SYNTAX", "#### SYNTAX", "level 3 comes before one of level 4")]
    [InlineData("### Example 2: Read elsewhere", "### Another", "### Another", "Example 1: what it does")]
    [InlineData("```powershell needs-docker", "```", "### Example 2", "```powershell")]
    [InlineData("### -Kind", "### Kind", "### Kind", "hyphen")]
    [InlineData("Default value: Big\n", "", "### -Kind", "Default value")]
    [InlineData("[Set-Thing](Set-Thing.md)", "Set-Thing", "## RELATED LINKS", "[text](target)")]
    [InlineData("[Set-Thing](Set-Thing.md)", "```", "```", "never closed")]
    [InlineData("## SYNOPSIS", "# Set-Thing\n## SYNOPSIS", "# Set-Thing", "one heading of level 1, not 2")]
    public void A_fault_is_told_with_its_line(string part, string fault, string place, string message)
    {
        var text = PageWriter.Write(Page);
        Assert.Contains(part, text, StringComparison.Ordinal);
        var faulty = text.Replace(part, fault, StringComparison.Ordinal);

        var thrown = Assert.Throws<MarkdownException>(() => PageReader.Read(faulty));

        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(place.Length == 0 ? 1 : Array.FindLastIndex(faulty.Split('\n'), line => line.StartsWith(place, StringComparison.Ordinal)) + 1, thrown.Line);
    }

    [Theory]
    [InlineData("One\ntwo.", "Paragraph: One two.")]
    [InlineData("One.\n\nTwo.", "Paragraph: One.|Paragraph: Two.")]
    [InlineData("Say `-Force` to [all](x.md), **now**.", "Paragraph: Say -Force to all, now.")]
    [InlineData("Both:\n- `a`\n  b\n- c", "Paragraph: Both:|Item: a b|Item: c")]
    [InlineData("So:\n```powershell\na\n\n`b`\n```\nThen.", "Paragraph: So:|Code: a\n\n`b`|Paragraph: Then.")]
    [InlineData("", "")]
    public void Prose_loses_its_marks_and_keeps_its_code(string text, string blocks) =>
        Assert.Equal(blocks, string.Join('|', Prose.Read(text).Select(block => $"{block.Kind}: {block.Text}")));

    [Fact]
    public void A_topic_is_wrapped_and_its_synopsis_is_on_the_fifth_line()
    {
        var text = AboutTopic.Read("# about_Thing\n\nThe `thing`\nin short.\n\n## LONG\n\n" + string.Join(' ', Enumerable.Repeat("word", 40)) + "\n\n- one\n- two\n\n```powershell\nGet-Thing\n```\n").ToHelpText();

        Assert.Equal("    The thing in short.", text.Split('\n')[4]);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.EndsWith("\n\n    - one\n    - two\n\n        Get-Thing\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# Thing\n\nShort.", "about_")]
    [InlineData("# about_Thing\n\n## LONG", "one paragraph")]
    [InlineData("# about_Thing\n\nOne.\n\nTwo.", "one paragraph")]
    public void A_topic_says_what_it_is(string text, string message) =>
        Assert.Contains(message, Assert.Throws<MarkdownException>(() => AboutTopic.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_is_escaped_in_MAML()
    {
        var path = Path.GetTempFileName();
        try
        {
            MamlWriter.Write(path, [Page with { Description = "a < b & c" }]);

            Assert.Contains("a &lt; b &amp; c", File.ReadAllText(path), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
