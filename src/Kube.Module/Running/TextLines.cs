using System.Text;

namespace Kube.Module.Running;

/// <summary>Makes lines of UTF-8 that arrives in pieces.</summary>
sealed class TextLines
{
    readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    readonly StringBuilder _rest = new();

    /// <summary>The lines that a piece completes.</summary>
    public IEnumerable<string> Add(ReadOnlySpan<byte> bytes)
    {
        var text = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var length = _decoder.GetChars(bytes, text, flush: false);
        return Split(text.AsSpan(0, length));
    }

    /// <summary>What is left without a line end; null: nothing.</summary>
    public string? End()
    {
        var text = new char[4];
        _rest.Append(text, 0, _decoder.GetChars([], text, flush: true));
        return _rest.Length > 0 ? Take() : null;
    }

    List<string> Split(ReadOnlySpan<char> text)
    {
        var lines = new List<string>();
        int end;
        while ((end = text.IndexOf('\n')) >= 0)
        {
            _rest.Append(text[..end]);
            lines.Add(Take());
            text = text[(end + 1)..];
        }
        _rest.Append(text);
        return lines;
    }

    string Take()
    {
        var line = _rest.Length > 0 && _rest[^1] == '\r' ? _rest.ToString(0, _rest.Length - 1) : _rest.ToString();
        _rest.Clear();
        return line;
    }
}
