namespace Kube.Manifests;

/// <summary>One object of a manifest, parsed and checked: it has an apiVersion, a kind, and a name or the start of one.</summary>
public sealed record Manifest
{
    /// <summary>The object, UTF-8.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Its <c>apiVersion</c>, such as <c>v1</c> or <c>apps/v1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Its <c>kind</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its <c>metadata.name</c>; null where the server is to make one up from <see cref="GenerateName"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Its <c>metadata.generateName</c>.</summary>
    public string? GenerateName { get; init; }

    /// <summary>Its <c>metadata.namespace</c>; null where it names none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Where it came from: a path, a URL without user info and query, or <c>text</c>.</summary>
    public required string Source { get; init; }

    /// <summary>In which document of the source, from 1; empty ones are not counted.</summary>
    public required int Document { get; init; }

    /// <summary>The line, from 1, at which it starts in the source.</summary>
    public required int Line { get; init; }

    internal Func<string, (int Line, int Column)?> Positions { get; init; } = _ => null;

    /// <summary>
    /// Where the field at a path such as <c>spec.containers[0].name</c> stands, line and column from 1. Where there is no such field: where the
    /// nearest one above it is, as that is where it would have to be.
    /// </summary>
    public (int Line, int Column) Position(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        for (var end = path.Length; end > 0; end = path.AsSpan(0, end).LastIndexOfAny('.', '['))
            if (Positions(path[..end]) is { } position)
                return position;
        return Positions("") ?? (Line, 1);
    }

    /// <summary>What is wrong with a field of it, for example what a server says of it, with the place where the author wrote it.</summary>
    public ManifestException Wrong(string path, string message)
    {
        var (line, column) = Position(path);
        return new FaultyPlace(message, Document, line, column).In(Source);
    }

    /// <summary>Its kind and name.</summary>
    public override string ToString() => $"{Kind} {Name ?? GenerateName + "…"}";
}
