using System.Text;

namespace Kube.Shell.Editing;

/// <summary>What a person does at a terminal: presses a key, or pastes text.</summary>
abstract record Input
{
    public sealed record Key(ConsoleKeyInfo Info) : Input;
    public sealed record Pasted(string Text) : Input;

    /// <summary>A sequence of some terminal's that means nothing here.</summary>
    public sealed record Unknown : Input;
}

/// <summary>Reads keys, and tells pasted text from them: between <c>ESC[200~</c> and <c>ESC[201~</c>, where the terminal brackets it.</summary>
/// <param name="read">Waits for the next key.</param>
/// <param name="isWaiting">Whether one is there already.</param>
sealed class KeyReader(Func<ConsoleKeyInfo> read, Func<bool> isWaiting)
{
    const string PasteEnd = "\e[201~";

    /// <summary>No terminal's sequence is longer; what claims to be is text.</summary>
    const int LongestSequence = 16;

    public static KeyReader OfConsole { get; } = new(() => Console.ReadKey(intercept: true), () => Console.KeyAvailable);

    public bool IsWaiting => isWaiting();

    public Input Read()
    {
        var key = read();
        if (key.KeyChar == '[' && key.Modifiers.HasFlag(ConsoleModifiers.Alt)) return ReadSequence();
        // A person who presses Escape does not have the next key ready in the same moment.
        if (key.Key != ConsoleKey.Escape || !isWaiting()) return new Input.Key(key);
        var next = read();
        return next.KeyChar == '[' ? ReadSequence() : new Input.Key(new ConsoleKeyInfo(next.KeyChar, next.Key, next.Modifiers.HasFlag(ConsoleModifiers.Shift), alt: true, next.Modifiers.HasFlag(ConsoleModifiers.Control)));
    }

    Input ReadSequence()
    {
        var sequence = new StringBuilder();
        while (isWaiting() && sequence.Length < LongestSequence)
        {
            var letter = read().KeyChar;
            sequence.Append(letter);
            if (letter is >= '@' and <= '~') break;
        }
        return sequence.ToString() == "200~" ? new Input.Pasted(ReadPaste()) : new Input.Unknown();
    }

    string ReadPaste()
    {
        var text = new StringBuilder();
        while (true)
        {
            var key = read();
            text.Append(key.Key == ConsoleKey.Enter ? '\r' : key.Modifiers.HasFlag(ConsoleModifiers.Alt) && key.KeyChar == '[' ? "\e[" : key.KeyChar.ToString());
            if (text.Length >= PasteEnd.Length && text.ToString(text.Length - PasteEnd.Length, PasteEnd.Length) == PasteEnd) return text.ToString(0, text.Length - PasteEnd.Length);
        }
    }
}
