namespace Kube.Manifests;

/// <summary>Where manifests come from: a URL, files, or text.</summary>
public abstract record ManifestSource
{
    ManifestSource() { }

    /// <summary>What is at a URL. User info in it serves as a credential and is never shown.</summary>
    /// <param name="Address">An http or https URL.</param>
    public sealed record Url(Uri Address) : ManifestSource
    {
        /// <summary>Identity and limits of the request.</summary>
        public FetchOptions Options { get; init; } = new();

        /// <summary>The address without user info and query.</summary>
        public override string ToString() => RedactedUri.Of(Address);
    }

    /// <summary>A file, the files that a pattern matches, or with <see cref="Recurse"/> those of a folder.</summary>
    /// <param name="Path">The path, in which <c>*</c>, <c>?</c> and <c>[a-z]</c> stand for parts of a name unless a file is called exactly so.</param>
    public sealed record Files(string Path) : ManifestSource
    {
        /// <summary>Read folders whole: every .yaml, .yml and .json file at any depth, in the order of their paths. Default: folders are refused.</summary>
        public bool Recurse { get; init; }

        /// <summary>Take the path as it is, whatever characters are in it. Default: wildcards mean something.</summary>
        public bool Literal { get; init; }

        /// <summary>The folder that a relative path starts from. Default: the process's current folder.</summary>
        public string? Folder { get; init; }

        /// <inheritdoc/>
        public override string ToString() => Path;
    }

    /// <summary>JSON or YAML itself.</summary>
    /// <param name="Content">One or several documents.</param>
    public sealed record Text(string Content) : ManifestSource
    {
        /// <summary>What errors call it; by default <c>text</c>.</summary>
        public string Name { get; init; } = "text";

        /// <summary>Whether somebody wrote it so; else lines and columns say nothing, and errors leave them out. Default true.</summary>
        public bool IsWritten { get; init; } = true;

        /// <summary>The name alone: the content may be secret.</summary>
        public override string ToString() => Name;
    }
}
