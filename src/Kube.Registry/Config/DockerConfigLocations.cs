namespace Kube.Registry;

/// <summary>
/// The folders in which Docker's configuration files are looked for, in the kubelet's order: <c>config.json</c> in the preferred
/// folder, the working folder, <c>~/.docker</c>, <c>/.docker</c>; only when none of these can be parsed, <c>.dockercfg</c> in the
/// preferred folder, the working folder, <c>~</c>, <c>/</c>.
/// </summary>
public sealed record DockerConfigLocations
{
    /// <summary>The folder that comes first; null: none.</summary>
    public string? Preferred { get; init; }

    /// <summary>The working folder; null: it is left out.</summary>
    public string? Working { get; init; }

    /// <summary>The user's folder; null: the user has none.</summary>
    public string? Home { get; init; }

    /// <summary>The root folder; null: it is left out.</summary>
    public string? Root { get; init; }

    /// <summary>This process's folders: the preferred one is the parameter, else <c>$DOCKER_CONFIG</c>.</summary>
    /// <param name="preferred">The folder with <c>config.json</c>, as <c>--docker-config</c> names it; null or empty: <c>$DOCKER_CONFIG</c>.</param>
    /// <param name="working">The working folder; null: the process's.</param>
    public static DockerConfigLocations Default(string? preferred = null, string? working = null)
    {
        working ??= Environment.CurrentDirectory;
        preferred = NotEmpty(preferred) ?? NotEmpty(Environment.GetEnvironmentVariable("DOCKER_CONFIG"));
        return new DockerConfigLocations
        {
            Preferred = preferred is null ? null : Path.GetFullPath(preferred, working),
            Working = working,
            Home = NotEmpty(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)),
            Root = Path.GetPathRoot(working),
        };
    }

    /// <summary>The file that docker login would write: in the preferred folder, else in <c>~/.docker</c>; null where there is neither.</summary>
    public string? LoginFile => (Preferred ?? (Home is null ? null : Path.Combine(Home, ".docker"))) is { } folder ? Path.Combine(folder, "config.json") : null;

    /// <summary>The files in the order in which they are tried.</summary>
    internal IEnumerable<DockerConfigFile> Files()
    {
        foreach (var (folder, below) in new[] { (Preferred, ""), (Working, ""), (Home, ".docker"), (Root, ".docker") })
        {
            if (folder is not null)
                yield return new DockerConfigFile(Path.Combine(folder, below, "config.json"), DockerConfigFormat.ConfigJson, ReferenceEquals(folder, Working));
        }
        foreach (var folder in new[] { Preferred, Working, Home, Root })
        {
            if (folder is not null)
                yield return new DockerConfigFile(Path.Combine(folder, ".dockercfg"), DockerConfigFormat.Dockercfg, false);
        }
    }

    static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>A place to look.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">Its layout.</param>
/// <param name="MayBeAnothers">Whether any program may keep a file of that name there.</param>
sealed record DockerConfigFile(string Path, DockerConfigFormat Format, bool MayBeAnothers);
