using System.Text.Json;

namespace Kube.Http;

/// <summary>JSON that is read while it arrives: a buffer in which the reader never goes back, and a mark from which bytes are kept.</summary>
/// <param name="manyValues">Whether one value may follow another.</param>
/// <param name="firstSize">How large the buffer is before it has to grow, in bytes.</param>
sealed class JsonFeed(bool manyValues = false, int firstSize = 32 * 1024)
{
    byte[] _buffer = new byte[firstSize];
    int _read, _end, _mark = -1;
    JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = manyValues });

    /// <summary>Whether all bytes have arrived.</summary>
    public bool Complete { get; private set; }

    /// <summary>Room for what arrives next; never empty.</summary>
    public Memory<byte> Room()
    {
        var from = _mark >= 0 ? _mark : _read;
        if (from == _end) _read = _end = 0;
        if (_end == _buffer.Length)
        {
            // Half full or less: move what is left to the front. Else double.
            var kept = _end - from;
            var to = kept * 2 <= _buffer.Length ? _buffer : new byte[_buffer.Length * 2];
            Buffer.BlockCopy(_buffer, from, to, 0, kept);
            _buffer = to;
            _read -= from;
            _end = kept;
            if (_mark >= 0) _mark = 0;
        }
        return _buffer.AsMemory(_end);
    }

    /// <summary>Takes in what was written to <see cref="Room"/>; 0 is the end.</summary>
    public void Arrived(int bytes)
    {
        if (bytes == 0) Complete = true;
        _end += bytes;
    }

    /// <summary>Goes on where <see cref="Passed"/> left off.</summary>
    public Utf8JsonReader Reader() => new(_buffer.AsSpan(_read, _end - _read), Complete, _state);

    /// <summary>Remembers how far the reader came.</summary>
    public void Passed(in Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        _read += (int)reader.BytesConsumed;
    }

    /// <summary>Keeps the bytes from the reader's token on.</summary>
    public void Mark(in Utf8JsonReader reader) => _mark = _read + (int)reader.TokenStartIndex;

    /// <summary>The bytes from the mark through the reader's token; they are there until <see cref="Room"/> is next asked for. The mark is gone.</summary>
    public ReadOnlyMemory<byte> Cut(in Utf8JsonReader reader)
    {
        var cut = _buffer.AsMemory(_mark..(_read + (int)reader.BytesConsumed));
        _mark = -1;
        return cut;
    }
}
