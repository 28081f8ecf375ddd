namespace Kube.Shell.Editing;

/// <summary>How a line ended.</summary>
enum EditOutcome
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>It is to be run.</summary>
    Accepted,

    /// <summary>Ctrl+C: it is not to be run.</summary>
    Abandoned,

    /// <summary>Ctrl+D on an empty line: no more of them.</summary>
    Ended,
}

/// <summary>One line (or several that belong together) from its first key to its last. It draws nothing: what there is to see are its properties.</summary>
/// <param name="history">What was typed before.</param>
/// <param name="isWhole">Whether a text can be run as it is, or wants more lines.</param>
/// <param name="complete">What may stand at a place of a text.</param>
sealed partial class EditSession(History history, Func<string, bool> isWhole, Func<string, int, Completions> complete)
{
    readonly Stack<(string Text, int Cursor)> _past = new();
    EditAction _last;

    public LineBuffer Buffer { get; } = new();

    /// <summary>Whether the screen is to be wiped before the line is drawn again.</summary>
    public bool WantsClearScreen { get; private set; }

    /// <summary>Takes a key.</summary>
    public EditOutcome Handle(ConsoleKeyInfo key)
    {
        var action = KeyBindings.Of(key);
        WantsClearScreen = false;
        if (_search is not null && HandleSearch(action, key.KeyChar)) return EditOutcome.None;
        if (_menu is not null && HandleMenu(action)) return EditOutcome.None;
        var outcome = Apply(action, key.KeyChar);
        _last = action;
        return outcome;
    }

    /// <summary>Takes text that was pasted: its lines are not run one by one.</summary>
    public void Paste(string text)
    {
        _menu = null;
        _search = null;
        Change(() => Buffer.Insert(text.Replace("\r\n", "\n").Replace('\r', '\n')));
        _last = EditAction.Paste;
    }

    /// <summary>What stands below the line.</summary>
    /// <param name="width">The cells of a row.</param>
    /// <param name="height">Rows that there is room for.</param>
    public IReadOnlyList<string> Below(int width, int height) =>
        _search is not null ? [Cells.Cut($"search: {_search.Part}{(_search.IsFound ? "" : " (not found)")}", width - 1)]
        : height > 0 ? _menu?.Render(width, height) ?? [] : [];

    EditOutcome Apply(EditAction action, char letter)
    {
        switch (action)
        {
            case EditAction.Accept when isWhole(Buffer.Text): return Leave(EditOutcome.Accepted);
            case EditAction.Accept or EditAction.NewLine: Change(() => Buffer.Insert("\n")); break;
            case EditAction.Abandon: return Leave(EditOutcome.Abandoned);
            case EditAction.DeleteRightOrExit when Buffer.Text.Length == 0: return Leave(EditOutcome.Ended);
            case EditAction.Insert: Change(() => Buffer.Insert(letter.ToString()), joins: _last == EditAction.Insert && letter != ' '); break;
            case EditAction.Escape: Change(() => Buffer.Replace("")); break;
            case EditAction.Undo: Undo(); break;
            case EditAction.ClearScreen: WantsClearScreen = true; break;
            case EditAction.Previous: Walk(back: true); break;
            case EditAction.Next: Walk(back: false); break;
            case EditAction.Search: StartSearch(); break;
            case EditAction.Complete: Complete(1); break;
            case EditAction.CompleteBack: Complete(-1); break;
            default: Edit(action); break;
        }
        return EditOutcome.None;
    }

    void Edit(EditAction action)
    {
        switch (action)
        {
            case EditAction.Left: Buffer.MoveLeft(); break;
            case EditAction.Right: Buffer.MoveRight(); break;
            case EditAction.WordLeft: Buffer.MoveWordLeft(); break;
            case EditAction.WordRight: Buffer.MoveWordRight(); break;
            case EditAction.LineStart: Buffer.MoveToLineStart(); break;
            case EditAction.LineEnd: Buffer.MoveToLineEnd(); break;
            case EditAction.TextStart: Buffer.MoveToStart(); break;
            case EditAction.TextEnd: Buffer.MoveToEnd(); break;
            case EditAction.DeleteLeft: Change(Buffer.DeleteLeft); break;
            case EditAction.DeleteRight or EditAction.DeleteRightOrExit: Change(Buffer.DeleteRight); break;
            case EditAction.CutToLineEnd: Change(Buffer.CutToLineEnd); break;
            case EditAction.CutToLineStart: Change(Buffer.CutToLineStart); break;
            case EditAction.CutArgumentLeft: Change(Buffer.CutArgumentLeft); break;
            case EditAction.CutWordLeft: Change(Buffer.CutWordLeft); break;
            case EditAction.CutWordRight: Change(Buffer.CutWordRight); break;
            case EditAction.Paste: Change(Buffer.Paste); break;
        }
    }

    /// <summary>Up and Down go through the lines of the text first, and then through the history.</summary>
    void Walk(bool back)
    {
        if (!history.IsWalking && !(back ? Buffer.IsOnFirstLine : Buffer.IsOnLastLine))
        {
            if (back) Buffer.MoveUp();
            else Buffer.MoveDown();
            return;
        }
        if ((back ? history.Previous(Buffer.Text) : history.Next(Buffer.Text)) is { } entry) Buffer.Replace(entry);
    }

    /// <summary>Changes the text so that it can be undone; letters typed in a row are undone together.</summary>
    void Change(Action change, bool joins = false)
    {
        var before = (Buffer.Text, Buffer.Cursor);
        change();
        if (Buffer.Text == before.Text) return;
        history.Leave();
        if (!joins) _past.Push(before);
    }

    void Undo()
    {
        if (_past.TryPop(out var before)) Buffer.Replace(before.Text, before.Cursor);
    }

    EditOutcome Leave(EditOutcome outcome)
    {
        Buffer.MoveToEnd();
        history.Leave();
        return outcome;
    }
}
