using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;
using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>Documents while they are changed, and their way back into the store's layout.</summary>
static class Documents
{
    public static JsonObject Parse(StoredObject stored) => JsonNode.Parse(stored.Json)!.AsObject();

    /// <summary>A stored document as a kind shows it: in that kind's version, whatever version it was written in.</summary>
    public static JsonObject Parse(StoredObject stored, KindDefinition kind)
    {
        var document = Parse(stored);
        document["kind"] = kind.Kind;
        document["apiVersion"] = kind.ApiVersion;
        kind.Stored?.Show?.Invoke(document);
        return document;
    }

    public static JsonObject Metadata(this JsonObject document)
    {
        if (document["metadata"] is JsonObject metadata)
            return metadata;
        document["metadata"] = metadata = [];
        return metadata;
    }

    /// <summary>A text at a path; empty when it is missing or no text.</summary>
    public static string Text(this JsonObject document, params ReadOnlySpan<string> path) =>
        document.Find(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>A whole number at a path; null when it is missing or no number.</summary>
    public static long? Number(this JsonObject document, params ReadOnlySpan<string> path) =>
        document.Find(path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A boolean at a path; false when it is missing.</summary>
    public static bool Flag(this JsonObject document, params ReadOnlySpan<string> path) =>
        document.Find(path) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public static JsonNode? Find(this JsonObject document, params ReadOnlySpan<string> path)
    {
        JsonNode? node = document;
        foreach (var step in path)
        {
            if (node is not JsonObject map || !map.TryGetPropertyValue(step, out node))
                return null;
        }

        return node;
    }

    /// <summary>The objects of a list at a path; what is no object is left out.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject document, params ReadOnlySpan<string> path) =>
        (document.Find(path) as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>Makes one field what it is in another document, also where that means that it is missing.</summary>
    public static void CopyField(this JsonObject to, JsonObject from, string name)
    {
        if (from.TryGetPropertyValue(name, out var value) && value is not null)
            to[name] = value.DeepClone();
        else
            to.Remove(name);
    }

    /// <summary>Whether two documents of a kind differ in nothing but their version and the order of their fields.</summary>
    public static bool SameContent(JsonObject one, JsonObject other)
    {
        static IEnumerable<string> Fields(JsonObject map, params IReadOnlyList<string> except) => map.Select(f => f.Key).Except(except);
        static bool Same(JsonObject one, JsonObject other, params IReadOnlyList<string> except) =>
            Fields(one, except).Union(Fields(other, except)).All(f => JsonNode.DeepEquals(one[f], other[f]));
        return Same(one, other, "kind", "apiVersion", "metadata") && Same(one.Metadata(), other.Metadata(), "resourceVersion");
    }

    /// <summary>A time as the API writes it: UTC, whole seconds.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes a document in the store's layout: kind, apiVersion, and metadata with the resourceVersion first.</summary>
    public static DocumentDraft Draft(KindDefinition kind, JsonObject document)
    {
        if (kind.Stored is { } stored)
        {
            document = document.DeepClone().AsObject();
            stored.Keep?.Invoke(document);
            kind = stored.Kind;
        }

        return Write(kind, document);
    }

    /// <summary>Writes a document in the store's layout, in the form that it has.</summary>
    public static DocumentDraft Write(KindDefinition kind, JsonObject document)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, kind.Kind);
            json.WriteString("apiVersion"u8, kind.ApiVersion);
            json.WriteStartObject("metadata"u8);
            json.WriteString("resourceVersion"u8, ""u8);
            WriteFields(json, document.Metadata(), "resourceVersion");
            json.WriteEndObject();
            WriteFields(json, document, "kind", "apiVersion", "metadata");
            json.WriteEndObject();
        }

        return new DocumentDraft(kind.DocumentPrefix, buffer.WrittenMemory[kind.DocumentPrefix.Length..]);
    }

    static void WriteFields(Utf8JsonWriter json, JsonObject fields, params ReadOnlySpan<string> except)
    {
        foreach (var (name, value) in fields)
        {
            if (except.Contains(name))
                continue;
            json.WritePropertyName(name);
            if (value is null)
                json.WriteNullValue();
            else
                value.WriteTo(json);
        }
    }
}
