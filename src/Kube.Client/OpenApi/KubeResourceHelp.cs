using Kube.OpenApi;

namespace Kube;

/// <summary>What a server says of a kind or of one of its fields, from its OpenAPI.</summary>
public sealed class KubeResourceHelp
{
    readonly ApiSchema _schema;
    IReadOnlyList<KubeResourceHelp>? _fields;

    internal KubeResourceHelp(KubeResource resource, string path, string name, int depth, bool required, ApiSchema schema) =>
        (Resource, Path, Name, Depth, Required, _schema) = (resource, path, name, depth, required, schema);

    /// <summary>What an OpenAPI document, version 2 or 3, says of a kind.</summary>
    /// <param name="openApi">The document, JSON.</param>
    /// <param name="resource">The kind.</param>
    /// <param name="name">What the kind is called in paths; null: its singular name.</param>
    /// <returns>Null where it does not describe the kind.</returns>
    /// <exception cref="FormatException">It is no such document.</exception>
    public static KubeResourceHelp? Read(ReadOnlyMemory<byte> openApi, KubeResource resource, string? name = null) => Of(new ApiDocument(openApi), resource, name ?? resource.Singular);

    internal static KubeResourceHelp? Of(ApiDocument document, KubeResource resource, string name) =>
        document.Find(resource) is { } schema ? new(resource, name, name, depth: 0, required: false, schema) : null;

    /// <summary>The kind and the way to the field, such as <c>pod.spec.containers</c>.</summary>
    public string Path { get; }

    /// <summary>The field's own name; for a kind its singular name.</summary>
    public string Name { get; }

    /// <summary>How many fields lead to it; 0 for a kind.</summary>
    public int Depth { get; }

    /// <summary>The kind that it is a field of, or is.</summary>
    public string Kind => Resource.Kind;

    /// <summary>The <c>apiVersion</c> of the kind.</summary>
    public string ApiVersion => Resource.ApiVersion;

    /// <summary>What it holds: <c>string</c>, <c>integer</c>, <c>[]Container</c>, <c>map[string]string</c>, <c>Object</c> …</summary>
    public string Type => _schema.TypeName;

    /// <summary>Whether an object is not valid without it.</summary>
    public bool Required { get; }

    /// <summary>What it is for; empty where the server does not say.</summary>
    public string Description => _schema.Description;

    /// <summary>The values that it may have; empty where that is not limited.</summary>
    public string[] Enum => _schema.Values;

    /// <summary>What the server sets where the field is missing; null where nothing, or where it does not say.</summary>
    public object? Default => _schema.Default;

    /// <summary>The fields below it, in the server's order; of a list those of each element, of a map those of each value. Read when asked for: types may hold themselves.</summary>
    public IReadOnlyList<KubeResourceHelp> Fields => _fields ??=
        [.. _schema.Fields.Select(below => new KubeResourceHelp(Resource, $"{Path}.{below.Name}", below.Name, Depth + 1, below.Required, below.Schema))];

    internal KubeResource Resource { get; }

    /// <summary>All fields below it, each before its own; where a type holds itself it is not gone into again.</summary>
    public IEnumerable<KubeResourceHelp> GetAllFields() => GetAllFields([]);

    /// <summary>The path.</summary>
    public override string ToString() => Path;

    IEnumerable<KubeResourceHelp> GetAllFields(IReadOnlyList<string> around)
    {
        if (_schema.Definition is { } definition)
        {
            if (around.Contains(definition)) yield break;
            around = [.. around, definition];
        }
        foreach (var field in Fields)
        {
            yield return field;
            foreach (var below in field.GetAllFields(around)) yield return below;
        }
    }
}
