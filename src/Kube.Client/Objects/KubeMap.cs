using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Kube;

/// <summary>
/// A JSON object of a document, parsed when it is touched. At the prompt its keys are properties: <c>$pod.spec.replicas = 3</c>.
/// A key is found by its exact case first, then by any; one that is absent is null. Values are null, bool, int, long, decimal, double, string,
/// KubeMap and object[]; numbers are int where they fit, else long, else decimal or double. What is not changed keeps its bytes, digits and order.
/// Maps, tables and lists that are assigned are copied. Safe to read from any thread.
/// </summary>
/// <remarks>
/// It is neither a dictionary nor enumerable, and has no property of its own: PowerShell would take <c>Keys</c>, <c>Count</c> and the like for
/// the document's, and would show, sort and group it as a collection.
/// </remarks>
public sealed partial class KubeMap
{
    readonly DocumentEdits _edits;
    readonly ReadOnlyMemory<byte> _source;
    List<Entry>? _entries;
    int _firstKey, _tail;

    /// <summary>An empty map.</summary>
    public KubeMap() : this(default, new())
    {
    }

    internal KubeMap(ReadOnlyMemory<byte> source, DocumentEdits edits) => (_source, _edits) = (source, edits);

    /// <summary>Reads a JSON object.</summary>
    /// <exception cref="FormatException">The text is not a JSON object.</exception>
    public static KubeMap Parse(ReadOnlyMemory<byte> json) => new(Trim(ObjectFields.Read(json).Json), new());

    /// <summary>Converts a hashtable, a PSCustomObject or any other set of names and values.</summary>
    /// <exception cref="ArgumentException">It is none, or holds what JSON cannot.</exception>
    public static KubeMap From(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return KubeValue.Convert(value, new()) as KubeMap ?? throw new ArgumentException($"An object of the type {value.GetType().Name} is not a map of names and values.");
    }

    /// <summary>The value of a key; null where there is none. Setting null writes a JSON null: <see cref="Remove"/> takes the key away.</summary>
    /// <exception cref="ArgumentException">The value assigned is nothing that JSON can hold.</exception>
    public object? this[string key]
    {
        get
        {
            lock (_edits.Gate) return Find(key) is { } entry ? KubeValue.Present(Read(entry)) : null;
        }
        set
        {
            // Converted outside: it may lock the document that the value is from.
            var converted = KubeValue.Convert(value, _edits);
            lock (_edits.Gate)
            {
                if (Find(key) is not { } entry || !IsItself(value, Read(entry))) Set(key, converted);
            }
        }
    }

    /// <summary>Whether there is such a key, in whatever case.</summary>
    public bool ContainsKey(string key)
    {
        lock (_edits.Gate) return Find(key) is not null;
    }

    /// <summary>Adds a key in its exact case, even beside one that differs by case alone.</summary>
    /// <exception cref="ArgumentException">There is that very key already, or the value is nothing that JSON can hold.</exception>
    public void Add(string key, object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var converted = KubeValue.Convert(value, _edits);
        lock (_edits.Gate)
        {
            if (Entries.Exists(entry => entry.Key == key)) throw new ArgumentException($"The map has a key '{key}' already.", nameof(key));
            Append(key, converted);
        }
    }

    /// <summary>Takes a key away. False where there is none.</summary>
    public bool Remove(string key)
    {
        lock (_edits.Gate)
        {
            if (Find(key) is not { } entry) return false;
            _edits.Add();
            return Entries.Remove(entry);
        }
    }

    /// <summary>The keys, in the document's order.</summary>
    public string[] GetKeys()
    {
        lock (_edits.Gate) return Entries.ConvertAll(entry => entry.Key).ToArray();
    }

    /// <summary>The map under a key; null where there is none, or something else.</summary>
    public KubeMap? GetMap(string key)
    {
        lock (_edits.Gate) return Find(key) is { } entry ? Read(entry) as KubeMap : null;
    }

    /// <summary>The maps in the array under a key; empty where there are none.</summary>
    public IReadOnlyList<KubeMap> GetMaps(string key)
    {
        lock (_edits.Gate) return Find(key) is { } entry && Read(entry) is KubeMapArray list ? list.Maps() : [];
    }

