using System.Text;

namespace Kube.Streams;

/// <summary>How many bytes of a log are wanted at the most, line ends included. Not thread-safe.</summary>
/// <param name="bytes">That many; null: all.</param>
sealed class LogLimit(long? bytes)
{
    long _left = bytes ?? long.MaxValue;

    /// <summary>Whether there is no more to come.</summary>
    public bool IsReached => _left <= 0;

    /// <summary>As much of a line as there is room for, cut between characters.</summary>
    public ReadOnlySpan<byte> Take(ReadOnlySpan<byte> line, bool hasEnd)
    {
        if (line.Length < _left || (hasEnd && line.Length == _left))
        {
            _left -= line.Length + (hasEnd ? 1 : 0);
            return line;
        }
        var part = line[..(int)_left];
        _left = 0;
        return WithoutPart(part);
    }

    // Up to three bytes at the end may be the start of a character.
    static ReadOnlySpan<byte> WithoutPart(ReadOnlySpan<byte> text)
    {
        for (var start = text.Length - 1; start >= 0 && start >= text.Length - 3; start--)
        {
            if ((text[start] & 0xC0) == 0x80) continue;
            return Rune.DecodeFromUtf8(text[start..], out _, out _) == System.Buffers.OperationStatus.NeedMoreData ? text[..start] : text;
        }
        return text;
    }
}
