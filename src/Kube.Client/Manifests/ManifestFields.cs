using System.Text.Json;
using static Kube.JsonFields;

namespace Kube.Manifests;

/// <summary>The fields that every object has, read and checked. What belongs to a kind is the server's to check.</summary>
sealed class ManifestFields(JsonElement root, ManifestPlaces places)
{
    readonly List<FaultyPlace> _faults = [];

    public string? ApiVersion => Text(root, "apiVersion");

    public string? Kind => Text(root, "kind");

    /// <summary>A List, or a PodList and the like with items.</summary>
    public bool IsList => root.ValueKind == JsonValueKind.Object && Kind is { } kind
        && (kind == "List" || kind.EndsWith("List", StringComparison.Ordinal) && root.TryGetProperty("items", out var items) && items.ValueKind is JsonValueKind.Array or JsonValueKind.Null);

    /// <summary>What the items are where the list says so.</summary>
    public string? ItemKind => Kind is not "List" and { } kind ? kind[..^"List".Length] : null;

    public IReadOnlyList<FaultyPlace> CheckList()
    {
        CheckType();
        if (!root.TryGetProperty("items", out var items))
            Fault("", "items is missing; expected the objects of the list");
        else if (items.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
            Fault("items", $"items is {Word(items)}; expected a list");
        return _faults;
    }

    public IReadOnlyList<FaultyPlace> Check()
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Fault("", $"this is {Word(root)}; expected a map with apiVersion, kind and metadata");
            return _faults;
        }
        CheckType();
        if (Required(root, "", "metadata", "a map with a name") is not { } metadata)
            return _faults;
        if (metadata.ValueKind != JsonValueKind.Object)
            Fault("metadata", $"metadata is {Word(metadata)}; expected a map with a name");
        else
            CheckMetadata(metadata);
        return _faults;
    }

    public Manifest ToManifest(ReadOnlyMemory<byte> json, string source)
    {
        var metadata = root.GetProperty("metadata");
        return new()
        {
            Json = json,
            ApiVersion = ApiVersion!,
            Kind = Kind!,
            Name = NotEmpty(metadata, "name"),
            GenerateName = NotEmpty(metadata, "generateName"),
            Namespace = NotEmpty(metadata, "namespace"),
            Source = source,
            Document = places.Document,
            Line = (places.Find("") ?? (places.Source.Line, 1)).Line,
            Positions = places.Find,
        };
    }

    void CheckType()
    {
        if (RequiredText(root, "", "apiVersion", "such as v1 or apps/v1") is { } apiVersion && !ManifestNames.IsApiVersion(apiVersion))
            Fault("apiVersion", "apiVersion is neither a version nor group/version; expected one such as v1 or apps/v1");
        if (RequiredText(root, "", "kind", "such as Pod") is { } kind && !ManifestNames.IsKind(kind))
            Fault("kind", "kind is no name of a kind; expected letters and digits, such as Pod");
    }

    void CheckMetadata(JsonElement metadata)
    {
        CheckNames(metadata);
        if (OptionalText(metadata, "metadata", "namespace") is { Length: > 0 } space && !ManifestNames.IsLabel(space))
            Fault("metadata.namespace", "metadata.namespace is no name of a namespace; expected at most 63 lower case letters, digits and dashes");
        CheckStrings(metadata, "labels");
        CheckStrings(metadata, "annotations");
    }

    void CheckNames(JsonElement metadata)
    {
        var before = _faults.Count;
        var name = OptionalText(metadata, "metadata", "name");
        var start = OptionalText(metadata, "metadata", "generateName");
        if (_faults.Count > before)
            return;
        if (name is { Length: > 0 })
        {
            if (ManifestNames.Fault(name, ApiVersion) is { } wrong)
                Fault("metadata.name", $"metadata.name {wrong}");
        }
        else if (start is { Length: > 0 })
        {
            // The server adds letters and digits, so it may end in a dash or a point.
            if (ManifestNames.Fault(start + "x", ApiVersion) is { } wrong)
                Fault("metadata.generateName", $"metadata.generateName {wrong}");
        }
        else
            Fault(metadata.TryGetProperty("name", out _) ? "metadata.name" : "metadata", "metadata.name is missing; expected a name, or generateName");
    }

    void CheckStrings(JsonElement metadata, string field)
    {
        if (!metadata.TryGetProperty(field, out var map) || map.ValueKind == JsonValueKind.Null)
            return;
        var path = $"metadata.{field}";
        if (map.ValueKind != JsonValueKind.Object)
            Fault(path, $"{path} is {Word(map)}; expected a map of strings");
        else
            foreach (var entry in map.EnumerateObject())
                if (entry.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                    Fault($"{path}.{entry.Name}", $"{path}[{entry.Name}] is {Word(entry.Value)}; expected a string{Quotes(entry.Value)}");
    }

    JsonElement? Required(JsonElement map, string path, string field, string expected)
    {
        if (map.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null)
            return value;
        Fault(path, $"{field} is missing; expected {expected}");
        return null;
    }

    string? RequiredText(JsonElement map, string path, string field, string example)
    {
        if (Required(map, path, field, $"a string {example}") is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        Fault(field, $"{field} is {Word(value)}; expected a string {example}");
        return null;
    }

    string? OptionalText(JsonElement map, string path, string field)
    {
        if (!map.TryGetProperty(field, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.String)
            return NotEmpty(map, field);
        Fault($"{path}.{field}", $"{path}.{field} is {Word(value)}; expected a string{Quotes(value)}");
        return null;
    }

    void Fault(string path, string message) => _faults.Add(places.Fault(path, message));

    static string? NotEmpty(JsonElement map, string field) => Text(map, field) is { Length: > 0 } text ? text : null;

    static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "a map",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    static string Quotes(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? "" : ", in quotes";
}
