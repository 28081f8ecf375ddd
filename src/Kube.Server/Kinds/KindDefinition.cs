using System.Text;
using Kube.Server.Storage;

namespace Kube.Server.Kinds;

/// <summary>Everything that makes one kind different from another. Routes, discovery, tables and OpenAPI read it.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version within the group.</param>
/// <param name="Kind">The kind, such as <c>Pod</c>.</param>
/// <param name="Plural">The name in URLs, such as <c>pods</c>.</param>
internal sealed record KindDefinition(string Group, string Version, string Kind, string Plural)
{
    /// <summary>What can be done with a stored resource.</summary>
    public static IReadOnlyList<string> AllVerbs { get; } =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public string Singular { get; init; } = Kind.ToLowerInvariant();

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public bool Namespaced { get; init; } = true;

    public IReadOnlyList<string> Verbs { get; init; } = AllVerbs;

    public IReadOnlyList<Subresource> Subresources { get; init; } = [];

    /// <summary>Answers a POST in place of the store: reviews are computed, not kept.</summary>
    public CreateHandler? Create { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : Group + "/" + Version;

    /// <summary>The resource as failures name it: <c>pods</c>, <c>leases.coordination.k8s.io</c>.</summary>
    public string QualifiedResource => Group.Length == 0 ? Plural : Plural + "." + Group;

    /// <summary>The kind as failures name it: <c>Pod</c>, <c>Lease.coordination.k8s.io</c>.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : Kind + "." + Group;

    /// <summary>Where its objects are kept in the store.</summary>
    public string Collection => QualifiedResource;

    /// <summary>How each of its stored documents begins.</summary>
    public byte[] DocumentPrefix { get; } =
        [.. Encoding.UTF8.GetBytes($$"""{"kind":"{{Kind}}","apiVersion":"{{(Group.Length == 0 ? Version : Group + "/" + Version)}}","""), .. DocumentDraft.Slot];

    public bool Has(string verb) => Verbs.Contains(verb);

    public Subresource? Subresource(string name) => Subresources.FirstOrDefault(s => s.Name == name);
}