    /// <summary>The map as JSON text, with every change.</summary>
    public string ToJson() => Encoding.UTF8.GetString(ToUtf8().Span);

    /// <summary>The map as JSON, UTF-8, with every change.</summary>
    public ReadOnlyMemory<byte> ToUtf8()
    {
        lock (_edits.Gate)
        {
            _edits.Collect();
            var output = new ArrayBufferWriter<byte>(Math.Max(256, _source.Length));
            WriteTo(output);
            return output.WrittenMemory;
        }
    }

    /// <summary>Its keys, such as <c>{name, image}</c>. No values: they may be secret.</summary>
    public override string ToString()
    {
        lock (_edits.Gate) return "{" + string.Join(", ", Entries.Select(entry => entry.Key)) + "}";
    }

    /// <summary>
    /// Tells how people are to see a map, and what stands behind a value that they assign. PowerShell's module sets both: nested maps
    /// have to reach it wrapped, and it hands wrapped values in. Without it maps and values are what they are.
    /// </summary>
    public static void PresentAs(Func<KubeMap, object> present, Func<object, object?> unwrap) => KubeValue.Use(present, unwrap);

    internal static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> json) => json[json.Span.IndexOf((byte)'{')..(json.Span.LastIndexOf((byte)'}') + 1)];

    internal DocumentEdits Edits => _edits;

    /// <summary>The map under a key, made where there is none.</summary>
    internal KubeMap Ensure(string key)
    {
        lock (_edits.Gate)
        {
            if (Find(key) is { } entry && Read(entry) is KubeMap map) return map;
            var made = new KubeMap(default, _edits);
            Set(key, made);
            return made;
        }
    }

    /// <summary>Puts a key whose value is converted already.</summary>
    internal void Append(string key, object? value)
    {
        Entries.Add(new(KubeValue.Checked(key), null) { Value = value, IsRead = true, IsAssigned = true });
        _edits.Add();
    }

    void Set(string key, object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Find(key) is not { } entry) { Append(key, value); return; }
        _edits.Add();
        (entry.Value, entry.IsRead, entry.IsAssigned) = (value, true, true);
    }

    static bool IsItself(object? assigned, object? present) => assigned switch
    {
        object[] array => present is KubeMapArray list && ReferenceEquals(list.Items, array),
        not null => present is KubeMap map && ReferenceEquals(KubeValue.Unwrap(assigned), map),
        _ => false,
    };

    List<Entry> Entries => _entries ??= Parse();

    Entry? Find(string key)
    {
        Entry? any = null;
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal)) return entry;
            if (any is null && string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase)) any = entry;
        }
        return any;
    }

    List<Entry> Parse()
    {
        var entries = new List<Entry>();
        if (_source.IsEmpty) return entries;
        var reader = new Utf8JsonReader(_source.Span, JsonSlice.Options);
        reader.Read();
        int end = (int)reader.BytesConsumed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = JsonScalar.Text(ref reader)!;
            int keyStart = (int)reader.TokenStartIndex;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            entries.Add(new(key, new(end, keyStart, start, end = (int)reader.BytesConsumed)));
        }
        _firstKey = entries.Count > 0 ? entries[0].Place!.Value.Key : 0;
        _tail = end;
        return entries;
    }

    object? Read(Entry entry)
    {
        if (entry.IsRead) return entry.Value;
        var place = entry.Place!.Value;
        entry.Value = KubeValue.Read(_source[place.Start..place.End], _edits);
        entry.IsRead = true;
        return entry.Value;
    }

    sealed class Entry(string key, Place? place)
    {
        public string Key { get; } = key;

        /// <summary>Null for a key that the source does not have.</summary>
        public Place? Place { get; } = place;

        public object? Value { get; set; }
        public bool IsRead { get; set; }
        public bool IsAssigned { get; set; }
    }

    /// <summary>Where an entry stands in the source: after the one before it (the gap holds the comma), its key, its value.</summary>
    readonly record struct Place(int Gap, int Key, int Start, int End);
}
