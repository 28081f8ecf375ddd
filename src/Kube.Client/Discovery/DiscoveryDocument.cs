using System.Text.Json;
using static Kube.JsonFields;

namespace Kube.Discovery;

/// <summary>Reads the answers of <c>/api</c>, <c>/apis</c> and of single group-versions. Pure.</summary>
static class DiscoveryDocument
{
    /// <summary>Aggregated where the server can (Kubernetes 1.27 and later), else plain.</summary>
    public const string Accept =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    /// <summary>What <c>/api</c> or <c>/apis</c> answers: all resources, or the group-versions that are to be asked one by one.</summary>
    /// <param name="Resources">The resources; null in a plain answer.</param>
    /// <param name="GroupVersions">In a plain answer the group-versions, the preferred first; else those that the server could not list.</param>
    public sealed record Root(IReadOnlyList<KubeResource>? Resources, IReadOnlyList<string> GroupVersions);

    /// <exception cref="FormatException">It is none of the documents of discovery.</exception>
    public static Root ReadRoot(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        return Text(root, "kind") switch
        {
            "APIGroupDiscoveryList" => Aggregated(root),
            "APIVersions" => new Root(null, Texts(root, "versions")),
            "APIGroupList" => new Root(null, [.. Items(root, "groups").SelectMany(GroupVersions)]),
            var kind => throw new FormatException($"'{kind}' is no document of discovery"),
        };
    }

    /// <summary>Reads a plain <c>APIResourceList</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IReadOnlyList<KubeResource> ReadGroupVersion(ReadOnlyMemory<byte> json, string groupVersion)
    {
        using var document = Parse(json);
        if (Text(document.RootElement, "kind") != "APIResourceList") throw new FormatException($"the document of {groupVersion} is no APIResourceList");
        var (group, version) = groupVersion.IndexOf('/') is var slash and > 0 ? (groupVersion[..slash], groupVersion[(slash + 1)..]) : ("", groupVersion);
        var all = Items(document.RootElement, "resources").Where(r => Text(r, "name") is not null).ToList();
        return [.. all.Where(r => !Text(r, "name")!.Contains('/')).Select(r => Plain(group, version, r, all))];
    }

    static KubeResource Plain(string group, string version, JsonElement item, IReadOnlyList<JsonElement> all)
    {
        var name = Text(item, "name")!;
        var kind = Text(item, "kind") ?? throw new FormatException($"the resource {name} has no kind");
        return new KubeResource(group, version, name, kind, item.TryGetProperty("namespaced", out var namespaced) && namespaced.ValueKind == JsonValueKind.True)
        {
            Singular = Text(item, "singularName") is { Length: > 0 } singular ? singular : kind.ToLowerInvariant(),
            ShortNames = Texts(item, "shortNames"),
            Categories = Texts(item, "categories"),
            Verbs = Texts(item, "verbs"),
            Subresources = [.. all.Select(o => Text(o, "name")!).Where(n => n.StartsWith(name + "/", StringComparison.Ordinal)).Select(n => n[(name.Length + 1)..])],
        };
    }

    static Root Aggregated(JsonElement root)
    {
        var resources = new List<KubeResource>();
        var stale = new List<string>();
        foreach (var item in Items(root, "items"))
        {
            var group = item.TryGetProperty("metadata", out var metadata) ? Text(metadata, "name") ?? "" : "";
            foreach (var entry in Items(item, "versions"))
            {
                var version = Text(entry, "version") ?? throw new FormatException($"a version of the group '{group}' has no name");
                if (Text(entry, "freshness") == "Stale") stale.Add(group.Length == 0 ? version : $"{group}/{version}");
                resources.AddRange(Items(entry, "resources").Where(r => Text(r, "resource") is not null).Select(r => Resource(group, version, r)));
            }
        }
        return new Root(resources, stale);
    }

    static KubeResource Resource(string group, string version, JsonElement item)
    {
        var name = Text(item, "resource")!;
        var kind = item.TryGetProperty("responseKind", out var answer) && Text(answer, "kind") is { Length: > 0 } given ? given
            : throw new FormatException($"the resource {name} has no kind");
        return new KubeResource(group, version, name, kind, Text(item, "scope") == "Namespaced")
        {
            Singular = Text(item, "singularResource") is { Length: > 0 } singular ? singular : kind.ToLowerInvariant(),
            ShortNames = Texts(item, "shortNames"),
            Categories = Texts(item, "categories"),
            Verbs = Texts(item, "verbs"),
            Subresources = [.. Items(item, "subresources").Select(s => Text(s, "subresource")).OfType<string>()],
        };
    }

    static IEnumerable<string> GroupVersions(JsonElement group)
    {
        var preferred = group.TryGetProperty("preferredVersion", out var p) ? Text(p, "groupVersion") : null;
        var all = Items(group, "versions").Select(v => Text(v, "groupVersion")).OfType<string>().ToList();
        return all.OrderBy(v => v != preferred);
    }

    static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new FormatException("a document of discovery is no object");
        }
        catch (JsonException e)
        {
            throw new FormatException("a document of discovery is no JSON", e);
        }
    }
}
