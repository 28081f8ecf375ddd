using System.Formats.Tar;

namespace Kube.Agent.Runtime.Docker;

/// <summary>A folder or file of this machine as an archive to unpack in a container. Links are followed: what they lead to is packed.</summary>
static class FolderArchive
{
    const UnixFileMode FolderMode = (UnixFileMode)0b111_101_101;

    /// <summary>Packs a source under the path that it shall have.</summary>
    /// <exception cref="RuntimeException">It cannot be read.</exception>
    public static MemoryStream Of(string source, string target)
    {
        var archive = new MemoryStream();
        try
        {
            using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
                Add(tar, source, target.Trim('/'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RuntimeException($"{source}, which the engine's machine needs a copy of, cannot be read: {e.Message}", e);
        }
        archive.Position = 0;
        return archive;
    }

    static void Add(TarWriter tar, string source, string name)
    {
        if (!Directory.Exists(source))
        {
            using var content = File.OpenRead(source);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                Mode = OperatingSystem.IsWindows() ? FolderMode & ~(UnixFileMode)0b001_001_001 : File.GetUnixFileMode(Path.GetFullPath(content.Name)),
            });
            return;
        }
        tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, name + "/") { Mode = FolderMode });
        // The writer's own folders (..data and the ones that it points to) stay behind; what is visible leads into them.
        foreach (var entry in Directory.EnumerateFileSystemEntries(source).Where(entry => !Path.GetFileName(entry).StartsWith("..", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            Add(tar, entry, $"{name}/{Path.GetFileName(entry)}");
    }
}
