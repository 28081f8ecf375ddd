namespace Kube.Shell.Editing;

/// <summary>Ctrl+R: the newest command that holds what is typed, again for the one before.</summary>
sealed partial class EditSession
{
    Search? _search;

    void StartSearch() => _search = new Search(Buffer.Text, Buffer.Cursor);

    /// <summary>Returns false for a key that ends the search and goes on with what was found.</summary>
    bool HandleSearch(EditAction action, char letter)
    {
        var search = _search!;
        switch (action)
        {
            case EditAction.Insert: Find(search.Part + letter, int.MaxValue); return true;
            case EditAction.DeleteLeft:
                if (search.Part.Length > 0) Find(search.Part[..^1], int.MaxValue);
                return true;
            case EditAction.Search: Find(search.Part, search.Place); return true;
            case EditAction.Escape:
                _search = null;
                return true;
            case EditAction.Abandon:
                Buffer.Replace(search.Text, search.Cursor);
                _search = null;
                return true;
            default:
                _search = null;
                return false;
        }
    }

    void Find(string part, int before)
    {
        var search = _search!;
        search.Part = part;
        if (part.Length == 0)
        {
            search.Place = int.MaxValue;
            search.IsFound = true;
            return;
        }
        var found = history.Find(part, before);
        search.IsFound = found is not null;
        if (found is not { } entry) return;
        search.Place = entry.Place;
        Change(() => Buffer.Replace(entry.Text, entry.Text.IndexOf(part, StringComparison.OrdinalIgnoreCase)), joins: true);
    }

    sealed class Search(string text, int cursor)
    {
        public string Text => text;
        public int Cursor => cursor;
        public string Part { get; set; } = "";
        public int Place { get; set; } = int.MaxValue;
        public bool IsFound { get; set; } = true;
    }
}
