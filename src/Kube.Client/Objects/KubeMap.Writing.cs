using System.Buffers;

namespace Kube;

public sealed partial class KubeMap
{
    /// <summary>Copies its own bytes, white space and all, and writes only what was assigned anew.</summary>
    internal void WriteTo(IBufferWriter<byte> output)
    {
        if (_entries is null && !_source.IsEmpty)
        {
            JsonScalar.Write(output, _source.Span);
            return;
        }
        var source = _source.Span;
        JsonScalar.Write(output, "{"u8);
        bool first = true;
        foreach (var entry in Entries)
        {
            if (entry.Place is { } place)
            {
                JsonScalar.Write(output, first ? source[1.._firstKey] : source[place.Gap..place.Key]);
                JsonScalar.Write(output, source[place.Key..place.Start]);
                if (entry.IsAssigned || entry.Value is KubeMap or KubeMapArray) KubeValue.Write(output, entry.Value);
                else JsonScalar.Write(output, source[place.Start..place.End]);
            }
            else
            {
                if (!first) JsonScalar.Write(output, ","u8);
                WriteKey(output, entry.Key);
                KubeValue.Write(output, entry.Value);
            }
            first = false;
        }
        JsonScalar.Write(output, _source.IsEmpty ? "}"u8 : source[_tail..]);
    }

    static void WriteKey(IBufferWriter<byte> output, string key)
    {
        JsonScalar.WriteString(output, key);
        JsonScalar.Write(output, ":"u8);
    }
}
