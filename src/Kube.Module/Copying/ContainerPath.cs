namespace Kube.Module.Copying;

/// <summary>An item in a container: the folder that it is in, and its name there, which may be a pattern.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Name">The name.</param>
readonly record struct ContainerPath(string Folder, string Name)
{
    /// <summary>Whether a shell has to find out what is meant.</summary>
    public bool IsPattern => Name.AsSpan().ContainsAny("*?[");

    /// <summary>Takes a path apart.</summary>
    /// <exception cref="FormatException">It names no single item.</exception>
    public static ContainerPath Parse(string path)
    {
        var trimmed = path.TrimEnd('/');
        var slash = trimmed.LastIndexOf('/');
        var parsed = new ContainerPath(slash < 0 ? "." : slash == 0 ? "/" : trimmed[..slash], trimmed[(slash + 1)..]);
        if (parsed.Name is "" or "." or "..") throw new FormatException($"'{path}' names no file or folder: its last part must be a name.");
        return parsed.Folder.AsSpan().ContainsAny("*?[") ? throw new FormatException($"'{path}' has a wildcard before its last part; only the last may have them.") : parsed;
    }
}
