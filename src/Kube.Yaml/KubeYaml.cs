using Kube.Manifests;
using Kube.Yaml.Reading;
using Kube.Yaml.Writing;

namespace Kube.Yaml;

/// <summary>YAML 1.1 as kubectl reads it (sigs.k8s.io/yaml), over YamlDotNet's parser.</summary>
public sealed class KubeYaml : IYaml
{
    /// <inheritdoc/>
    public IReadOnlyList<YamlDocument> ToJson(string text) => DocumentReader.Read(text);

    /// <inheritdoc/>
    public string FromJson(ReadOnlySpan<byte> json) => YamlWriter.Write(json);

    /// <inheritdoc/>
    public TextNode? Outline(string text) => OutlineReader.Read(text);
}
