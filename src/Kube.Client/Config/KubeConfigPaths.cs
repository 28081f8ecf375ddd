namespace Kube.Config;

/// <summary>Where kubeconfigs are.</summary>
public static class KubeConfigPaths
{
    /// <summary>The files that <c>$KUBECONFIG</c> lists, else <c>~/.kube/config</c>.</summary>
    public static IReadOnlyList<string> Default() => From(Environment.GetEnvironmentVariable("KUBECONFIG"));

    /// <summary>The file that new entries go to, as kubectl chooses it: the only one; else the last that is there; else the last.</summary>
    public static string ForNew(IReadOnlyList<string> paths) => paths.LastOrDefault(File.Exists) ?? paths[^1];

    internal static IReadOnlyList<string> From(string? variable)
    {
        var listed = (variable ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        return listed.Count > 0 ? listed
            : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".kube", "config")];
    }
}
