using System.Globalization;
using System.Runtime.InteropServices;

namespace Kube.Agent.Volumes;

/// <summary>
/// Writes a folder's files so that readers see either the old ones or the new ones, as the kubelet does: the files are in a folder named for the time, <c>..data</c> is a link to it that is
/// replaced in one step, and what is visible is links into <c>..data</c>. On Windows, where links need a privilege, the files are replaced one by one.
/// </summary>
static class AtomicFolder
{
    const string Data = "..data";
    const UnixFileMode FolderMode = (UnixFileMode)0b111_101_101;

    /// <summary>Makes the folder hold these files and no others. Returns false when it did already; then nothing is written.</summary>
    public static bool Write(string folder, IReadOnlyList<VolumeFile> files, DateTimeOffset now)
    {
        MakeFolder(folder);
        return OperatingSystem.IsWindows() ? WritePlain(folder, files) : WriteLinked(folder, files, now);
    }

    /// <summary>Where a file or folder of the volume is now; null when there is none.</summary>
    public static string? Find(string folder, string path)
    {
        var real = Path.Combine(CurrentOf(folder) ?? folder, path);
        return Path.Exists(real) ? real : null;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    static bool WriteLinked(string folder, IReadOnlyList<VolumeFile> files, DateTimeOffset now)
    {
        var current = CurrentOf(folder);
        if (current is not null && Holds(current, files))
            return false;

        var name = $"..{now.UtcDateTime.ToString("yyyy_MM_dd_HH_mm_ss", CultureInfo.InvariantCulture)}.{Guid.NewGuid():N}";
        var fresh = Path.Combine(folder, name);
        MakeFolder(fresh);
        foreach (var file in files)
        {
            var path = Path.Combine(fresh, file.Path);
            MakeFolders(fresh, file.Path);
            using (var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
                stream.Write(file.Content.Span);
            File.SetUnixFileMode(path, file.Mode);
        }

        var link = Path.Combine(folder, Data);
        var next = link + "_tmp";
        File.Delete(next);
        File.CreateSymbolicLink(next, name);
        // File.Move does not take a link to a folder.
        if (rename(next, link) != 0)
            throw new IOException($"{link} cannot be replaced: {Marshal.GetLastPInvokeErrorMessage()}");

        var visible = files.Select(file => file.Path.Split('/')[0]).ToHashSet();
        foreach (var entry in visible.Select(entry => Path.Combine(folder, entry)).Where(entry => new FileInfo(entry).LinkTarget is null))
            File.CreateSymbolicLink(entry, $"{Data}/{Path.GetFileName(entry)}");
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => entry.Name != Data && entry.Name != name && !visible.Contains(entry.Name)).ToList())
            Delete(entry);
        return true;
    }

    static bool WritePlain(string folder, IReadOnlyList<VolumeFile> files)
    {
        if (Holds(folder, files))
            return false;
        foreach (var file in files)
        {
            MakeFolders(folder, file.Path);
            var path = Path.Combine(folder, file.Path);
            File.WriteAllBytes(path + "..tmp", file.Content.Span);
            File.Move(path + "..tmp", path, overwrite: true);
        }
        var wanted = files.Select(file => Path.GetFullPath(Path.Combine(folder, file.Path))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !wanted.Contains(Path.GetFullPath(path))).ToList())
            File.Delete(path);
        return true;
    }

    static bool Holds(string folder, IReadOnlyList<VolumeFile> files)
    {
        var present = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')).ToHashSet();
        return present.SetEquals(files.Select(file => file.Path)) && files.All(file =>
            Path.Combine(folder, file.Path) is var path
            && (OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == file.Mode)
            && new FileInfo(path).Length == file.Content.Length
            && IsReadable(path)
            && File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Content.Span));
    }

    // A mode such as 0000 keeps out the agent too unless it is root; such a file is written anew.
    static bool IsReadable(string path) => OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserRead);

    static string? CurrentOf(string folder) =>
        new FileInfo(Path.Combine(folder, Data)).LinkTarget is { } target && Path.Combine(folder, target) is var path && Directory.Exists(path) ? path : null;

    static void MakeFolders(string root, string file)
    {
        var path = root;
        foreach (var part in file.Split('/')[..^1])
            MakeFolder(path = Path.Combine(path, part));
    }

    static void MakeFolder(string path)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, FolderMode);
    }

    static void Delete(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo { LinkTarget: null } folder)
            folder.Delete(recursive: true);
        else
            entry.Delete();
    }

    [DllImport("libc", SetLastError = true)]
    static extern int rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
