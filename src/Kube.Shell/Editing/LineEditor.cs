using System.Runtime.InteropServices;

namespace Kube.Shell.Editing;

/// <summary>Reads lines from a terminal that obeys escape sequences: with history, completion and all keys.</summary>
/// <param name="history">What was typed before.</param>
/// <param name="isWhole">Whether a text can be run as it is.</param>
/// <param name="complete">What may stand at a place of a text.</param>
sealed class LineEditor(History history, Func<string, bool> isWhole, Func<string, int, Completions> complete) : ILineReader
{
    const string Continuation = ">> ";
    const string BracketPaste = "\e[?2004h";
    const string BracketNoPaste = "\e[?2004l";

    readonly Lock _drawing = new();
    readonly KeyReader _keys = KeyReader.OfConsole;

    /// <inheritdoc/>
    public (EditOutcome Outcome, string Text) Read(string prompt)
    {
        var session = new EditSession(history, isWhole, complete);
        var screen = new TerminalScreen(Console.Out);
        var treatedAsInput = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        Console.Out.Write(BracketPaste);
        try
        {
            using var resized = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Draw(screen, session, prompt));
            while (true)
            {
                // Keys that are there already are taken first: one picture for all of them.
                if (!_keys.IsWaiting) Draw(screen, session, prompt);
                var outcome = Take(screen, session, _keys.Read());
                if (outcome == EditOutcome.None) continue;
                Draw(screen, session, prompt);
                lock (_drawing) screen.Finish();
                return (outcome, session.Buffer.Text);
            }
        }
        finally
        {
            Console.Out.Write(BracketNoPaste);
            Console.TreatControlCAsInput = treatedAsInput;
        }
    }

    /// <summary>Under the lock, as a terminal that changes its size is drawn from another thread.</summary>
    EditOutcome Take(TerminalScreen screen, EditSession session, Input input)
    {
        lock (_drawing)
        {
            switch (input)
            {
                case Input.Pasted pasted: session.Paste(pasted.Text); return EditOutcome.None;
                case Input.Key key:
                    var outcome = session.Handle(key.Info);
                    if (session.WantsClearScreen) screen.Clear();
                    return outcome;
                default: return EditOutcome.None;
            }
        }
    }

    void Draw(TerminalScreen screen, EditSession session, string prompt)
    {
        lock (_drawing)
        {
            var (width, height) = (Console.WindowWidth, Console.WindowHeight);
            if (width <= 0 || height <= 0) (width, height) = (80, 24);
            var line = Layout.Of(prompt, Continuation, session.Buffer.Text, session.Buffer.Cursor, [], width);
            var below = session.Below(width, height - line.Rows.Count);
            screen.Draw(below.Count == 0 ? line : Layout.Of(prompt, Continuation, session.Buffer.Text, session.Buffer.Cursor, below, width), width, height);
        }
    }
}
