namespace Kube.Manifests;

/// <summary>A manifest that cannot be used. Nothing was created from it.</summary>
public sealed class ManifestException(string message, Exception? inner = null) : KubeException(message, inner)
{
    /// <summary>What is wrong: the manifest itself (the default), or the way to it.</summary>
    public ManifestFault Fault { get; init; }

    /// <summary>Where it came from: a path, a URL without user info and query, or <c>text</c>.</summary>
    public new string? Source { get; init; }

    /// <summary>Which document, from 1; empty ones are not counted.</summary>
    public int? Document { get; init; }

    /// <summary>The line in the source, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>The column, from 1.</summary>
    public int? Column { get; init; }

    /// <summary>A fault of the way to a manifest, with the source in its message.</summary>
    internal static ManifestException On(string source, ManifestFault fault, string message, Exception? inner = null) =>
        new($"{source}: {message}", inner) { Fault = fault, Source = source };
}

/// <summary>Why a manifest cannot be used.</summary>
public enum ManifestFault
{
    /// <summary>What it says: no YAML or JSON, no object, a field that is missing or wrong.</summary>
    Invalid,
    /// <summary>No such file, or the server answered 404 or 410.</summary>
    NotFound,
    /// <summary>The file may not be read, or the server answered 401 or 403.</summary>
    Denied,
    /// <summary>The server was not reached, is not trusted, or answered what is no success.</summary>
    Unreachable,
    /// <summary>It did not arrive in time.</summary>
    Timeout,
    /// <summary>It is larger than allowed.</summary>
    TooLarge,
    /// <summary>What was asked for cannot be done: a scheme, a header, a redirect.</summary>
    Refused,
}
