namespace Kube.Manifests;

/// <summary>YAML as kubectl reads and writes it. Implemented in Kube.Yaml, the one place that knows a YAML library.</summary>
public interface IYaml
{
    /// <summary>Turns each document of a YAML stream into JSON. Empty documents are left out.</summary>
    /// <exception cref="ManifestException">The text is no YAML, has duplicate keys, or its aliases expand beyond a sane bound.</exception>
    IReadOnlyList<YamlDocument> ToJson(string text);

    /// <summary>Writes one JSON document as YAML that reads back as the same document.</summary>
    string FromJson(ReadOnlySpan<byte> json);

    /// <summary>Where everything stands in the text of one document; null where it is empty.</summary>
    /// <exception cref="ManifestException">The text is no YAML, or holds several documents.</exception>
    TextNode? Outline(string text);
}

/// <summary>One YAML document as JSON.</summary>
/// <param name="Json">The document, UTF-8.</param>
/// <param name="Line">The line, from 1, at which it starts in the stream.</param>
/// <param name="Position">Where the node at a path such as <c>spec.containers[0].name</c> stands: line and column, from 1.</param>
public sealed record YamlDocument(ReadOnlyMemory<byte> Json, int Line, Func<string, (int Line, int Column)?> Position);
