namespace Kube.Module.Copying;

/// <summary>Where what an archive holds may go on this machine. What a container sends is not trusted: nothing may leave the destination.</summary>
static class ArchivePath
{
    /// <summary>The parts of an entry's name, below the destination.</summary>
    /// <exception cref="UnsafePathException">It leads elsewhere.</exception>
    public static string[] Split(string name, bool isWindows)
    {
        if (name.StartsWith('/')) throw new UnsafePathException(name, "it is absolute");
        var parts = name.Split('/').Where(part => part is not ("" or ".")).ToArray();
        if (parts.Contains("..")) throw new UnsafePathException(name, "it leads upwards");
        if (name.Contains('\0')) throw new UnsafePathException(name, "it holds a zero byte");
        // Elsewhere these are letters like any other.
        if (isWindows && name.AsSpan().ContainsAny("\\:*?\"<>|")) throw new UnsafePathException(name, "Windows has no such file names");
        return parts;
    }

    /// <summary>Refuses a symbolic link that leads out of the destination.</summary>
    /// <param name="parts">The link's own place, below the destination.</param>
    /// <param name="target">What it says.</param>
    /// <exception cref="UnsafePathException">It does.</exception>
    public static void CheckLink(string[] parts, string target)
    {
        var name = string.Join('/', parts);
        if (target.StartsWith('/') || Path.IsPathRooted(target)) throw new UnsafePathException(name, $"it is a link to the absolute path '{target}'");
        var depth = parts.Length - 1;
        foreach (var part in target.Split('/'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0) throw new UnsafePathException(name, $"it is a link to '{target}', which is outside");
        }
    }

    /// <summary>Refuses a place behind a symbolic link that is there already, whoever made it.</summary>
    /// <exception cref="UnsafePathException">There is one on the way.</exception>
    public static void CheckParents(string root, string[] parts)
    {
        var folder = root;
        foreach (var part in parts[..^1])
        {
            folder = Path.Combine(folder, part);
            if (new DirectoryInfo(folder).LinkTarget is not null) throw new UnsafePathException(string.Join('/', parts), $"'{folder}' is a link");
        }
    }
}

/// <summary>An entry of an archive that is not unpacked for its path.</summary>
sealed class UnsafePathException(string name, string why) : Exception($"'{name}' is not copied: {why}.");
