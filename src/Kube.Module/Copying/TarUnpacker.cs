using System.Formats.Tar;

namespace Kube.Module.Copying;

/// <summary>Unpacks what a container sends, below a folder and nowhere else.</summary>
/// <param name="root">The folder.</param>
/// <param name="rename">The name that the archive's one item gets; null: its own.</param>
/// <param name="progress">Gets how far it is, and what was refused.</param>
sealed class TarUnpacker(string root, string? rename, CopyProgress progress)
{
    const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    const UnixFileMode OwnersAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Set when all is there: a folder's time changes with what is put into it, and its mode may forbid that.
    readonly List<(string Path, TarEntry Entry)> _folders = [];

    /// <summary>The items at the top of the archive, where they went.</summary>
    public HashSet<string> Items { get; } = [];

    /// <summary>Unpacks to the archive's end.</summary>
    public async Task UnpackAsync(Stream archive, CancellationToken cancel)
    {
        await using var tar = new TarReader(archive, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
            try
            {
                await AddAsync(entry, cancel);
            }
            catch (UnsafePathException refusal)
            {
                progress.Refusals.Enqueue(refusal);
            }
        foreach (var (path, entry) in _folders.AsEnumerable().Reverse()) Finish(path, entry);
    }

    async Task AddAsync(TarEntry entry, CancellationToken cancel)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes) return;
        var parts = Place(entry.Name);
        if (parts.Length == 0) return;
        ArchivePath.CheckParents(root, parts);
        var path = Path.Combine([root, .. parts]);
        progress.Current = string.Join('/', parts);
        Items.Add(Path.Combine(root, parts[0]));
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Unlink(path);
                if (File.Exists(path)) throw new IOException($"'{path}' is a file, and what comes is a folder.");
                Directory.CreateDirectory(path);
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | OwnersAll);
                _folders.Add((path, entry));
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await WriteAsync(path, entry, cancel);
                break;
            case TarEntryType.SymbolicLink:
                ArchivePath.CheckLink(parts, entry.LinkName);
                Unlink(path);
                if (File.Exists(path)) File.Delete(path);
                File.CreateSymbolicLink(path, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                var other = Place(entry.LinkName);
                ArchivePath.CheckParents(root, other);
                var source = Path.Combine([root, .. other]);
                if (new FileInfo(source) is not { Exists: true, LinkTarget: null }) throw new UnsafePathException(entry.Name, $"it is a second name of '{entry.LinkName}', which is not here");
                Unlink(path);
                File.Copy(source, path, overwrite: true);
                break;
            default:
                progress.Skipped.Enqueue(entry.Name);
                break;
        }
    }

    string[] Place(string name)
    {
        var parts = ArchivePath.Split(name, OperatingSystem.IsWindows());
        if (rename is not null && parts.Length > 0) parts[0] = rename;
        return parts;
    }

    async Task WriteAsync(string path, TarEntry entry, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Unlink(path);
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder, and what comes is a file.");
        await using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            if (entry.DataStream is { } content)
            {
                var buffer = new byte[64 << 10];
                int read;
                while ((read = await content.ReadAsync(buffer, cancel)) > 0)
                {
                    await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                    progress.Add(read);
                }
            }
        Finish(path, entry);
    }

    static void Finish(string path, TarEntry entry)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, entry.Mode & Permissions);
        if (Directory.Exists(path)) Directory.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime);
        else File.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime);
    }

    // What is written replaces a link, and does not go where it leads.
    static void Unlink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null) File.Delete(path);
    }
}
