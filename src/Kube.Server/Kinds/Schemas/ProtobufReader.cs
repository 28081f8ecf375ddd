using System.Buffers.Binary;
using System.Text;

namespace Kube.Server.Kinds.Schemas;

/// <summary>Reads the fields of one protobuf message, in the order in which they were sent.</summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding/</remarks>
ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    const int LongestVarint = 10;
    static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the field that <see cref="Read"/> has come to.</summary>
    public int Field { get; private set; }

    public ProtobufType Type { get; private set; }

    public readonly bool HasMore => !_rest.IsEmpty;

    /// <summary>Goes to the next field. Its value must be taken or skipped before the next call.</summary>
    /// <returns>False at the end of the message.</returns>
    /// <exception cref="DecodeException">There is no field here.</exception>
    public bool Read()
    {
        if (_rest.IsEmpty)
            return false;
        var tag = Varint();
        (Field, Type) = ((int)Math.Min(tag >> 3, int.MaxValue), (ProtobufType)(tag & 7));
        return Field > 0 ? true : throw new DecodeException($"proto: illegal tag {Field} (wire type {(int)Type})");
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (var i = 0; i < LongestVarint && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] <= 0x7F)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw _rest.Length < LongestVarint ? Cut() : new DecodeException("proto: integer overflow");
    }

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        return length <= (ulong)_rest.Length ? Take((int)length) : throw Cut();
    }

    /// <exception cref="DecodeException">It is no UTF-8, which no JSON could hold.</exception>
    public string Text()
    {
        try
        {
            return StrictUtf8.GetString(Bytes());
        }
        catch (DecoderFallbackException)
        {
            throw new DecodeException($"proto: field {Field} is not valid UTF-8");
        }
    }

    /// <summary>Passes over the value of a field that nobody knows.</summary>
    public void Skip()
    {
        switch (Type)
        {
            case ProtobufType.Varint:
                Varint();
                break;
            case ProtobufType.Fixed64:
                Take(8);
                break;
            case ProtobufType.Bytes:
                Bytes();
                break;
            case ProtobufType.Fixed32:
                Take(4);
                break;
            default:
                // Groups are long out of use, and no Kubernetes type has one.
                throw new DecodeException($"proto: illegal wireType {(int)Type}");
        }
    }

    ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
            throw Cut();
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    static DecodeException Cut() => new("unexpected EOF");
}

/// <summary>How a value is laid out on the wire.</summary>
enum ProtobufType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}
