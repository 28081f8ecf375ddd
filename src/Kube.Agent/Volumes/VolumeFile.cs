namespace Kube.Agent.Volumes;

/// <summary>One file of a volume.</summary>
/// <param name="Path">Its path in the volume, with slashes.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="Content">What is in it.</param>
sealed record VolumeFile(string Path, UnixFileMode Mode, ReadOnlyMemory<byte> Content)
{
    /// <summary>Kubernetes' default permissions, 0644.</summary>
    public const int DefaultMode = 0b110_100_100;

    const int AllPermissions = 0b111_111_111;

    /// <summary>Why a path cannot be a file's in a volume; null: it can.</summary>
    public static string? Refuse(string path)
    {
        if (path.Length == 0)
            return "a path must not be empty";
        if (path.StartsWith('/') || System.IO.Path.IsPathRooted(path))
            return $"the path '{path}' must be relative";
        var parts = path.Split('/', '\\');
        if (parts.Contains(".."))
            return $"the path '{path}' must not hold '..'";
        return parts[0].StartsWith("..", StringComparison.Ordinal) ? $"the path '{path}' must not start with '..'" : null;
    }

    /// <summary>The files of a config map's or secret's keys: all keys by their names, or the items alone by their paths.</summary>
    /// <exception cref="FormatException">A key or path is at fault.</exception>
    public static IEnumerable<VolumeFile> FromKeys(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> data, IReadOnlyList<ItemSpec> items, int mode, bool optional, string kind)
    {
        if (items.Count == 0)
            return data.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => Make(entry.Key, mode, entry.Value)).ToList();

        var files = new List<VolumeFile>();
        foreach (var item in items)
            if (data.TryGetValue(item.Key, out var content))
                files.Add(Make(item.Path, item.Mode ?? mode, content));
            else if (!optional)
                throw new FormatException($"{(kind == "configmap" ? "configmap references non-existent config key" : "references non-existent secret key")}: {item.Key}");
        return files;
    }

    /// <summary>Makes a file.</summary>
    /// <exception cref="FormatException">Path or mode are at fault.</exception>
    public static VolumeFile Make(string path, int mode, ReadOnlyMemory<byte> content) =>
        Refuse(path) is { } reason ? throw new FormatException(reason)
        : mode is < 0 or > AllPermissions ? throw new FormatException($"the mode of '{path}' must be between 0 and 0777 (octal)")
        : new VolumeFile(path, (UnixFileMode)mode, content);

    /// <summary>Of several files with one path the last stays, as in a projected volume.</summary>
    public static IReadOnlyList<VolumeFile> Merge(IEnumerable<VolumeFile> files)
    {
        var merged = new SortedDictionary<string, VolumeFile>(StringComparer.Ordinal);
        foreach (var file in files)
            merged[file.Path] = file;
        string? previous = null;
        foreach (var path in merged.Keys)
        {
            if (previous is not null && path.StartsWith(previous + "/", StringComparison.Ordinal))
                throw new FormatException($"'{previous}' is a file and cannot hold '{path}'");
            previous = path;
        }
        return [.. merged.Values];
    }
}
