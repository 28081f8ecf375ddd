namespace Kube.Shell.Editing;

/// <summary>Tab, and the menu that it opens.</summary>
sealed partial class EditSession
{
    CompletionMenu? _menu;

    /// <summary>One completion goes in at once; of several what they have in common, and the menu.</summary>
    void Complete(int step)
    {
        var found = complete(Buffer.Text, Buffer.Cursor);
        if (found.Matches.Count == 0) return;
        if (found.Matches.Count == 1)
        {
            Change(() => Buffer.Replace(found.Start, found.Length, found.Matches[0].Text));
            return;
        }
        var common = found.CommonStart(Buffer.Text.Substring(found.Start, found.Length));
        if (common.Length > 0)
        {
            Change(() => Buffer.Replace(found.Start, found.Length, common));
            found = found with { Length = common.Length };
        }
        _menu = new CompletionMenu(found, Buffer.Text);
        // The first Tab of a line that is going nowhere by itself chooses; else it shows what there is.
        if (common.Length == 0) Choose(menu => menu.Move(step));
    }

    /// <summary>Returns false for a key that the menu does not want: it closes, and the key goes on with what was chosen.</summary>
    bool HandleMenu(EditAction action)
    {
        switch (action)
        {
            case EditAction.Complete: Choose(menu => menu.Move(1)); return true;
            case EditAction.CompleteBack: Choose(menu => menu.Move(-1)); return true;
            case EditAction.Right when _menu!.Chosen >= 0: Choose(menu => menu.Move(1)); return true;
            case EditAction.Left when _menu!.Chosen >= 0: Choose(menu => menu.Move(-1)); return true;
            case EditAction.Next: Choose(menu => menu.MoveRow(1)); return true;
            case EditAction.Previous: Choose(menu => menu.MoveRow(-1)); return true;
            case EditAction.Accept when _menu!.Chosen >= 0: _menu = null; return true;
            case EditAction.Escape:
                if (_menu!.Chosen >= 0) Buffer.Replace(_menu.Text);
                _menu = null;
                return true;
            default: _menu = null; return false;
        }
    }

    void Choose(Action<CompletionMenu> move)
    {
        var menu = _menu!;
        // However many were looked at, one step undoes them.
        var joins = menu.Chosen >= 0;
        move(menu);
        Change(() => menu.Apply(Buffer), joins);
    }
}
