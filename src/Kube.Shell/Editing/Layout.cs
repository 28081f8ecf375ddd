using System.Globalization;
using System.Text;

namespace Kube.Shell.Editing;

/// <summary>The rows of a terminal that a prompt and the typed text take, and where the cursor stands in them.</summary>
/// <param name="Rows">The rows from the top.</param>
/// <param name="CursorRow">The cursor's row, from 0.</param>
/// <param name="CursorColumn">The cursor's cell in it, from 0.</param>
sealed record Layout(IReadOnlyList<Layout.Row> Rows, int CursorRow, int CursorColumn)
{
    /// <summary>One row.</summary>
    /// <param name="Text">What stands in it, with escape sequences.</param>
    /// <param name="IsContinued">Whether the terminal goes on to the next row by itself.</param>
    public readonly record struct Row(string Text, bool IsContinued);

    /// <summary>Lays out a prompt, the text and, below them, a menu.</summary>
    /// <param name="prompt">The prompt; it may have several lines and escape sequences.</param>
    /// <param name="continuation">What stands before the text's second line and those after it.</param>
    /// <param name="width">The cells of a row.</param>
    public static Layout Of(string prompt, string continuation, string text, int cursor, IEnumerable<string> below, int width)
    {
        var page = new Page(Math.Max(2, width));
        page.Write(prompt);
        var (row, column) = page.Place;
        for (var index = 0; index < text.Length;)
        {
            if (index == cursor) (row, column) = page.Place;
            if (text[index] == '\n')
            {
                page.Break();
                page.Write(continuation);
                index++;
                continue;
            }
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(index));
            var element = text.Substring(index, length);
            // A control character is shown as what it is, not obeyed.
            if (element.Length == 1 && char.IsControl(element[0])) element = element[0] == '\t' ? "    " : $"^{(char)(element[0] ^ 0x40)}";
            if (Cells.Of(element) == 2 && index == cursor && page.IsFullFor(2)) (row, column) = (page.Place.Row + (page.Place.Column == 0 ? 0 : 1), 0);
            page.Write(element);
            index += length;
        }
        if (cursor >= text.Length)
        {
            // A row that is full to its end leaves the cursor beside it; it belongs on the next one.
            page.Settle();
            (row, column) = page.Place;
        }
        foreach (var line in below)
        {
            page.Break();
            page.WriteWhole(line);
        }
        return new Layout(page.Finish(), row, column);
    }

    /// <summary>The rows as they fill.</summary>
    sealed class Page(int width)
    {
        readonly List<Row> _rows = [];
        readonly StringBuilder _row = new();
        int _column;

        /// <summary>Where the next letter goes; behind a full row that is the next one's first cell.</summary>
        public (int Row, int Column) Place => _column >= width ? (_rows.Count + 1, 0) : (_rows.Count, _column);

        public bool IsFullFor(int cells) => _column + cells > width;

        public void Write(string text)
        {
            for (var index = 0; index < text.Length;)
            {
                if (EscapeLength(text, index) is var escape and > 0)
                {
                    _row.Append(text, index, escape);
                    index += escape;
                    continue;
                }
                var length = StringInfo.GetNextTextElementLength(text.AsSpan(index));
                var element = text.AsSpan(index, length);
                if (element is "\n" or "\r\n") Break();
                else if (element is not "\r")
                {
                    var cells = Cells.Of(element);
                    if (IsFullFor(cells)) Flush(isContinued: true);
                    _row.Append(element);
                    _column += cells;
                }
                index += length;
            }
        }

        public void WriteWhole(string line) => _row.Append(line);

        public void Break() => Flush(isContinued: false);

        public void Settle()
        {
            if (_column >= width) Break();
        }

        public IReadOnlyList<Row> Finish()
        {
            Break();
            return _rows;
        }

        void Flush(bool isContinued)
        {
            _rows.Add(new Row(_row.ToString(), isContinued));
            _row.Clear();
            _column = 0;
        }

        /// <summary>The length of an escape sequence: ESC [ … letter, or ESC ] … BEL or ESC \.</summary>
        static int EscapeLength(string text, int index)
        {
            if (text[index] != '\e' || index + 1 >= text.Length) return 0;
            var end = index + 2;
            if (text[index + 1] == '[')
            {
                while (end < text.Length && text[end] is < '@' or > '~') end++;
                return Math.Min(end + 1, text.Length) - index;
            }
            if (text[index + 1] != ']') return 2;
            while (end < text.Length && text[end] != '\a' && !(text[end] == '\\' && text[end - 1] == '\e')) end++;
            return Math.Min(end + 1, text.Length) - index;
        }
    }
}
