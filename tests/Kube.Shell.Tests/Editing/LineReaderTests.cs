using Kube.Shell.Editing;
using Kube.Shell.Hosting;

namespace Kube.Shell.Tests.Editing;

public class LineReaderTests
{
    [Fact]
    public void Redirected_commands_are_read_line_by_line_until_each_is_whole()
    {
        var reader = new RedirectedLineReader(new StringReader("1\nif (1) {\n2\n}\n\nfoo {\n\n'end'"), Prompt.IsWhole);

        Assert.Equal(
            [(EditOutcome.Accepted, "1"), (EditOutcome.Accepted, "if (1) {\n2\n}"), (EditOutcome.Accepted, ""), (EditOutcome.Accepted, "foo {\n"), (EditOutcome.Accepted, "'end'"), (EditOutcome.Ended, "")],
            Enumerable.Range(0, 6).Select(_ => reader.Read("unseen")));
    }

    [Theory]
    [InlineData("'x'<Enter>", nameof(EditOutcome.Accepted), "'x'", "PS> 'x'\n")]
    [InlineData("ab<Backspace>c<Enter>", nameof(EditOutcome.Accepted), "ac", "PS> ab\b \bc\n")]
    [InlineData("日<Backspace>c<Enter>", nameof(EditOutcome.Accepted), "c", "PS> 日\b\b  \b\bc\n")]
    [InlineData("<Backspace>c<Enter>", nameof(EditOutcome.Accepted), "c", "PS> c\n")]
    [InlineData("if (1) {<Enter>2 }<Enter>", nameof(EditOutcome.Accepted), "if (1) {\n2 }", "PS> if (1) {\n>> 2 }\n")]
    [InlineData("if (1) {<Enter>2<C-c>", nameof(EditOutcome.Abandoned), "", "PS> if (1) {\n>> 2\n")]
    [InlineData("abc<C-c>", nameof(EditOutcome.Abandoned), "", "PS> abc\n")]
    [InlineData("<C-d>", nameof(EditOutcome.Ended), "", "PS> \n")]
    [InlineData("a<C-d>b<Left><Enter>", nameof(EditOutcome.Accepted), "ab", "PS> ab\n")]
    public void A_terminal_without_escape_sequences_gets_none(string keys, string outcome, string text, string screen)
    {
        var typed = new Queue<ConsoleKeyInfo>(Keys.Of(keys));
        using var terminal = new StringWriter { NewLine = "\n" };

        var (read, line) = new PlainLineReader(terminal, typed.Dequeue, Prompt.IsWhole).Read("PS> ");

        Assert.Equal((outcome, text), (read.ToString(), line));
        Assert.Equal(screen, terminal.ToString());
    }
}
