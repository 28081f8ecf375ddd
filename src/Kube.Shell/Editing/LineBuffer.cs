using System.Globalization;

namespace Kube.Shell.Editing;

/// <summary>The text that is being typed, one line or several, and the place in it.</summary>
sealed class LineBuffer
{
    /// <summary>What was cut last.</summary>
    string _cut = "";

    /// <summary>The whole text; its lines end with a line feed.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where the next letter goes, from 0 to the text's length.</summary>
    public int Cursor { get; private set; }

    public bool IsOnFirstLine => LineStart == 0;

    public bool IsOnLastLine => LineEnd == Text.Length;

    int LineStart => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    int LineEnd => Text.IndexOf('\n', Cursor) is var end && end < 0 ? Text.Length : end;

    /// <summary>Puts another text in the place of all.</summary>
    public void Replace(string text, int? cursor = null) => (Text, Cursor) = (text, Math.Clamp(cursor ?? text.Length, 0, text.Length));

    /// <summary>Puts a text in the place of a part, and the cursor behind it.</summary>
    public void Replace(int start, int length, string text) => (Text, Cursor) = (string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(start + length)), start + text.Length);

    public void Insert(string text) => Replace(Cursor, 0, text);

    public void MoveLeft() => Cursor = Before(Cursor);

    public void MoveRight() => Cursor = After(Cursor);

    public void MoveToLineStart() => Cursor = LineStart;

    public void MoveToLineEnd() => Cursor = LineEnd;

    public void MoveToStart() => Cursor = 0;

    public void MoveToEnd() => Cursor = Text.Length;

    public void MoveWordLeft() => Cursor = WordBefore(char.IsLetterOrDigit);

    public void MoveWordRight() => Cursor = WordAfter();

    /// <summary>One line up, to the same column where there is one.</summary>
    public void MoveUp()
    {
        var column = Cursor - LineStart;
        Cursor = LineStart - 1;
        Cursor = Math.Min(LineStart + column, LineEnd);
        Align();
    }

    /// <summary>One line down, to the same column where there is one.</summary>
    public void MoveDown()
    {
        var column = Cursor - LineStart;
        Cursor = LineEnd + 1;
        Cursor = Math.Min(LineStart + column, LineEnd);
        Align();
    }

    public void DeleteLeft() => Remove(Before(Cursor), Cursor);

    public void DeleteRight() => Remove(Cursor, After(Cursor));

    /// <summary>Cuts to the line's end; at its end: the line feed.</summary>
    public void CutToLineEnd() => Cut(Cursor, Cursor == LineEnd ? After(Cursor) : LineEnd);

    public void CutToLineStart() => Cut(Cursor == LineStart ? Before(Cursor) : LineStart, Cursor);

    /// <summary>Cuts letters and digits to the left.</summary>
    public void CutWordLeft() => Cut(WordBefore(char.IsLetterOrDigit), Cursor);

    /// <summary>Cuts to the space on the left.</summary>
    public void CutArgumentLeft() => Cut(WordBefore(letter => !char.IsWhiteSpace(letter)), Cursor);

    public void CutWordRight() => Cut(Cursor, WordAfter());

    /// <summary>Puts in what was cut last.</summary>
    public void Paste() => Insert(_cut);

    void Cut(int start, int end)
    {
        if (end > start) _cut = Text[start..end];
        Remove(start, end);
    }

    void Remove(int start, int end) => Replace(start, end - start, "");

    int Before(int place)
    {
        if (place == 0) return 0;
        // Text elements are found from their beginning: a line's is one for certain.
        var start = place == 1 ? 0 : Text.LastIndexOf('\n', place - 2) + 1;
        var last = start;
        for (var next = start; next < place; next += StringInfo.GetNextTextElementLength(Text.AsSpan(next))) last = next;
        return last;
    }

    int After(int place) => place == Text.Length ? place : place + StringInfo.GetNextTextElementLength(Text.AsSpan(place));

    int WordBefore(Func<char, bool> isInside)
    {
        var place = Cursor;
        while (place > 0 && !isInside(Text[place - 1])) place--;
        while (place > 0 && isInside(Text[place - 1])) place--;
        return place;
    }

    int WordAfter()
    {
        var place = Cursor;
        while (place < Text.Length && !char.IsLetterOrDigit(Text[place])) place++;
        while (place < Text.Length && char.IsLetterOrDigit(Text[place])) place++;
        return place;
    }

    /// <summary>Not into the middle of a text element.</summary>
    void Align()
    {
        if (Cursor > 0 && Cursor < Text.Length) Cursor = After(Before(Cursor)) is var place && place > Cursor ? Before(place) : Cursor;
    }
}
