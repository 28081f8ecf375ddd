namespace Kube.Shell.Editing;

/// <summary>Several completions under the line, one of them chosen.</summary>
sealed class CompletionMenu(Completions completions, string text)
{
    const int Gap = 2;
    const string ChosenOn = "\e[7m";
    const string ChosenOff = "\e[27m";

    /// <summary>Rows that the menu has at most; it scrolls with the choice.</summary>
    const int Rows = 10;

    int _columns = 1;

    /// <summary>The one that stands in the line; -1: none yet.</summary>
    public int Chosen { get; private set; } = -1;

    /// <summary>The text as it was before one was chosen.</summary>
    public string Text => text;

    int Count => completions.Matches.Count;

    /// <summary>Chooses the next in reading order, or with -1 the one before.</summary>
    public void Move(int step) => Chosen = Chosen < 0 ? (step > 0 ? 0 : Count - 1) : (Chosen + step + Count) % Count;

    /// <summary>Chooses the one in the row below, or with -1 above.</summary>
    public void MoveRow(int step)
    {
        var place = Chosen + (step * _columns);
        if (Chosen < 0) Move(step);
        else if (place >= 0 && place < Count) Chosen = place;
    }

    /// <summary>Puts the chosen one into the line.</summary>
    public void Apply(LineBuffer buffer)
    {
        buffer.Replace(text, completions.Start + completions.Length);
        buffer.Replace(completions.Start, completions.Length, completions.Matches[Chosen].Text);
    }

    /// <summary>The menu as rows of a terminal.</summary>
    /// <param name="width">The cells of a row.</param>
    /// <param name="height">Rows that there is room for.</param>
    public IReadOnlyList<string> Render(int width, int height)
    {
        var cell = Math.Min(completions.Matches.Max(match => Cells.Count(Clean(match.Shown))) + Gap, Math.Max(1, width - 1));
        _columns = Math.Max(1, (width - 1) / cell);
        var rows = (Count + _columns - 1) / _columns;
        var room = Math.Clamp(height, 1, Rows);
        var first = rows <= room ? 0 : Math.Clamp((Math.Max(Chosen, 0) / _columns) - (room / 2), 0, rows - room);
        var rendered = Enumerable.Range(first, Math.Min(room, rows)).Select(row => Row(row, cell)).ToList();
        if (rows > room && height > room) rendered.Add($"{Count} in all");
        return rendered;
    }

    string Row(int row, int cell) => string.Concat(Enumerable.Range(row * _columns, Math.Min(_columns, Count - (row * _columns))).Select(index => Item(index, cell)));

    string Item(int index, int cell)
    {
        var shown = Cells.Cut(Clean(completions.Matches[index].Shown), Math.Max(1, cell - Gap));
        var padding = new string(' ', Math.Max(0, cell - Cells.Count(shown)));
        return index == Chosen ? ChosenOn + shown + ChosenOff + padding : shown + padding;
    }

    static string Clean(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
