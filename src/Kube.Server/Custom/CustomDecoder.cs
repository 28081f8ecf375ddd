using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds.Schemas;

namespace Kube.Server.Custom;

/// <summary>Reads documents of custom kinds: metadata as every object has it, the rest as it was sent, without what the schema does not know.</summary>
static class CustomDecoder
{
    /// <param name="verbatim">Whether nulls and zeros of the metadata stay as they were sent.</param>
    /// <param name="faults">What a strict reader would refuse: unknown and duplicate fields, which are left out.</param>
    /// <exception cref="DecodeException">Metadata, here or in an embedded object, is malformed.</exception>
    public static JsonObject Read(JsonElement element, CustomSchema schema, bool verbatim, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var document = ReadObject(element, "", found);
        ReadMetadata(document, element, verbatim, found);
        found.AddRange(CustomFields.Prune(document, schema).Select(path => $"unknown field \"{path}\""));
        ReadEmbedded(document, schema, isRoot: true);
        faults = found;
        return document;
    }

    static void ReadMetadata(JsonObject document, JsonElement element, bool verbatim, List<string> faults)
    {
        if (!element.TryGetProperty("metadata", out var metadata) || metadata.ValueKind == JsonValueKind.Null)
        {
            document.Remove("metadata");
            return;
        }

        var decoder = new SchemaDecoder { Verbatim = verbatim };
        document["metadata"] = decoder.ReadObject(metadata, SchemaCatalog.ObjectMeta);
        // Duplicates were found already.
        faults.AddRange(decoder.StrictFaults.Where(f => f.StartsWith("unknown", StringComparison.Ordinal)).Select(f => $"unknown field \"metadata.{f.Split('"')[1]}\""));
    }

    static void ReadEmbedded(JsonNode? value, CustomSchema schema, bool isRoot)
    {
        switch (value)
        {
            case JsonObject map:
                if (schema.IsEmbedded && !isRoot && map["metadata"] is { } metadata)
                    map["metadata"] = new SchemaDecoder().ReadObject(JsonSerializer.SerializeToElement(metadata), SchemaCatalog.ObjectMeta);
                foreach (var (name, inner) in map.ToList())
                {
                    if ((schema.Properties.GetValueOrDefault(name) ?? schema.Additional) is { } property && !(isRoot && name == "metadata"))
                        ReadEmbedded(inner, property, isRoot: false);
                }

                break;
            case JsonArray list when schema.Items is { } items:
                foreach (var item in list)
                    ReadEmbedded(item, items, isRoot: false);
                break;
        }
    }

    static JsonObject ReadObject(JsonElement element, string path, List<string> faults)
    {
        var map = new JsonObject();
        foreach (var property in element.EnumerateObject())
        {
            var at = path.Length == 0 ? property.Name : path + "." + property.Name;
            if (map.ContainsKey(property.Name) && !faults.Contains($"duplicate field \"{at}\""))
                faults.Add($"duplicate field \"{at}\"");
            map[property.Name] = ReadValue(property.Value, at, faults);
        }

        return map;
    }

    static JsonNode? ReadValue(JsonElement element, string path, List<string> faults)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return ReadObject(element, path, faults);
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in element.EnumerateArray())
                    list.Add(ReadValue(item, $"{path}[{list.Count}]", faults));
                return list;
            case JsonValueKind.Number:
                return ReadNumber(element);
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            default:
                return null;
        }
    }

    // Whole numbers are kept as such, also where they came as 3.0; what is beyond 64 bits is a fraction, as everywhere in Kubernetes.
    static JsonValue ReadNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
            return JsonValue.Create(whole);
        var number = element.GetDouble();
        return double.IsInteger(number) && Math.Abs(number) < 1e15 ? JsonValue.Create((long)number) : JsonValue.Create(number);
    }
}
