namespace Kube.Shell.Editing;

/// <summary>What was typed before, the oldest first, and the way through it.</summary>
sealed class History
{
    readonly List<string> _entries;
    int _place;
    string _prefix = "";

    public History(IEnumerable<string> entries)
    {
        _entries = [.. entries];
        _place = _entries.Count;
    }

    /// <summary>Whether an entry stands in the line.</summary>
    public bool IsWalking => _place < _entries.Count;

    /// <summary>Keeps what was typed, and ends the way through; returns false for what is blank or the same as the last.</summary>
    public bool Add(string text)
    {
        var isNew = !string.IsNullOrWhiteSpace(text) && (_entries.Count == 0 || _entries[^1] != text);
        if (isNew) _entries.Add(text);
        Leave();
        return isNew;
    }

    /// <summary>Ends the way through: what is typed next is a beginning of its own.</summary>
    public void Leave() => _place = _entries.Count;

    /// <summary>The entry before the present one that begins as the typed text did; null: there is none.</summary>
    public string? Previous(string current)
    {
        if (!IsWalking) _prefix = current;
        for (var index = _place - 1; index >= 0; index--)
        {
            if (Begins(index) && _entries[index] != current) return _entries[_place = index];
        }
        return null;
    }

    /// <summary>The entry after the present one that begins as the typed text did; after the last: that text. Null: no entry stands in the line.</summary>
    public string? Next(string current)
    {
        if (!IsWalking) return null;
        for (var index = _place + 1; index < _entries.Count; index++)
        {
            if (Begins(index) && _entries[index] != current) return _entries[_place = index];
        }
        Leave();
        return _prefix;
    }

    /// <summary>The newest entry before a place that holds a text, and its place.</summary>
    public (int Place, string Text)? Find(string part, int before)
    {
        for (var index = Math.Min(before, _entries.Count) - 1; index >= 0; index--)
        {
            if (_entries[index].Contains(part, StringComparison.OrdinalIgnoreCase)) return (index, _entries[index]);
        }
        return null;
    }

    bool Begins(int index) => _entries[index].StartsWith(_prefix, StringComparison.OrdinalIgnoreCase);
}
