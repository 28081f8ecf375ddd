namespace Kube;

/// <summary>One resource that a server lists: what a kind is called in URLs, at the prompt and in documents.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version within the group, such as <c>v1</c>.</param>
/// <param name="Name">The plural name that stands in URLs, such as <c>pods</c>.</param>
/// <param name="Kind">The kind, such as <c>Pod</c>.</param>
/// <param name="Namespaced">Whether its objects live in a namespace.</param>
public sealed record KubeResource(string Group, string Version, string Name, string Kind, bool Namespaced)
{
    /// <summary>The singular name, such as <c>pod</c>.</summary>
    public string Singular { get; init; } = Kind.ToLowerInvariant();

    /// <summary>Short names, such as <c>po</c>.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Categories, such as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What the server can do with it: <c>get</c>, <c>list</c>, <c>watch</c> …</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>The subresources that the server lists, such as <c>status</c> or <c>log</c>.</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>The <c>apiVersion</c> of its documents: <c>v1</c>, <c>apps/v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : Group + "/" + Version;
}
