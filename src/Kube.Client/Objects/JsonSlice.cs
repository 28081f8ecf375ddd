using System.Text.Json;

namespace Kube;

/// <summary>A JSON value where it stands in its document: found by walking the bytes, nothing is built. What is absent or of another type reads as nothing.</summary>
readonly ref struct JsonSlice(ReadOnlySpan<byte> json)
{
    /// <summary>Schemas in custom resource definitions nest deeper than the default of 64.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    public ReadOnlySpan<byte> Json { get; } = json;

    public bool IsMissing => Json.IsEmpty || Json[0] == (byte)'n';

    bool IsObject => !Json.IsEmpty && Json[0] == (byte)'{';

    bool IsArray => !Json.IsEmpty && Json[0] == (byte)'[';

    public JsonSlice this[ReadOnlySpan<byte> name]
    {
        get
        {
            if (!IsObject) return default;
            var reader = new Utf8JsonReader(Json, Options);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool found = reader.ValueTextEquals(name);
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (found) return new(Json[start..(int)reader.BytesConsumed]);
            }
            return default;
        }
    }

    public string? Text
    {
        get
        {
            if (Json.IsEmpty || Json[0] != (byte)'"') return null;
            var reader = new Utf8JsonReader(Json, Options);
            reader.Read();
            return JsonScalar.Text(ref reader);
        }
    }

    public int? Int
    {
        get
        {
            if (Json.IsEmpty) return null;
            var reader = new Utf8JsonReader(Json, Options);
            reader.Read();
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) ? value : null;
        }
    }

    public bool? Bool => Json.IsEmpty ? null : Json[0] switch { (byte)'t' => true, (byte)'f' => false, _ => null };

    public DateTime? Time
    {
        get
        {
            if (Json.IsEmpty) return null;
            var reader = new Utf8JsonReader(Json, Options);
            reader.Read();
            return JsonScalar.Local(JsonScalar.UtcTicks(ref reader));
        }
    }

    /// <summary>The elements of an array, or the values of a map.</summary>
    public ItemEnumerator GetEnumerator() => new(Json, IsArray || IsObject);

    public int Count
    {
        get
        {
            int count = 0;
            foreach (var _ in this) count++;
            return count;
        }
    }

    public Dictionary<string, string> Strings()
    {
        var strings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!IsObject) return strings;
        var items = GetEnumerator();
        while (items.MoveNext()) strings[items.Key!] = items.Current.Text ?? System.Text.Encoding.UTF8.GetString(items.Current.Json);
        return strings;
    }

    public ref struct ItemEnumerator
    {
        readonly ReadOnlySpan<byte> _json;
        Utf8JsonReader _reader;

        public ItemEnumerator(ReadOnlySpan<byte> json, bool walk)
        {
            _json = walk ? json : default;
            _reader = new Utf8JsonReader(_json, Options);
            if (walk) _reader.Read();
        }

        /// <summary>The key, where the values of a map are walked.</summary>
        public string? Key { get; private set; }

        public JsonSlice Current { get; private set; }

        public bool MoveNext()
        {
            if (_json.IsEmpty || !_reader.Read() || _reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) return false;
            if (_reader.TokenType == JsonTokenType.PropertyName)
            {
                Key = JsonScalar.Text(ref _reader);
                _reader.Read();
            }
            int start = (int)_reader.TokenStartIndex;
            _reader.Skip();
            Current = new(_json[start..(int)_reader.BytesConsumed]);
            return true;
        }
    }
}
