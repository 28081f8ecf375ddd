using System.Text;

namespace Kube.Streams;

/// <summary>Makes lines of a log that arrives in pieces. Each byte is looked at once for line ends, however long the line. Not thread-safe.</summary>
/// <param name="stamped">Whether lines start with their time.</param>
/// <param name="keepStamps">Whether it stays in the text.</param>
/// <param name="limit">How much is wanted.</param>
/// <param name="filter">What is left out.</param>
sealed class LogSplitter(bool stamped, bool keepStamps, LogLimit limit, LogFilter filter)
{
    const int FirstBytes = 128 << 10;

    // A log without line ends must not fill the memory: it comes in lines of this length.
    const int MaxLineBytes = 64 << 20;

    // Engines keep a longer line in pieces of this length, and kubelets before 1.21 put a time before each of them.
    const int PieceBytes = 16 << 10;

    byte[] _buffer = new byte[FirstBytes];
    int _start, _searched, _end;

    /// <summary>Room for what arrives next.</summary>
    public Memory<byte> Room()
    {
        if (_start > 0 && _buffer.Length - _end < FirstBytes / 2)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_searched, _end, _start) = (_searched - _start, _end - _start, 0);
        }
        if (_buffer.Length - _end < FirstBytes / 4) Array.Resize(ref _buffer, _buffer.Length * 2);
        return _buffer.AsMemory(_end);
    }

    /// <summary>The lines that are complete with so many bytes more.</summary>
    public List<KubeLogText> Add(int bytes)
    {
        _end += bytes;
        var lines = new List<KubeLogText>(_searched == _start ? 32 : 1);
        int length;
        while (!limit.IsReached && (length = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n')) >= 0)
        {
            Take(_buffer.AsSpan(_start, _searched + length - _start), hasEnd: true, lines);
            _start = _searched += length + 1;
        }
        if (_start == _end) _start = _end = 0;
        _searched = _end;
        if (_end - _start >= MaxLineBytes) lines.AddRange(End());
        return lines;
    }

    /// <summary>What is left without a line end.</summary>
    public List<KubeLogText> End()
    {
        var lines = new List<KubeLogText>(1);
        if (_end > _start && !limit.IsReached) Take(_buffer.AsSpan(_start, _end - _start), hasEnd: false, lines);
        _start = _searched = _end = 0;
        return lines;
    }

    void Take(ReadOnlySpan<byte> line, bool hasEnd, List<KubeLogText> lines)
    {
        var text = line;
        long? time = stamped ? LogStamp.Take(ref text) : null;
        if (time is { } known && !filter.Take(known)) return;
        if (keepStamps) text = line;
        if (stamped && text.Length > PieceBytes) text = WithoutInnerStamps(text, line.Length - text.Length);
        text = limit.Take(text, hasEnd);
        // A terminal's line end is two characters; any other return is the program's own.
        if (hasEnd && text is [.., (byte)'\r'] && !limit.IsReached) text = text[..^1];
        lines.Add(new KubeLogText(time, Encoding.UTF8.GetString(text)));
    }

    /// <summary>Takes the times out that stand between the pieces of a long line.</summary>
    static ReadOnlySpan<byte> WithoutInnerStamps(ReadOnlySpan<byte> text, int stampTaken)
    {
        var first = text;
        var start = stampTaken > 0 || LogStamp.Take(ref first) is null ? 0 : text.Length - first.Length;
        var whole = new byte[text.Length];
        var length = 0;
        for (var end = start + PieceBytes; end < text.Length; end += PieceBytes)
        {
            var rest = text[end..];
            if (LogStamp.Take(ref rest) is null) continue;
            text[..end].CopyTo(whole.AsSpan(length));
            length += end;
            text = rest;
            end = 0;
        }
        text.CopyTo(whole.AsSpan(length));
        return whole.AsSpan(0, length + text.Length);
    }
}
