using System.Formats.Tar;

namespace Kube.Module.Copying;

/// <summary>Packs files and folders of this machine. Links stay links; GNU's form, as every tar reads its long names.</summary>
static class TarPacker
{
    const UnixFileMode FolderMode = (UnixFileMode)0b111_101_101, PlainMode = (UnixFileMode)0b110_100_100;

    static readonly FileStreamOptions Reading = new() { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan };

    /// <summary>The bytes of all files.</summary>
    public static long Measure(IEnumerable<string> sources) => sources.Sum(source =>
        new FileInfo(source) is { Exists: true, LinkTarget: null } file ? file.Length
        : new DirectoryInfo(source) is { Exists: true, LinkTarget: null } folder ? Measure(folder.EnumerateFileSystemInfos().Select(item => item.FullName)) : 0);

    /// <summary>Packs each source under a name.</summary>
    public static async Task PackAsync(IEnumerable<(string Source, string Name)> items, Stream target, CopyProgress progress, CancellationToken cancel)
    {
        await using var tar = new TarWriter(target, TarEntryFormat.Gnu, leaveOpen: true);
        foreach (var (source, name) in items) await AddAsync(tar, source, name, progress, cancel);
    }

    static async Task AddAsync(TarWriter tar, string source, string name, CopyProgress progress, CancellationToken cancel)
    {
        FileSystemInfo info = Directory.Exists(source) ? new DirectoryInfo(source) : new FileInfo(source);
        progress.Current = name;
        if (info.LinkTarget is { } link)
        {
            await tar.WriteEntryAsync(Entry(TarEntryType.SymbolicLink, info, name, PlainMode, link.Replace('\\', '/')), cancel);
            return;
        }
        if (info is DirectoryInfo folder)
        {
            await tar.WriteEntryAsync(Entry(TarEntryType.Directory, info, name + "/", FolderMode), cancel);
            foreach (var item in folder.EnumerateFileSystemInfos().OrderBy(item => item.Name, StringComparer.Ordinal))
                await AddAsync(tar, item.FullName, $"{name}/{item.Name}", progress, cancel);
            return;
        }
        // Pipes would be waited on for ever; .NET tells them, as sockets and devices, by these attributes.
        if ((info.Attributes & FileAttributes.Device) != 0)
        {
            progress.Skipped.Enqueue(source);
            return;
        }
        await using var content = new FileStream(source, Reading);
        if (!content.CanSeek)
        {
            progress.Skipped.Enqueue(source);
            return;
        }
        var entry = Entry(TarEntryType.RegularFile, info, name, PlainMode);
        entry.DataStream = new CountingStream(content, progress);
        await tar.WriteEntryAsync(entry, cancel);
    }

    static GnuTarEntry Entry(TarEntryType type, FileSystemInfo info, string name, UnixFileMode usual, string? link = null)
    {
        var entry = new GnuTarEntry(type, name) { ModificationTime = info.LastWriteTimeUtc, Mode = OperatingSystem.IsWindows() || link is not null ? usual : info.UnixFileMode };
        if (link is not null) entry.LinkName = link;
        return entry;
    }
}
