using System.Text;

namespace Kube.Shell.Editing;

/// <summary>Draws a layout where the cursor is, and again over itself.</summary>
sealed class TerminalScreen(TextWriter terminal)
{
    Layout? _drawn;
    int _top;
    int _width;

    /// <summary>Draws a layout over the last one.</summary>
    /// <param name="layout">What there is to see.</param>
    /// <param name="width">The terminal's cells in a row.</param>
    /// <param name="height">Its rows.</param>
    public void Draw(Layout layout, int width, int height)
    {
        var output = new StringBuilder("\e[?25l");
        Return(output, width);
        // Where there are more rows than the terminal has, those around the cursor are shown.
        var room = Math.Max(1, height);
        _top = Math.Clamp(layout.CursorRow - room + 1, 0, Math.Max(0, layout.Rows.Count - 1));
        var last = Math.Min(layout.Rows.Count, _top + room) - 1;
        for (var row = _top; row <= last; row++)
        {
            output.Append(layout.Rows[row].Text);
            if (row < last && !layout.Rows[row].IsContinued) output.Append("\r\n");
        }
        output.Append('\r');
        if (last > layout.CursorRow) output.Append($"\e[{last - layout.CursorRow}A");
        if (layout.CursorColumn > 0) output.Append($"\e[{layout.CursorColumn}C");
        output.Append("\e[?25h");
        Send(output);
        (_drawn, _width) = (layout, width);
    }

    /// <summary>Wipes the terminal; what is drawn next is at its top.</summary>
    public void Clear()
    {
        Send(new StringBuilder("\e[H\e[2J"));
        Forget();
    }

    /// <summary>Leaves what is drawn where it is, and goes on below it.</summary>
    public void Finish()
    {
        Send(new StringBuilder("\r\n"));
        Forget();
    }

    void Forget() => _drawn = null;

    /// <summary>Back to the first cell of what was drawn, and wipes it.</summary>
    void Return(StringBuilder output, int width)
    {
        if (_drawn is null) return;
        var above = _drawn.CursorRow - _top;
        // A terminal that got narrower or wider has broken the rows anew, as most do.
        if (width != _width) above = RowsAbove(_drawn, _top, _width, width);
        output.Append('\r');
        if (above > 0) output.Append($"\e[{above}A");
        output.Append("\e[J");
    }

    /// <summary>The rows above the cursor after a terminal of another width has broken them anew.</summary>
    static int RowsAbove(Layout drawn, int top, int oldWidth, int width)
    {
        var above = 0;
        var line = 0;
        for (var row = top; row < drawn.CursorRow; row++)
        {
            line += drawn.Rows[row].IsContinued ? oldWidth : Cells.Count(Plain(drawn.Rows[row].Text));
            if (drawn.Rows[row].IsContinued) continue;
            above += Math.Max(1, (line + width - 1) / width);
            line = 0;
        }
        return above + ((line + drawn.CursorColumn) / width);
    }

    static string Plain(string text) => new System.Management.Automation.Internal.StringDecorated(text).ToString(System.Management.Automation.OutputRendering.PlainText);

    void Send(StringBuilder output)
    {
        terminal.Write(output);
        terminal.Flush();
    }
}
