namespace Kube.Registry;

/// <summary>Where a configured credential is kept.</summary>
enum CredentialPlace
{
    Environment,
    Helper,
    File,
}

/// <summary>A credential that is configured, without its secret.</summary>
public sealed class ConfiguredCredential
{
    readonly Func<CancellationToken, Task<RegistryCredential?>> _get;

    internal ConfiguredCredential(string registry, string userName, string source, Func<CancellationToken, Task<RegistryCredential?>> get) =>
        (Registry, UserName, Source, _get) = (registry, userName, source, get);

    internal ConfiguredCredential(RegistryCredential credential)
        : this(credential.Registry, credential.UserName, credential.Source, _ => Task.FromResult<RegistryCredential?>(credential))
    {
    }

    /// <summary>The registry's key as configured.</summary>
    public string Registry { get; }

    /// <summary>The user.</summary>
    public string UserName { get; }

    /// <summary>A file's path, a helper's program or <c>$DOCKER_AUTH_CONFIG</c>.</summary>
    public string Source { get; }

    internal CredentialPlace Place { get; init; }

    /// <summary>The helper that keeps it.</summary>
    internal string? Helper { get; init; }

    /// <summary>The file that holds it or names its helper.</summary>
    internal DockerConfig? File { get; init; }

    /// <summary>The credential with its secret; null when the helper has it no more.</summary>
    /// <exception cref="CredentialHelperException">The helper that keeps it failed.</exception>
    public Task<RegistryCredential?> GetCredentialAsync(CancellationToken cancel = default) => _get(cancel);

    /// <summary>User, registry and source.</summary>
    public override string ToString() => $"{UserName} at {Registry} (from {Source})";
}
