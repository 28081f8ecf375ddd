using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Kube.Manifests;

/// <summary>
/// Undoes the compression of a body, and makes sure that it is all there: .NET's streams, and so HttpClient, take a compressed body that was cut for
/// whole, and the front half of a manifest may well be one.
/// </summary>
static class Decompression
{
    public static bool Knows(string encoding) => encoding.ToLowerInvariant() is "gzip" or "x-gzip" or "deflate" or "br";

    /// <exception cref="InvalidDataException">It is not compressed like that, or not whole.</exception>
    /// <exception cref="BodyTooLargeException">It is larger than <paramref name="limit"/>.</exception>
    public static ReadOnlyMemory<byte> Undo(string encoding, ReadOnlyMemory<byte> body, long limit)
    {
        using var buffer = new BoundedBuffer(limit);
        switch (encoding.ToLowerInvariant())
        {
            case "br":
                Brotli(body.Span, buffer);
                break;
            case "deflate":
                Inflate(new ZLibStream(Reader(body), CompressionMode.Decompress), buffer);
                // RFC 1950: the checksum of the data ends it.
                Require(body.Length > 4 && BinaryPrimitives.ReadUInt32BigEndian(body.Span[^4..]) == Adler32(buffer.Written.Span));
                break;
            default:
                Inflate(new GZipStream(Reader(body), CompressionMode.Decompress), buffer);
                // RFC 1952: the length of the data ends it; the checksum before that is the stream's own concern.
                Require(body.Length > 8 && BinaryPrimitives.ReadUInt32LittleEndian(body.Span[^4..]) == (uint)buffer.Length);
                break;
        }
        return buffer.Written;
    }

    static void Inflate(Stream stream, BoundedBuffer buffer)
    {
        using (stream)
            stream.CopyTo(buffer);
    }

    static void Brotli(ReadOnlySpan<byte> body, BoundedBuffer buffer)
    {
        using var decoder = new BrotliDecoder();
        var part = new byte[64 * 1024];
        while (true)
        {
            var status = decoder.Decompress(body, part, out var consumed, out var written);
            body = body[consumed..];
            buffer.Write(part.AsSpan(0, written));
            if (status == OperationStatus.Done)
                break;
            Require(status == OperationStatus.DestinationTooSmall);
        }
        Require(body.IsEmpty);
    }

    static uint Adler32(ReadOnlySpan<byte> data)
    {
        uint a = 1, b = 0;
        foreach (var value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }
        return b << 16 | a;
    }

    static MemoryStream Reader(ReadOnlyMemory<byte> body) => new(body.ToArray(), writable: false);

    static void Require(bool whole)
    {
        if (!whole)
            throw new InvalidDataException("the compressed data are not whole");
    }
}
