using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Kube;

/// <summary>One version of a document with what one pass over it finds. Immutable, but for what is derived from it once and kept.</summary>
sealed class ObjectFields
{
    Part _uid, _resourceVersion, _labels, _annotations, _metadata, _spec, _status;
    long _created, _deleted;
    int _shift;
    string? _apiVersion, _kind;
    Dictionary<string, string>? _labelStrings, _annotationStrings;

    ObjectFields(ReadOnlyMemory<byte> json, int edits) => (Json, Edits) = (json, edits);

    public ReadOnlyMemory<byte> Json { get; private set; }

    /// <summary>How many edits of the document are in this version.</summary>
    public int Edits { get; }

    public string ApiVersion => _apiVersion ?? "";

    public string Kind => _kind ?? "";

    public string Name { get; private set; } = "";

    public string? Namespace { get; private set; }

    public string? Uid => Slice(_uid).Text;

    public string? ResourceVersion => Slice(_resourceVersion).Text;

    public DateTime? CreationTimestamp => JsonScalar.Local(_created);

    public DateTime? DeletionTimestamp => JsonScalar.Local(_deleted);

    /// <summary>Reckoned in UTC: local clocks jump.</summary>
    public TimeSpan? Age => _created == 0 ? null : new TimeSpan(DateTime.UtcNow.Ticks - _created);

    public bool IsDeleting => _deleted != 0;

    public JsonSlice Document => new(Json.Span);

    public JsonSlice Metadata => Slice(_metadata);

    public JsonSlice Spec => Slice(_spec);

    public JsonSlice Status => Slice(_status);

    public Dictionary<string, string> Labels => _labelStrings ??= Slice(_labels).Strings();

    public Dictionary<string, string> Annotations => _annotationStrings ??= Slice(_annotations).Strings();

    /// <summary>For pods, once asked for.</summary>
    public PodState? Pod { get; set; }

    /// <exception cref="FormatException">Not one JSON object.</exception>
    public static ObjectFields Read(ReadOnlyMemory<byte> json, int edits = 0)
    {
        var fields = new ObjectFields(json, edits);
        if (!Utf8.IsValid(json.Span)) throw new FormatException("The document is not UTF-8.");
        try
        {
            var reader = new Utf8JsonReader(json.Span, JsonSlice.Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new FormatException("The document is not a JSON object.");
            fields.ReadRoot(ref reader);
            reader.Read();
        }
        catch (JsonException e)
        {
            throw new FormatException($"The document is not JSON: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}.", e);
        }
        return fields;
    }

    /// <summary>An item of a list, copied, with the <c>apiVersion</c> and <c>kind</c> that it lacks in front.</summary>
    public static ObjectFields ReadItem(ReadOnlyMemory<byte> json, string apiVersion, string kind)
    {
        var fields = Read(json);
        var prefix = new ArrayBufferWriter<byte>(64);
        JsonScalar.Write(prefix, "{"u8);
        if (fields._apiVersion is null) Field(prefix, "apiVersion", fields._apiVersion = apiVersion);
        if (fields._kind is null) Field(prefix, "kind", fields._kind = kind);

        int start = json.Span.IndexOf((byte)'{') + 1, end = json.Span.LastIndexOf((byte)'}') + 1;
        bool empty = json.Span[start..(end - 1)].IndexOfAnyExcept(" \t\r\n"u8) < 0;
        int front = prefix.WrittenCount - (empty && prefix.WrittenCount > 1 ? 1 : 0);
        var document = new byte[front + end - start];
        prefix.WrittenSpan[..front].CopyTo(document);
        json.Span[start..end].CopyTo(document.AsSpan(front));
        fields.Json = document;
        fields._shift = front - start;
        return fields;

        static void Field(ArrayBufferWriter<byte> prefix, string name, string value)
        {
            JsonScalar.WriteString(prefix, name);
            JsonScalar.Write(prefix, ":"u8);
            JsonScalar.WriteString(prefix, value);
            JsonScalar.Write(prefix, ","u8);
        }
    }

    void ReadRoot(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("metadata"u8)) _metadata = ReadMetadata(ref reader);
            else if (reader.ValueTextEquals("spec"u8)) _spec = Value(ref reader);
            else if (reader.ValueTextEquals("status"u8)) _status = Value(ref reader);
            else if (reader.ValueTextEquals("kind"u8)) _kind = Text(ref reader) ?? "";
            else if (reader.ValueTextEquals("apiVersion"u8)) _apiVersion = Text(ref reader) ?? "";
            else reader.Skip();
        }
    }

    Part ReadMetadata(ref Utf8JsonReader reader)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return new(start, (int)reader.BytesConsumed);
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8)) Name = Text(ref reader) ?? "";
            else if (reader.ValueTextEquals("namespace"u8)) Namespace = Text(ref reader) is { Length: > 0 } name ? name : null;
            else if (reader.ValueTextEquals("uid"u8)) _uid = Value(ref reader);
            else if (reader.ValueTextEquals("resourceVersion"u8)) _resourceVersion = Value(ref reader);
            else if (reader.ValueTextEquals("creationTimestamp"u8)) _created = Time(ref reader);
            else if (reader.ValueTextEquals("deletionTimestamp"u8)) _deleted = Time(ref reader);
            else if (reader.ValueTextEquals("labels"u8)) _labels = Value(ref reader);
            else if (reader.ValueTextEquals("annotations"u8)) _annotations = Value(ref reader);
            else reader.Skip();
        }
        return new(start, (int)reader.BytesConsumed);
    }

    static Part Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new(start, (int)reader.BytesConsumed);
    }

    static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? text = JsonScalar.Text(ref reader);
        reader.Skip();
        return text;
    }

    static long Time(ref Utf8JsonReader reader)
    {
        reader.Read();
        long ticks = JsonScalar.UtcTicks(ref reader);
        reader.Skip();
        return ticks;
    }

    JsonSlice Slice(Part part) => new(Json.Span[(part.Start + _shift)..(part.End + _shift)]);

    readonly record struct Part(int Start, int End);
}
