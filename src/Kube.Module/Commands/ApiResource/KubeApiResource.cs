namespace Kube;

/// <summary>A kind of objects that a server has, and what it can do with it.</summary>
public sealed class KubeApiResource
{
    /// <summary>A resource of a server.</summary>
    public KubeApiResource(KubeResource resource, bool isPreferred, KubeConnection? connection) => (Resource, IsPreferred, Connection) = (resource, isPreferred, connection);

    /// <summary>The plural name, such as <c>pods</c>.</summary>
    public string Name => Resource.Name;

    /// <summary>The kind, such as <c>Pod</c>.</summary>
    public string Kind => Resource.Kind;

    /// <summary>The API group; empty for the core group.</summary>
    public string Group => Resource.Group;

    /// <summary>The version within the group.</summary>
    public string Version => Resource.Version;

    /// <summary>The <c>apiVersion</c> of its documents.</summary>
    public string ApiVersion => Resource.ApiVersion;

    /// <summary>Short names, such as <c>po</c>.</summary>
    public string[] ShortNames => [.. Resource.ShortNames];

    /// <summary>The singular name.</summary>
    public string Singular => Resource.Singular;

    /// <summary>Whether its objects live in a namespace.</summary>
    public bool Namespaced => Resource.Namespaced;

    /// <summary>What can be done with it.</summary>
    public string[] Verbs => [.. Resource.Verbs];

    /// <summary>Categories, such as <c>all</c>.</summary>
    public string[] Categories => [.. Resource.Categories];

    /// <summary>Subresources, such as <c>status</c>.</summary>
    public string[] Subresources => [.. Resource.Subresources];

    /// <summary>Whether this is the version that its group prefers.</summary>
    public bool IsPreferred { get; }

    internal KubeResource Resource { get; }

    /// <summary>The cluster that has it.</summary>
    public KubeConnection? Connection { get; }

    /// <summary>Its full name, such as <c>deployments.apps</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Name : $"{Name}.{Group}";
}
