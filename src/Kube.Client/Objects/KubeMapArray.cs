using System.Buffers;
using System.Text.Json;

namespace Kube;

/// <summary>A JSON array. People get it as a plain object[], so what they assign to its elements is found by comparing.</summary>
sealed class KubeMapArray
{
    readonly DocumentEdits _edits;
    readonly ReadOnlyMemory<byte> _source;
    readonly List<(int Start, int End)> _places = [];
    readonly object?[] _values;
    readonly object?[] _seen;
    readonly bool[] _assigned;

    /// <summary>An array of a document.</summary>
    public KubeMapArray(ReadOnlyMemory<byte> source, DocumentEdits edits)
    {
        (_source, _edits) = (source, edits);
        var reader = new Utf8JsonReader(source.Span, JsonSlice.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            _places.Add((start, (int)reader.BytesConsumed));
        }
        _values = _places.ConvertAll(place => KubeValue.Read(source[place.Start..place.End], edits)).ToArray();
        _assigned = new bool[_values.Length];
        Items = Array.ConvertAll(_values, KubeValue.Present);
        _seen = [.. Items];
        edits.Track(this);
    }

    /// <summary>An array made of converted values.</summary>
    public KubeMapArray(object?[] values, DocumentEdits edits)
    {
        (_values, _edits) = (values, edits);
        _assigned = new bool[values.Length];
        Items = Array.ConvertAll(values, KubeValue.Present);
        _seen = [.. Items];
        edits.Track(this);
    }

    /// <summary>What people see and may assign to.</summary>
    public object?[] Items { get; }

    public IReadOnlyList<KubeMap> Maps()
    {
        if (Collect()) _edits.Add();
        return _values.OfType<KubeMap>().ToArray();
    }

    /// <summary>Takes over what was assigned to elements since it was last asked. Whether there was any.</summary>
    public bool Collect()
    {
        bool changed = false;
        for (int i = 0; i < Items.Length; i++)
        {
            if (ReferenceEquals(Items[i], _seen[i])) continue;
            _values[i] = KubeValue.Convert(Items[i], _edits);
            Items[i] = _seen[i] = KubeValue.Present(_values[i]);
            changed = _assigned[i] = true;
        }
        return changed;
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        int end = 1;
        JsonScalar.Write(output, "["u8);
        for (int i = 0; i < _values.Length; i++)
        {
            if (_source.IsEmpty)
            {
                if (i > 0) JsonScalar.Write(output, ","u8);
                KubeValue.Write(output, _values[i]);
                continue;
            }
            var place = _places[i];
            JsonScalar.Write(output, _source.Span[end..place.Start]);
            if (_assigned[i] || _values[i] is KubeMap or KubeMapArray) KubeValue.Write(output, _values[i]);
            else JsonScalar.Write(output, _source.Span[place.Start..place.End]);
            end = place.End;
        }
        JsonScalar.Write(output, _source.IsEmpty ? "]"u8 : _source.Span[end..]);
    }
}
