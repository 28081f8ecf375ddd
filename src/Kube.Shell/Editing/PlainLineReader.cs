using System.Text;

namespace Kube.Shell.Editing;

/// <summary>Reads lines from a terminal that obeys no escape sequences: what is typed, Backspace, Enter, Ctrl+C and Ctrl+D.</summary>
sealed class PlainLineReader(TextWriter terminal, Func<ConsoleKeyInfo> read, Func<string, bool> isWhole) : ILineReader
{
    const string Continuation = ">> ";

    /// <inheritdoc/>
    public (EditOutcome Outcome, string Text) Read(string prompt)
    {
        terminal.Write(prompt);
        var text = new StringBuilder();
        while (true)
        {
            var (outcome, line) = ReadLine();
            if (outcome == EditOutcome.Abandoned || (outcome == EditOutcome.Ended && text.Length == 0)) return (outcome, "");
            text.Append(line);
            if (line.Length == 0 || isWhole(text.ToString())) return (EditOutcome.Accepted, text.ToString());
            text.Append('\n');
            terminal.Write(Continuation);
        }
    }

    (EditOutcome Outcome, string Line) ReadLine()
    {
        var line = new LineBuffer();
        while (true)
        {
            var key = read();
            switch (KeyBindings.Of(key))
            {
                case EditAction.Accept or EditAction.NewLine:
                    terminal.WriteLine();
                    return (EditOutcome.Accepted, line.Text);
                case EditAction.Abandon:
                    terminal.WriteLine();
                    return (EditOutcome.Abandoned, "");
                case EditAction.DeleteRightOrExit when line.Text.Length == 0:
                    terminal.WriteLine();
                    return (EditOutcome.Ended, "");
                case EditAction.DeleteLeft when line.Text.Length > 0:
                    var before = Cells.Count(line.Text);
                    line.DeleteLeft();
                    var gone = before - Cells.Count(line.Text);
                    terminal.Write(new string('\b', gone) + new string(' ', gone) + new string('\b', gone));
                    break;
                case EditAction.Insert:
                    line.Insert(key.KeyChar.ToString());
                    terminal.Write(key.KeyChar);
                    break;
            }
        }
    }
}
