namespace Kube.Registry;

/// <summary>The two layouts of Docker's credential files.</summary>
public enum DockerConfigFormat
{
    /// <summary><c>config.json</c>: entries below <c>auths</c>, with credential helpers and other settings beside them.</summary>
    ConfigJson,
    /// <summary><c>.dockercfg</c>: the root is the entries.</summary>
    Dockercfg,
}

/// <summary>What a Docker configuration file says about registries.</summary>
public sealed record DockerConfig
{
    /// <summary>The source that messages name: a path, or a secret's <c>namespace/name</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The layout that it was read in.</summary>
    public DockerConfigFormat Format { get; init; }

    /// <summary>The credentials in the file itself, in its order.</summary>
    public IReadOnlyList<RegistryCredential> Credentials { get; init; } = [];

    /// <summary>The registries whose entry is empty, as docker login leaves it where a credential store keeps the secret.</summary>
    public IReadOnlyList<string> StoredRegistries { get; init; } = [];

    /// <summary>Registry to helper (<c>credHelpers</c>); an empty helper means the file itself.</summary>
    public IReadOnlyDictionary<string, string> CredentialHelpers { get; init; } = new Dictionary<string, string>();

    /// <summary>The helper for every other registry (<c>credsStore</c>); null: none.</summary>
    public string? CredentialsStore { get; init; }

    /// <summary>Entries that could not be read, named by file and registry, never by content.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether the document has any of the fields by which a file is known as Docker's.</summary>
    internal bool IsDockers { get; init; }

    /// <summary>The helper that keeps a registry's credential: its own, where several keys match the most specific one's, else the store; null: the file.</summary>
    public string? HelperFor(RegistryKey registry)
    {
        var own = CredentialHelpers
            .Select(helper => (Key: RegistryKey.TryParse(helper.Key, out var key) ? key : null, helper.Value))
            .Where(helper => helper.Key is not null && helper.Key.Covers(registry))
            .OrderBy(helper => helper.Key!, Comparer<RegistryKey>.Create(RegistryKey.CompareSpecificity))
            .Select(helper => helper.Value)
            .FirstOrDefault(CredentialsStore);
        return string.IsNullOrEmpty(own) ? null : own;
    }

    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8, with or without a byte-order mark.</param>
    /// <param name="source">What messages and credentials name as their source.</param>
    /// <param name="format">Which of the two layouts it has.</param>
    /// <exception cref="FormatException">It is no JSON object; the message names the source, line and column and shows no content.</exception>
    public static DockerConfig Parse(ReadOnlySpan<byte> json, string source, DockerConfigFormat format = DockerConfigFormat.ConfigJson) =>
        DockerConfigReader.Read(json, source, format);
}
