namespace Kube.Manifests;

/// <summary>A manifest that cannot be used. Nothing was created from it.</summary>
public sealed class ManifestException(string message, Exception? inner = null) : KubeException(message, inner)
{
    /// <summary>Where it came from: a path, a URL without user info and query, or <c>text</c>.</summary>
    public new string? Source { get; init; }

    /// <summary>Which document, from 1.</summary>
    public int? Document { get; init; }

    /// <summary>The line in the source, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>The column, from 1.</summary>
    public int? Column { get; init; }
}
