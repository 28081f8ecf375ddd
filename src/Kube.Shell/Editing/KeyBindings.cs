namespace Kube.Shell.Editing;

/// <summary>Which key does what: those of PSReadLine's Windows mode, and Emacs' where that has none.</summary>
static class KeyBindings
{
    public static EditAction Of(ConsoleKeyInfo key)
    {
        var modifiers = key.Modifiers & ~ConsoleModifiers.Shift;
        var isShifted = key.Modifiers.HasFlag(ConsoleModifiers.Shift);
        return (key.Key, modifiers) switch
        {
            (ConsoleKey.Enter, 0) when !isShifted => EditAction.Accept,
            (ConsoleKey.Enter, _) => EditAction.NewLine,
            (ConsoleKey.Tab, 0) => isShifted ? EditAction.CompleteBack : EditAction.Complete,
            (ConsoleKey.Escape, 0) => EditAction.Escape,
            (ConsoleKey.Backspace, 0) => EditAction.DeleteLeft,
            (ConsoleKey.Backspace, _) => EditAction.CutWordLeft,
            (ConsoleKey.Delete, 0) => EditAction.DeleteRight,
            (ConsoleKey.Delete, _) => EditAction.CutWordRight,
            (ConsoleKey.LeftArrow, 0) => EditAction.Left,
            (ConsoleKey.LeftArrow, _) => EditAction.WordLeft,
            (ConsoleKey.RightArrow, 0) => EditAction.Right,
            (ConsoleKey.RightArrow, _) => EditAction.WordRight,
            (ConsoleKey.UpArrow, 0) => EditAction.Previous,
            (ConsoleKey.DownArrow, 0) => EditAction.Next,
            (ConsoleKey.F8, 0) => isShifted ? EditAction.Next : EditAction.Previous,
            (ConsoleKey.Home, 0) => EditAction.LineStart,
            (ConsoleKey.Home, _) => EditAction.TextStart,
            (ConsoleKey.End, 0) => EditAction.LineEnd,
            (ConsoleKey.End, _) => EditAction.TextEnd,
            (_, ConsoleModifiers.Control) => OfControl(key.Key, key.KeyChar),
            (_, ConsoleModifiers.Alt) => OfAlt(key.Key),
            // AltGr is Control and Alt to Windows.
            _ => IsText(key.KeyChar) ? EditAction.Insert : OfControl(default, key.KeyChar),
        };
    }

    static bool IsText(char letter) => letter >= ' ' && letter != '\x7f';

    static EditAction OfControl(ConsoleKey key, char letter)
    {
        // Some terminals report the control character without its key.
        if (key is < ConsoleKey.A or > ConsoleKey.Z && letter is >= '\x01' and <= '\x1a') key = ConsoleKey.A + (letter - 1);
        return key switch
        {
            ConsoleKey.A => EditAction.LineStart,
            ConsoleKey.B => EditAction.Left,
            ConsoleKey.C => EditAction.Abandon,
            ConsoleKey.D => EditAction.DeleteRightOrExit,
            ConsoleKey.E => EditAction.LineEnd,
            ConsoleKey.F => EditAction.Right,
            ConsoleKey.H => EditAction.DeleteLeft,
            ConsoleKey.I => EditAction.Complete,
            ConsoleKey.J or ConsoleKey.M => EditAction.Accept,
            ConsoleKey.K => EditAction.CutToLineEnd,
            ConsoleKey.L => EditAction.ClearScreen,
            ConsoleKey.N => EditAction.Next,
            ConsoleKey.P => EditAction.Previous,
            ConsoleKey.R => EditAction.Search,
            ConsoleKey.U => EditAction.CutToLineStart,
            ConsoleKey.W => EditAction.CutArgumentLeft,
            ConsoleKey.Y => EditAction.Paste,
            ConsoleKey.Z => EditAction.Undo,
            _ => letter == '\x1f' ? EditAction.Undo : letter == '\x7f' ? EditAction.DeleteLeft : EditAction.None,
        };
    }

    static EditAction OfAlt(ConsoleKey key) => key switch
    {
        ConsoleKey.B => EditAction.WordLeft,
        ConsoleKey.D => EditAction.CutWordRight,
        ConsoleKey.F => EditAction.WordRight,
        _ => EditAction.None,
    };
}
