using Kube.Server.Custom;

namespace Kube.Server.Controllers.Documents;

/// <summary>A custom resource definition as controllers read it: who it is, and how it stands with its names.</summary>
sealed record DefinitionDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public DefinitionSpec Spec { get; init; } = new();

    public DefinitionState Status { get; init; } = new();

    public bool IsEstablished => Is(DefinitionStatus.Established);

    /// <summary>Where its objects are found, in the version in which they are kept.</summary>
    public KubeResource Resource => new(Spec.Group, StorageVersion, Spec.Names.Plural, Spec.Names.Kind, Spec.Scope == "Namespaced");

    /// <summary>Where its objects are found for as long as it lives; null where no version is served.</summary>
    public KubeResource? Served => Spec.Versions.Where(v => v.Served).OrderByDescending(v => v.Storage).FirstOrDefault() is { } version ? Resource with { Version = version.Name } : null;

    string StorageVersion => Spec.Versions.First(v => v.Storage).Name;

    public bool Is(string condition) => Status.Conditions?.Any(c => c.Type == condition && c.Status == "True") == true;
}

sealed record DefinitionSpec
{
    public string Group { get; init; } = "";

    public DefinitionNames Names { get; init; } = new();

    public string Scope { get; init; } = "";

    public IReadOnlyList<DefinitionVersion> Versions { get; init; } = [];
}

sealed record DefinitionNames
{
    public string Plural { get; init; } = "";

    public string? Singular { get; init; }

    public IReadOnlyList<string>? ShortNames { get; init; }

    public string Kind { get; init; } = "";

    public string? ListKind { get; init; }

    public IReadOnlyList<string>? Categories { get; init; }
}

sealed record DefinitionVersion
{
    public string Name { get; init; } = "";

    public bool Served { get; init; }

    public bool Storage { get; init; }
}

sealed record DefinitionState
{
    public IReadOnlyList<Condition>? Conditions { get; init; }

    public DefinitionNames AcceptedNames { get; init; } = new();
}
