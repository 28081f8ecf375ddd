using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Kube.Server.Streams.Spdy;

/// <summary>
/// SPDY's header blocks, which are one zlib stream in each direction for the whole connection. .NET's inflater takes no dictionary, so that of SPDY is the first thing
/// that it inflates: a stored block is its own content, and stands in the window afterwards as a dictionary would.
/// </summary>
/// <remarks>https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/#TOC-2.6.10-Name-Value-Header-Block</remarks>
sealed class SpdyHeaders : IDisposable
{
    const int MaxBlockBytes = 64 << 10;
    // zlib's own header, and the checksum of the dictionary where there is one.
    const int ZlibHeaderLength = 2, DictionaryIdLength = 4;
    const byte HasDictionary = 0x20;

    readonly Arriving _arriving = new();
    readonly DeflateStream _inflater;
    bool _reading, _writing;

    public SpdyHeaders() => _inflater = new DeflateStream(_arriving, CompressionMode.Decompress);

    /// <summary>Reads a block; names are in lower case.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public Dictionary<string, string> Read(ReadOnlySpan<byte> block)
    {
        if (!_reading)
        {
            block = block[Begin(block)..];
            _reading = true;
        }
        _arriving.Add(block);
        var text = Inflate();
        var headers = new Dictionary<string, string>();
        for (var left = Number(ref text); left > 0; left--)
        {
            var name = Text(ref text);
            headers[name.ToLowerInvariant()] = Text(ref text);
        }
        return headers;
    }

    /// <summary>Writes a block with no headers in it: stored, and flushed by an empty block.</summary>
    public byte[] WriteEmpty()
    {
        byte[] stored = [0, 4, 0, 0xFB, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
        if (_writing) return stored;
        _writing = true;
        return [0x78, 0x01, .. stored];
    }

    public void Dispose() => _inflater.Dispose();

    int Begin(ReadOnlySpan<byte> block)
    {
        if (block.Length < ZlibHeaderLength || (block[0] & 0x0F) != 8) throw new InvalidDataException("The headers are no zlib stream.");
        if ((block[1] & HasDictionary) == 0) return ZlibHeaderLength;
        if (block.Length < ZlibHeaderLength + DictionaryIdLength || BinaryPrimitives.ReadUInt32BigEndian(block[ZlibHeaderLength..]) != SpdyDictionary.Checksum)
            throw new InvalidDataException("The headers are packed with another dictionary than SPDY's.");
        var words = SpdyDictionary.Bytes;
        var stored = new byte[5];
        BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(1), (ushort)words.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(3), (ushort)~words.Length);
        _arriving.Add(stored);
        _arriving.Add(words);
        _inflater.ReadExactly(new byte[words.Length]);
        return ZlibHeaderLength + DictionaryIdLength;
    }

    ReadOnlySpan<byte> Inflate()
    {
        var text = new byte[MaxBlockBytes];
        var length = 0;
        int read;
        while ((read = _inflater.Read(text, length, text.Length - length)) > 0)
            if ((length += read) == text.Length) throw new InvalidDataException("The headers are too long.");
        return text.AsSpan(0, length);
    }

    static uint Number(ref ReadOnlySpan<byte> text)
    {
        if (text.Length < 4) throw new InvalidDataException("The headers end too soon.");
        var number = BinaryPrimitives.ReadUInt32BigEndian(text);
        text = text[4..];
        return number;
    }

    static string Text(ref ReadOnlySpan<byte> text)
    {
        var length = Number(ref text);
        if (length > text.Length) throw new InvalidDataException("The headers end too soon.");
        var value = Encoding.UTF8.GetString(text[..(int)length]);
        text = text[(int)length..];
        return value;
    }

    /// <summary>What has arrived of the zlib stream and is not inflated yet. At its end there is nothing for the moment.</summary>
    sealed class Arriving : Stream
    {
        byte[] _bytes = [];
        int _given;

        public void Add(ReadOnlySpan<byte> bytes) => (_bytes, _given) = ([.. _bytes.AsSpan(_given), .. bytes], 0);

        public override int Read(byte[] buffer, int offset, int count)
        {
            var part = Math.Min(count, _bytes.Length - _given);
            _bytes.AsSpan(_given, part).CopyTo(buffer.AsSpan(offset));
            _given += part;
            return part;
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
