using System.Buffers.Binary;

namespace Kube.Server.Streams.Spdy;

/// <summary>The types of SPDY/3's control frames.</summary>
enum SpdyFrameType
{
    SynStream = 1,
    SynReply = 2,
    RstStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    Headers = 8,
    WindowUpdate = 9,
}

/// <summary>The eight bytes that each frame begins with.</summary>
/// <param name="Type">Null for data.</param>
/// <param name="StreamId">The stream that data belong to.</param>
/// <param name="Flags">See <see cref="Fin"/>.</param>
/// <param name="Length">The bytes that follow.</param>
readonly record struct SpdyFrame(SpdyFrameType? Type, int StreamId, byte Flags, int Length)
{
    public const int HeaderLength = 8;

    /// <summary>The sender has ended the stream.</summary>
    public const byte Fin = 1;

    const uint Control = 0x8000_0000;
    const uint Version = 3;

    public bool IsLast => (Flags & Fin) != 0;

    /// <exception cref="InvalidDataException">It is of another protocol.</exception>
    public static SpdyFrame Read(ReadOnlySpan<byte> header)
    {
        var first = BinaryPrimitives.ReadUInt32BigEndian(header);
        var second = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var (flags, length) = ((byte)(second >> 24), (int)(second & 0xFF_FFFF));
        if ((first & Control) == 0) return new SpdyFrame(null, (int)first, flags, length);
        return (first >> 16 & 0x7FFF) == Version ? new SpdyFrame((SpdyFrameType)(first & 0xFFFF), 0, flags, length) : throw new InvalidDataException("The frame is not SPDY/3's.");
    }

    public void Write(Span<byte> header)
    {
        BinaryPrimitives.WriteUInt32BigEndian(header, Type is { } type ? Control | Version << 16 | (uint)type : (uint)StreamId);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], (uint)Flags << 24 | (uint)Length);
    }
}
