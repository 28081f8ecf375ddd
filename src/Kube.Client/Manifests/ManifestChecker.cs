using System.Runtime.InteropServices;
using System.Text.Json;

namespace Kube.Manifests;

/// <summary>Gathers the objects of one source, and everything that is wrong with them.</summary>
sealed class ManifestChecker(string source, bool isWritten = true)
{
    static readonly JsonDocumentOptions Options = new() { MaxDepth = int.MaxValue };

    readonly List<Manifest> _manifests = [];
    readonly List<ManifestException> _faults = [];

    public void Add(YamlDocument document, int number)
    {
        using var json = JsonDocument.Parse(document.Json, Options);
        Add(json.RootElement, document.Json, new ManifestPlaces(document, number));
    }

    /// <summary>The objects.</summary>
    /// <exception cref="ManifestException">Something was wrong, or there is no object at all.</exception>
    public IReadOnlyList<Manifest> Finish()
    {
        if (_faults.Count > 0)
            throw ManifestFaults.Together(_faults);
        return _manifests.Count > 0
            ? _manifests
            : throw new FaultyPlace("there is no object in it, only an empty list; expected at least one").In(source);
    }

    ManifestException InSource(FaultyPlace fault) => (isWritten ? fault : new(fault.Message)).In(source);

    void Add(JsonElement element, ReadOnlyMemory<byte> json, ManifestPlaces places)
    {
        var fields = new ManifestFields(element, places);
        if (fields.IsList)
            AddItems(element, fields, places);
        else if (fields.Check() is { Count: > 0 } faults)
            _faults.AddRange(faults.Select(InSource));
        else
            _manifests.Add(fields.ToManifest(json, source));
    }

    void AddItems(JsonElement list, ManifestFields fields, ManifestPlaces places)
    {
        if (fields.CheckList() is { Count: > 0 } faults)
        {
            _faults.AddRange(faults.Select(InSource));
            return;
        }
        if (list.GetProperty("items") is not { ValueKind: JsonValueKind.Array } items)
            return;
        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            var below = places.Below($"items[{index++}]");
            var json = fields.ItemKind is { } kind ? Completed(item, fields.ApiVersion!, kind) : JsonMarshal.GetRawUtf8Value(item).ToArray();
            using var document = JsonDocument.Parse(json, Options);
            Add(document.RootElement, json, below);
        }
    }

    /// <summary>An item of a PodList and the like, which has its kind and apiVersion from the list.</summary>
    static byte[] Completed(JsonElement item, string apiVersion, string kind)
    {
        if (item.ValueKind != JsonValueKind.Object || item.TryGetProperty("kind", out _) && item.TryGetProperty("apiVersion", out _))
            return JsonMarshal.GetRawUtf8Value(item).ToArray();
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = int.MaxValue, SkipValidation = true }))
        {
            writer.WriteStartObject();
            if (!item.TryGetProperty("apiVersion", out _))
                writer.WriteString("apiVersion", apiVersion);
            if (!item.TryGetProperty("kind", out _))
                writer.WriteString("kind", kind);
            foreach (var property in item.EnumerateObject())
                property.WriteTo(writer);
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
