using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Kinds;

namespace Kube.Server.Api.Discovery;

/// <summary>All of discovery in one document (<c>apidiscovery.k8s.io</c>).</summary>
static class AggregatedDiscovery
{
    /// <param name="core">The core group, which <c>/api</c> answers with, or all others.</param>
    public static CachedDocument Write(KindRegistry kinds, bool core, string version)
    {
        var groups = kinds.Kinds.GroupBy(k => k.Group).Where(g => core == (g.Key.Length == 0)).OrderBy(g => g.Key, StringComparer.Ordinal);
        var document = new JsonObject
        {
            ["kind"] = "APIGroupDiscoveryList",
            ["apiVersion"] = $"apidiscovery.k8s.io/{version}",
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonArray([.. groups.Select(DescribeGroup)]),
        };
        return new CachedDocument(JsonSerializer.SerializeToUtf8Bytes(document, JsonText.NodeOptions));
    }

    static JsonObject DescribeGroup(IGrouping<string, KindDefinition> group) => new()
    {
        ["metadata"] = group.Key.Length == 0 ? new JsonObject() : new JsonObject { ["name"] = group.Key },
        ["versions"] = new JsonArray([.. group.GroupBy(k => k.Version).OrderBy(v => v.Key, VersionOrder.Default).Select(version => new JsonObject
        {
            ["version"] = version.Key,
            ["resources"] = new JsonArray([.. version.OrderBy(k => k.Plural, StringComparer.Ordinal).Select(DescribeKind)]),
            ["freshness"] = "Current",
        })]),
    };

    static JsonObject DescribeKind(KindDefinition kind)
    {
        var resource = new JsonObject
        {
            ["resource"] = kind.Plural,
            ["responseKind"] = Kind(kind.Group, kind.Version, kind.Kind),
            ["scope"] = kind.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = kind.Singular,
            ["verbs"] = Texts(kind.Verbs),
        };
        if (kind.ShortNames.Count > 0)
            resource["shortNames"] = Texts(kind.ShortNames);
        if (kind.Categories.Count > 0)
            resource["categories"] = Texts(kind.Categories);
        if (kind.Subresources.Count > 0)
        {
            resource["subresources"] = new JsonArray([.. kind.Subresources.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => new JsonObject
            {
                ["subresource"] = s.Name,
                ["responseKind"] = Kind(s.Group ?? kind.Group, s.Version ?? kind.Version, s.Kind),
                ["verbs"] = Texts(s.Verbs),
            })]);
        }

        return resource;
    }

    static JsonObject Kind(string group, string version, string kind) =>
        new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
