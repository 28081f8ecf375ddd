namespace Kube;

/// <summary>One Kubernetes object: its UTF-8 JSON, with what people ask for most as properties.</summary>
public class KubeObject
{
    /// <summary>Wraps a document. Flat properties are filled in one pass; the rest is parsed when it is touched.</summary>
    protected KubeObject(ReadOnlyMemory<byte> json, KubeConnection? connection) => (Json, Connection) = (json, connection);

    /// <summary>Makes the type that fits the document's <c>apiVersion</c> and <c>kind</c>.</summary>
    /// <exception cref="FormatException">The text is not a JSON object.</exception>
    public static KubeObject Parse(ReadOnlyMemory<byte> json, KubeConnection? connection = null) => new(json, connection);

    /// <summary>The exact document, UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The cluster that it came from; null for one made by hand.</summary>
    public KubeConnection? Connection { get; internal set; }

    /// <summary><c>apiVersion</c>.</summary>
    public string ApiVersion => throw new NotImplementedException();

    /// <summary><c>kind</c>.</summary>
    public string Kind => throw new NotImplementedException();

    /// <summary><c>metadata.name</c>.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary><c>metadata.namespace</c>; null for what has none.</summary>
    public string? Namespace => throw new NotImplementedException();

    /// <summary><c>metadata.uid</c>.</summary>
    public string? Uid => throw new NotImplementedException();

    /// <summary><c>metadata.resourceVersion</c>.</summary>
    public string? ResourceVersion => throw new NotImplementedException();

    /// <summary><c>metadata.labels</c>.</summary>
    public IReadOnlyDictionary<string, string> Labels => throw new NotImplementedException();

    /// <summary><c>metadata.annotations</c>.</summary>
    public IReadOnlyDictionary<string, string> Annotations => throw new NotImplementedException();

    /// <summary>The document as JSON text.</summary>
    public string ToJson() => throw new NotImplementedException();
}
