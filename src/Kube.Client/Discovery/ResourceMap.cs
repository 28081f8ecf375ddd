namespace Kube.Discovery;

/// <summary>What people and documents call a resource, and which one they mean. Pure.</summary>
/// <param name="Resources">All resources, in the server's order: the core group first, in each group the preferred version first.</param>
/// <param name="Unavailable">The group-versions whose resources the server could not list now.</param>
sealed record ResourceMap(IReadOnlyList<KubeResource> Resources, IReadOnlyList<string> Unavailable)
{
    /// <summary>What every cluster has.</summary>
    public static ResourceMap BuiltIn { get; } = new(KubeResources.All, []);

    /// <summary>The resource of a name as people type it: plural, singular, kind or short name, alone or followed by <c>.group</c> or <c>.version.group</c>, in any case.
    /// Where several fit, the first does: the core group before others. Full names come before short ones.</summary>
    public KubeResource? Find(string name) => FindIn(name, apiVersion: null);

    /// <summary>The same in one version alone, such as <c>apps/v1</c>; null: in any.</summary>
    public KubeResource? FindIn(string name, string? apiVersion)
    {
        var parts = name.Split('.', 2);
        return First(name, static _ => true)
            ?? (parts.Length < 2 ? null
                : First(parts[0], r => Same($"{r.Version}.{r.Group}", parts[1]))
                ?? First(parts[0], r => Same(r.Group, parts[1]))
                // kubectl's way to write the core group: pods.v1 and pods.v1. (with the last dot).
                ?? First(parts[0], r => r.Group.Length == 0 && Same(r.Version, parts[1].TrimEnd('.'))));

        KubeResource? First(string word, Func<KubeResource, bool> fits) => word.Length == 0 ? null
            : Resources.FirstOrDefault(r => IsMeant(r) && fits(r) && (Same(r.Name, word) || Same(r.Singular, word) || Same(r.Kind, word)))
            ?? Resources.FirstOrDefault(r => IsMeant(r) && fits(r) && r.ShortNames.Any(s => Same(s, word)));

        bool IsMeant(KubeResource resource) => apiVersion is null || Same(resource.ApiVersion, apiVersion);
    }

    /// <summary>The resource of a document.</summary>
    public KubeResource? Find(string apiVersion, string kind) => Resources.FirstOrDefault(r => r.ApiVersion == apiVersion && r.Kind == kind);

    static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
