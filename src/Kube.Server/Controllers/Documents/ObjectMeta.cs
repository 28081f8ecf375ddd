namespace Kube.Server.Controllers.Documents;

/// <summary>What every object says of itself.</summary>
sealed record ObjectMeta
{
    public string Name { get; init; } = "";

    public string? Namespace { get; init; }

    public string Uid { get; init; } = "";

    public string? ResourceVersion { get; init; }

    public long Generation { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    public DateTimeOffset? DeletionTimestamp { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public IReadOnlyList<string>? Finalizers { get; init; }

    public IReadOnlyList<OwnerReference>? OwnerReferences { get; init; }

    /// <summary>The owner that controls it; null: none does.</summary>
    public OwnerReference? Controller => OwnerReferences?.FirstOrDefault(o => o.Controller == true);

    /// <summary><c>NAMESPACE/NAME</c>, or the name alone of what has no namespace.</summary>
    public string Key => Namespace is null ? Name : Namespace + "/" + Name;
}

/// <summary>An object that another belongs to.</summary>
sealed record OwnerReference
{
    public string ApiVersion { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public string Uid { get; init; } = "";

    public bool? Controller { get; init; }

    public bool? BlockOwnerDeletion { get; init; }
}
