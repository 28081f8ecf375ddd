using System.Buffers;
using System.Text;

namespace Kube.Server.Api.OpenApi;

/// <summary>Writes one protobuf message, with the field types that a description of an API needs.</summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding/</remarks>
sealed class ProtobufWriter
{
    const int Varint = 0;
    const int LengthDelimited = 2;

    readonly ArrayBufferWriter<byte> _bytes = new();

    public static byte[] Write(Action<ProtobufWriter> message)
    {
        var writer = new ProtobufWriter();
        message(writer);
        return writer._bytes.WrittenSpan.ToArray();
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Flag(int field, bool value)
    {
        Number((uint)(field << 3 | Varint));
        Number(value ? 1u : 0u);
    }

    public void Message(int field, Action<ProtobufWriter> message) => Bytes(field, Write(message));

    void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Number((uint)(field << 3 | LengthDelimited));
        Number((uint)value.Length);
        _bytes.Write(value);
    }

    void Number(uint value)
    {
        var bytes = _bytes.GetSpan(5);
        var length = 0;
        for (; value > 0x7F; value >>= 7)
            bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        _bytes.Advance(length);
    }
}
