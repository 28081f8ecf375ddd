using Kube.Shell.Editing;

namespace Kube.Shell.Tests.Editing;

public class TerminalScreenTests
{
    /// <summary>What is written for one line, drawn at one width and then at another.</summary>
    static string Redrawn(string text, int cursor, int width, int nextWidth, int height = 24)
    {
        using var terminal = new StringWriter();
        var screen = new TerminalScreen(terminal);
        screen.Draw(Layout.Of("> ", ">> ", text, cursor, [], width), width, height);
        terminal.GetStringBuilder().Clear();
        screen.Draw(Layout.Of("> ", ">> ", text, cursor, [], nextWidth), nextWidth, height);
        return terminal.ToString();
    }

    [Theory]
    [InlineData("abc", 3, 10, 10, "\r\e[J")]
    [InlineData("abcdefghij", 10, 10, 10, "\r\e[1A\e[J")]
    [InlineData("ab\ncd", 5, 10, 10, "\r\e[1A\e[J")]
    [InlineData("ab\ncd", 1, 10, 10, "\r\e[J")]
    [InlineData("abcdefghij", 10, 20, 5, "\r\e[2A\e[J")]
    [InlineData("abcdefghij", 10, 5, 20, "\r\e[J")]
    [InlineData("abcdefg\ncd", 10, 20, 5, "\r\e[3A\e[J")]
    public void It_goes_back_to_where_it_began(string text, int cursor, int width, int nextWidth, string back) =>
        Assert.StartsWith("\e[?25l" + back, Redrawn(text, cursor, width, nextWidth), StringComparison.Ordinal);

    [Fact]
    public void Rows_that_the_terminal_continues_are_not_broken() =>
        Assert.Equal("\e[?25l\r\e[1A\e[J> abcdefghij\r\e[2C\e[?25h", Redrawn("abcdefghij", 10, 10, 10));

    [Fact]
    public void Of_more_rows_than_there_is_room_for_those_at_the_cursor_are_shown()
    {
        var drawn = Redrawn("1\n2\n3\n4\n5", 9, 10, 10, height: 3);

        Assert.Equal("\e[?25l\r\e[2A\e[J>> 3\r\n>> 4\r\n>> 5\r\e[4C\e[?25h", drawn);
    }
}
