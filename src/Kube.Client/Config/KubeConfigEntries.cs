namespace Kube.Config;

/// <summary>A context of a kubeconfig: which cluster, as whom, in which namespace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cluster">The name of its cluster.</param>
/// <param name="User">The name of its user; null: nobody in particular.</param>
/// <param name="Namespace">The namespace that is meant when none is named; null: <c>default</c>.</param>
/// <param name="Path">The file that it is in; null for text.</param>
public sealed record KubeConfigContext(string Name, string? Cluster, string? User, string? Namespace, string? Path);

/// <summary>A cluster of a kubeconfig, as it is written there.</summary>
sealed record KubeConfigCluster(string Name, string? Path)
{
    public string? Server { get; init; }

    public string? TlsServerName { get; init; }

    public bool InsecureSkipTlsVerify { get; init; }

    public string? CertificateAuthority { get; init; }

    public string? CertificateAuthorityData { get; init; }

    public bool DisableCompression { get; init; }

    public string? ProxyUrl { get; init; }

    /// <summary>What credential plugins are told of this cluster: JSON.</summary>
    public string? ExecConfig { get; init; }
}

/// <summary>A user of a kubeconfig, as it is written there. Its text form shows no secret.</summary>
sealed record KubeConfigUser(string Name, string? Path)
{
    public string? ClientCertificate { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientKey { get; init; }

    public string? ClientKeyData { get; init; }

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string? As { get; init; }

    public string? AsUid { get; init; }

    public IReadOnlyList<string> AsGroups { get; init; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> AsUserExtra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public KubeConfigExec? Exec { get; init; }

    public KubeConfigAuthProvider? AuthProvider { get; init; }

    public override string ToString() => Name;
}

/// <summary>A user's credential plugin, as it is written there. Its text form shows no secret.</summary>
sealed record KubeConfigExec
{
    public string? ApiVersion { get; init; }

    /// <summary>A name for PATH, or a path: relative ones are relative to the kubeconfig's folder.</summary>
    public string? Command { get; init; }

    public IReadOnlyList<string> Args { get; init; } = [];

    public IReadOnlyList<(string Name, string Value)> Env { get; init; } = [];

    public string? InteractiveMode { get; init; }

    public bool ProvideClusterInfo { get; init; }

    public string? InstallHint { get; init; }

    public override string ToString() => Command ?? "";
}

/// <summary>A user's auth-provider, as it is written there. Its text form shows no secret.</summary>
sealed record KubeConfigAuthProvider(string? Name, IReadOnlyDictionary<string, string> Config)
{
    public string? this[string key] => Config.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    public override string ToString() => Name ?? "";
}
