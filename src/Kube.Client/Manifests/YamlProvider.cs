namespace Kube.Manifests;

/// <summary>
/// The process's way to YAML. A process that references Kube.Yaml says so with <see cref="Use"/>; in any other the folder <c>yaml/</c> beside
/// Kube.Client is loaded when YAML is first met, so that nobody else's assembly enters a session that reads none.
/// </summary>
public static class YamlProvider
{
    static readonly Lock Gate = new();
    static volatile IYaml? _current;

    /// <summary>The YAML of this process.</summary>
    /// <exception cref="ManifestException">Kube.Yaml is not beside Kube.Client, or cannot be loaded.</exception>
    public static IYaml Current
    {
        get
        {
            if (_current is { } current)
                return current;
            lock (Gate)
                return _current ??= YamlLoadContext.Load(BesideThisAssembly);
        }
    }

    /// <summary>Makes <paramref name="yaml"/> the YAML of this process, from the next document on.</summary>
    public static void Use(IYaml yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        lock (Gate)
            _current = yaml;
    }

    internal static string BesideThisAssembly => Beside(Path.GetDirectoryName(typeof(YamlProvider).Assembly.Location) ?? AppContext.BaseDirectory);

    /// <summary>The folder with YAML of the one that Kube.Client lies in. Compiled for one system, Kube.Client lies in a folder of that name, one deeper.</summary>
    internal static string Beside(string folder)
    {
        var beside = Path.Combine(folder, "yaml");
        return !Directory.Exists(beside) && Path.GetDirectoryName(folder) is { } above && Path.Combine(above, "yaml") is var shared && Directory.Exists(shared) ? shared : beside;
    }
}
