namespace Kube.Server.Kinds;

/// <summary>A subresource as discovery lists it.</summary>
/// <param name="Name">Its name in URLs, such as <c>status</c>.</param>
/// <param name="Kind">The kind of its documents.</param>
/// <param name="Verbs">What can be done with it.</param>
sealed record Subresource(string Name, string Kind, params IReadOnlyList<string> Verbs)
{
    /// <summary>Its number of replicas alone.</summary>
    public static Subresource Scale { get; } = new("scale", "Scale", "get", "patch", "update") { Group = "autoscaling", Version = "v1" };

    /// <summary>The group of its documents where it is not the resource's own, as for <c>scale</c>.</summary>
    public string? Group { get; init; }

    /// <summary>The version of its documents where it is not the resource's own.</summary>
    public string? Version { get; init; }

    /// <summary>Answers a POST; null where the API's own verbs or a route of their own serve it.</summary>
    public CreateHandler? Create { get; init; }

    /// <summary>Where a scale finds its numbers; null: where all workloads have them.</summary>
    public ScalePaths? Paths { get; init; }

    /// <summary>Its status, which controllers and agents write.</summary>
    public static Subresource Status(string kind) => new("status", kind, "get", "patch", "update");

    /// <summary>The kind of its documents, as far as reading them needs it.</summary>
    /// <param name="owner">The kind that it belongs to.</param>
    public KindDefinition DocumentKind(KindDefinition owner) => Group is null && Kind == owner.Kind ? owner : new(Group ?? owner.Group, Version ?? owner.Version, Kind, owner.Plural);
}
