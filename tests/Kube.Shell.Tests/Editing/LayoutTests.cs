using Kube.Shell.Editing;

namespace Kube.Shell.Tests.Editing;

public class LayoutTests
{
    /// <summary>Rows with a plus at the end go on by themselves.</summary>
    static string[] Rows(Layout layout) => [.. layout.Rows.Select(row => row.Text + (row.IsContinued ? "+" : ""))];

    [Theory]
    [InlineData("> ", "abc", 3, 10, new[] { "> abc" }, 0, 5)]
    [InlineData("> ", "abc", 0, 10, new[] { "> abc" }, 0, 2)]
    [InlineData("> ", "", 0, 10, new[] { "> " }, 0, 2)]
    [InlineData("> ", "abcdefgh", 8, 10, new[] { "> abcdefgh", "" }, 1, 0)]
    [InlineData("> ", "abcdefgh", 7, 10, new[] { "> abcdefgh", "" }, 0, 9)]
    [InlineData("> ", "abcdefghi", 9, 10, new[] { "> abcdefgh+", "i" }, 1, 1)]
    [InlineData("> ", "abcdefghi", 8, 10, new[] { "> abcdefgh+", "i" }, 1, 0)]
    [InlineData("> ", "a\nb", 3, 10, new[] { "> a", ">> b" }, 1, 4)]
    [InlineData("> ", "a\nb", 1, 10, new[] { "> a", ">> b" }, 0, 3)]
    [InlineData("> ", "a\nb", 2, 10, new[] { "> a", ">> b" }, 1, 3)]
    [InlineData("> ", "abcdefgh\nb", 8, 10, new[] { "> abcdefgh", ">> b" }, 1, 0)]
    [InlineData("> ", "日本", 2, 10, new[] { "> 日本" }, 0, 6)]
    [InlineData("> ", "日本", 1, 10, new[] { "> 日本" }, 0, 4)]
    [InlineData("> ", "abcde日本", 6, 10, new[] { "> abcde日+", "本" }, 1, 0)]
    [InlineData("> ", "abcdefg日", 7, 10, new[] { "> abcdefg+", "日" }, 1, 0)]
    [InlineData("one\ntwo> ", "x", 1, 10, new[] { "one", "two> x" }, 1, 6)]
    [InlineData("\e[31mred\e[0m> ", "x", 1, 10, new[] { "\e[31mred\e[0m> x" }, 0, 6)]
    [InlineData("\e]0;title\ared> ", "x", 1, 10, new[] { "\e]0;title\ared> x" }, 0, 6)]
    [InlineData("> ", "a\tb\u0001", 4, 20, new[] { "> a    b^A" }, 0, 10)]
    public void Text_takes_rows(string prompt, string text, int cursor, int width, string[] rows, int row, int column)
    {
        var layout = Layout.Of(prompt, ">> ", text, cursor, [], width);

        // A row that is full to its end is followed by the one where the cursor goes.
        Assert.Equal(rows.Where((shown, index) => index == 0 || shown.Length > 0 || cursor == text.Length), Rows(layout));
        Assert.Equal((row, column), (layout.CursorRow, layout.CursorColumn));
    }

    [Fact]
    public void A_menu_stands_below_and_moves_nothing()
    {
        var layout = Layout.Of("> ", ">> ", "ab", 1, ["one", "two"], 10);

        Assert.Equal(["> ab", "one", "two"], Rows(layout));
        Assert.Equal((0, 3), (layout.CursorRow, layout.CursorColumn));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("日本語", 6)]
    [InlineData("e\u0301", 1)]
    [InlineData("😀", 2)]
    [InlineData("👩‍👩‍👧", 2)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("한국", 4)]
    [InlineData("─│", 2)]
    [InlineData("äöü€", 4)]
    [InlineData("\u200b", 0)]
    public void Letters_take_cells(string text, int cells) => Assert.Equal(cells, Cells.Count(text));

    [Theory]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("日本語", 5, "日本")]
    [InlineData("日本語", 1, "")]
    [InlineData("ab", 9, "ab")]
    public void What_fits_is_shown(string text, int cells, string shown) => Assert.Equal(shown, Cells.Cut(text, cells));
}
