namespace Kube.Config;

/// <summary>A kubeconfig: one file, or several merged. Nothing in it is checked before it is used.</summary>
/// <remarks>Merging is kubectl's: of two entries with one name the first file's counts, whole; the current context is that of the first file that sets one; relative
/// paths are relative to the file that they stand in (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/).</remarks>
public sealed partial class KubeConfig
{
    readonly IReadOnlyList<KubeConfigCluster> _clusters;
    readonly IReadOnlyList<KubeConfigUser> _users;

    internal KubeConfig(
        string? currentContext, IReadOnlyList<KubeConfigContext> contexts, IReadOnlyList<KubeConfigCluster> clusters, IReadOnlyList<KubeConfigUser> users,
        IReadOnlyList<string> lookedAt, IReadOnlyList<string> paths)
    {
        CurrentContext = currentContext;
        Contexts = contexts;
        (_clusters, _users) = (clusters, users);
        (LookedAt, Paths) = (lookedAt, paths);
    }

    /// <summary>The context that is meant when none is named; null where none is set.</summary>
    public string? CurrentContext { get; }

    /// <summary>All contexts, in the files' order.</summary>
    public IReadOnlyList<KubeConfigContext> Contexts { get; }

    /// <summary>The files that were read.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The files that would have been read if they were there.</summary>
    public IReadOnlyList<string> LookedAt { get; }

    /// <summary>Reads what kubectl reads: the files in <c>$KUBECONFIG</c>, else <c>~/.kube/config</c>. Missing ones are left out; with none
    /// there is no context in the result.</summary>
    /// <exception cref="KubeConfigException">A file is not readable, or is no kubeconfig.</exception>
    public static KubeConfig Load() => Load(KubeConfigPaths.Default());

    /// <summary>Reads one file, which must be there.</summary>
    /// <exception cref="KubeConfigException">It is missing, not readable, or no kubeconfig.</exception>
    public static KubeConfig Load(string path)
    {
        var full = Path.GetFullPath(path);
        return KubeConfigReader.ReadFile(full) ?? throw new KubeConfigException($"The kubeconfig '{full}' is not there.", full);
    }

    /// <summary>Reads several files as <c>$KUBECONFIG</c> lists them: missing ones are left out.</summary>
    /// <exception cref="KubeConfigException">A file is not readable, or is no kubeconfig.</exception>
    public static KubeConfig Load(IReadOnlyList<string> paths)
    {
        var full = paths.Select(Path.GetFullPath).Distinct().ToList();
        return Merge([.. full.Select(KubeConfigReader.ReadFile).OfType<KubeConfig>()], full);
    }

    /// <summary>Reads the text of a kubeconfig, YAML or JSON. Relative paths in it are relative to the working folder.</summary>
    /// <exception cref="KubeConfigException">It is no kubeconfig.</exception>
    public static KubeConfig Parse(string text) => KubeConfigReader.Read(text, null);

    /// <summary>The tokens of a user's OIDC login; null where there is none.</summary>
    internal (string? IdToken, string? RefreshToken)? OidcTokens(string user) =>
        _users.FirstOrDefault(u => u.Name == user)?.AuthProvider is { } provider ? (provider["id-token"], provider["refresh-token"]) : null;

    static KubeConfig Merge(IReadOnlyList<KubeConfig> files, IReadOnlyList<string> lookedAt) => new(
        files.Select(f => f.CurrentContext).FirstOrDefault(c => c is not null),
        [.. files.SelectMany(f => f.Contexts).DistinctBy(c => c.Name)],
        [.. files.SelectMany(f => f._clusters).DistinctBy(c => c.Name)],
        [.. files.SelectMany(f => f._users).DistinctBy(u => u.Name)],
        lookedAt, [.. files.SelectMany(f => f.Paths)]);
}
