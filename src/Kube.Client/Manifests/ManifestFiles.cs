using System.Text;
using System.Text.RegularExpressions;

namespace Kube.Manifests;

/// <summary>Which files a path means, and their bytes.</summary>
static class ManifestFiles
{
    static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>The files, full paths, in order; at least one.</summary>
    /// <exception cref="ManifestException">There is none, or a folder without <see cref="ManifestSource.Files.Recurse"/>.</exception>
    public static IReadOnlyList<string> Find(ManifestSource.Files source)
    {
        if (source.Path.Length == 0 || source.Path.Contains('\0'))
            throw ManifestException.On("-Path", ManifestFault.NotFound, "this is no path; expected one of a file or a folder");
        var path = Path.GetFullPath(source.Path, Path.GetFullPath(source.Folder ?? Environment.CurrentDirectory));
        try
        {
            if (File.Exists(path))
                return [path];
            if (Directory.Exists(path))
                return source.Recurse ? InFolder(path) : throw ManifestException.On(path, ManifestFault.Invalid, "this is a folder; expected a file, or -Recurse to read all .yaml, .yml and .json files in it");
            return !source.Literal && HasWildcards(path) ? Matching(path, source.Recurse) : throw NotFound(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(path, e);
        }
    }

    /// <summary>The bytes of a file; a pipe is one as well.</summary>
    public static async Task<ReadOnlyMemory<byte>> LoadAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotFound(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(path, e);
        }
    }

    static List<string> InFolder(string folder)
    {
        var files = new List<string>();
        Collect(new DirectoryInfo(folder), files);
        return files.Count > 0 ? files : throw ManifestException.On(folder, ManifestFault.NotFound, "there is no file in this folder; expected .yaml, .yml or .json files");
    }

    static void Collect(DirectoryInfo folder, List<string> files)
    {
        var entries = folder.GetFileSystemInfos();
        Array.Sort(entries, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var entry in entries)
        {
            // A link to a folder may lead back to where we are; a link to a file is a file.
            if (entry is DirectoryInfo { LinkTarget: null } below)
                Collect(below, files);
            else if (entry is FileInfo && Extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                files.Add(entry.FullName);
        }
    }

    static List<string> Matching(string path, bool recurse)
    {
        var root = Path.GetPathRoot(path)!;
        var found = new List<string> { root };
        foreach (var part in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            found = [.. found.Where(Directory.Exists).SelectMany(folder => Entries(folder, part))];
        var files = found.SelectMany(entry => File.Exists(entry) ? [entry] : recurse && Directory.Exists(entry) ? InFolder(entry) : []).ToList();
        return files.Count > 0 ? files : throw ManifestException.On(path, ManifestFault.NotFound, "no file matches; expected at least one");
    }

    static IEnumerable<string> Entries(string folder, string part)
    {
        var exact = Path.Combine(folder, part);
        if (!HasWildcards(part) || Path.Exists(exact))
            return [exact];
        var pattern = new Regex(Translate(part), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | (OperatingSystem.IsLinux() ? 0 : RegexOptions.IgnoreCase));
        // As in a shell, what starts with a point is meant only by what starts with one.
        return Directory.EnumerateFileSystemEntries(folder)
            .Where(entry => Path.GetFileName(entry) is var name && (part[0] == '.' || name[0] != '.') && pattern.IsMatch(name))
            .Order(StringComparer.Ordinal);
    }

    static bool HasWildcards(string path) => path.AsSpan().ContainsAny("*?[");

    static string Translate(string part)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '*')
                regex.Append(".*");
            else if (part[i] == '?')
                regex.Append('.');
            else if (part[i] == '[' && part.IndexOf(']', i + 1) is var end && end > i + 1)
            {
                regex.Append('[').Append(part[(i + 1)..end].Replace(@"\", @"\\").Replace("^", @"\^").Replace("[", @"\[")).Append(']');
                i = end;
            }
            else
                regex.Append(Regex.Escape(part[i].ToString()));
        }
        return regex.Append(@"\z").ToString();
    }

    static ManifestException NotFound(string path) => ManifestException.On(path, ManifestFault.NotFound, "there is no such file; expected a manifest there");

    static ManifestException NotReadable(string path, Exception e) =>
        ManifestException.On(path, e is UnauthorizedAccessException ? ManifestFault.Denied : ManifestFault.Invalid, $"it cannot be read: {e.Message}", e);
}
