using System.Text.Json.Nodes;
using Kube.Server.Kinds;

namespace Kube.Server.Api.Discovery;

/// <summary>Discovery one document at a time: versions, groups, and the resources of a group's version.</summary>
static class PlainDiscovery
{
    public static JsonObject Versions() => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(),
    };

    public static JsonObject Groups(KindRegistry kinds) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. Names(kinds).Select(g => Describe(kinds, g))]),
    };

    public static JsonObject? Group(KindRegistry kinds, string group)
    {
        if (!Names(kinds).Contains(group))
            return null;
        var document = Describe(kinds, group);
        document.Insert(0, "kind", "APIGroup");
        document.Insert(1, "apiVersion", "v1");
        return document;
    }

    public static JsonObject? Resources(KindRegistry kinds, string group, string version)
    {
        var members = kinds.Kinds.Where(k => k.Group == group && k.Version == version).OrderBy(k => k.Plural, StringComparer.Ordinal).ToList();
        if (members.Count == 0)
            return null;
        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = members[0].ApiVersion,
            ["resources"] = new JsonArray([.. members.SelectMany(Describe)]),
        };
    }

    static IEnumerable<string> Names(KindRegistry kinds) =>
        kinds.Kinds.Select(k => k.Group).Where(g => g.Length > 0).Distinct().Order(StringComparer.Ordinal);

    static JsonObject Describe(KindRegistry kinds, string group)
    {
        var versions = kinds.Kinds.Where(k => k.Group == group).Select(k => k.Version).Distinct().Order(VersionOrder.Default).ToList();
        JsonObject Version(string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };
        return new JsonObject
        {
            ["name"] = group,
            ["versions"] = new JsonArray([.. versions.Select(Version)]),
            ["preferredVersion"] = Version(versions[0]),
        };
    }

    static IEnumerable<JsonObject> Describe(KindDefinition kind)
    {
        var resource = new JsonObject
        {
            ["name"] = kind.Plural,
            ["singularName"] = kind.Singular,
            ["namespaced"] = kind.Namespaced,
            ["kind"] = kind.Kind,
            ["verbs"] = Texts(kind.Verbs),
        };
        if (kind.ShortNames.Count > 0)
            resource["shortNames"] = Texts(kind.ShortNames);
        if (kind.Categories.Count > 0)
            resource["categories"] = Texts(kind.Categories);
        yield return resource;
        foreach (var subresource in kind.Subresources.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            var described = new JsonObject
            {
                ["name"] = $"{kind.Plural}/{subresource.Name}",
                ["singularName"] = "",
                ["namespaced"] = kind.Namespaced,
                ["kind"] = subresource.Kind,
                ["verbs"] = Texts(subresource.Verbs),
            };
            if (subresource.Group is not null)
                described.Insert(3, "group", subresource.Group);
            if (subresource.Version is not null)
                described.Insert(4, "version", subresource.Version);
            yield return described;
        }
    }

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
