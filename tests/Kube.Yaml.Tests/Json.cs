using System.Text;
using System.Text.Json;
using Kube.Manifests;

namespace Kube.Yaml.Tests;

/// <summary>YAML in, JSON text out, and the other way.</summary>
static class Json
{
    static readonly KubeYaml Yaml = new();

    public static string Of(string yaml) => Text(Assert.Single(Yaml.ToJson(yaml)));

    public static IEnumerable<string> AllOf(string yaml) => Yaml.ToJson(yaml).Select(Text);

    public static ManifestException FaultOf(string yaml) => Assert.Throws<ManifestException>(() => Yaml.ToJson(yaml));

    public static string ToYaml(string json) => Yaml.FromJson(Encoding.UTF8.GetBytes(json));

    /// <summary>Equal as documents: numbers by their value, keys in any order.</summary>
    public static bool Same(string a, string b)
    {
        using var left = JsonDocument.Parse(a, Options);
        using var right = JsonDocument.Parse(b, Options);
        return JsonElement.DeepEquals(left.RootElement, right.RootElement);
    }

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    static string Text(YamlDocument document) => Encoding.UTF8.GetString(document.Json.Span);
}
