using System.Formats.Tar;
using Kube.Module.Copying;

namespace Kube.Module.Tests.Copying;

public sealed class TarUnpackerTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-copy-").FullName;

    string Root => Directory.CreateDirectory(Path.Combine(_folder, "root")).FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_packed_comes_back()
    {
        var source = Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName;
        Directory.CreateDirectory(Path.Combine(source, "deep", "deeper"));
        var file = Path.Combine(source, "deep", "deeper", new string('n', 150) + "é.bin");
        var bytes = Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31)).ToArray();
        File.WriteAllBytes(file, bytes);
        File.WriteAllText(Path.Combine(source, "empty"), "");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var time = new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(source, "empty"), time);
        if (!OperatingSystem.IsWindows()) File.CreateSymbolicLink(Path.Combine(source, "link"), "deep/deeper");
        using var archive = new MemoryStream();
        var progress = new CopyProgress();
        await TarPacker.PackAsync([(source, "item")], archive, progress, default);
        Assert.Equal(bytes.Length, progress.Bytes);

        archive.Position = 0;
        await new TarUnpacker(Root, "renamed", progress).UnpackAsync(archive, default);

        Assert.Empty(progress.Refusals);
        var back = Path.Combine(Root, "renamed");
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(back, "deep", "deeper", Path.GetFileName(file))));
        Assert.Equal(time, File.GetLastWriteTimeUtc(Path.Combine(back, "empty")));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(back, "deep", "deeper", Path.GetFileName(file))));
        Assert.Equal("deep/deeper", new FileInfo(Path.Combine(back, "link")).LinkTarget);
    }

    [Fact]
    public async Task Nothing_is_written_outside()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_folder, "outside")).FullName;
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true))
        {
            void Add(TarEntryType type, string name, string? link = null)
            {
                var entry = new GnuTarEntry(type, name);
                if (link is not null) entry.LinkName = link;
                else if (type == TarEntryType.RegularFile) entry.DataStream = new MemoryStream([1, 2, 3]);
                tar.WriteEntry(entry);
            }
            Add(TarEntryType.RegularFile, "../outside/a");
            Add(TarEntryType.RegularFile, Path.Combine(outside, "b").Replace('\\', '/'));
            Add(TarEntryType.SymbolicLink, "up", "../outside");
            Add(TarEntryType.SymbolicLink, "absolute", outside);
            Add(TarEntryType.HardLink, "second", "../../../etc/passwd");
            Add(TarEntryType.RegularFile, "good");
        }
        if (!OperatingSystem.IsWindows()) Directory.CreateSymbolicLink(Path.Combine(Root, "planted"), outside);
        using (var more = new MemoryStream())
        {
            await using (var tar = new TarWriter(more, TarEntryFormat.Gnu, leaveOpen: true)) tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "planted/c") { DataStream = new MemoryStream([1]) });
            more.Position = 0;
            var refused = new CopyProgress();
            if (!OperatingSystem.IsWindows())
            {
                await new TarUnpacker(Root, null, refused).UnpackAsync(more, default);
                Assert.Single(refused.Refusals);
            }
        }
        archive.Position = 0;
        var progress = new CopyProgress();

        await new TarUnpacker(Root, null, progress).UnpackAsync(archive, default);

        Assert.Equal(5, progress.Refusals.Count);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(Root, "good")));
    }

    [Fact]
    public async Task A_link_in_the_way_is_replaced_and_not_followed()
    {
        if (OperatingSystem.IsWindows()) return;
        var other = Path.Combine(_folder, "other");
        File.WriteAllText(other, "kept");
        File.CreateSymbolicLink(Path.Combine(Root, "file"), other);
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true)) tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "file") { DataStream = new MemoryStream("new"u8.ToArray()) });
        archive.Position = 0;

        await new TarUnpacker(Root, null, new CopyProgress()).UnpackAsync(archive, default);

        Assert.Equal("kept", File.ReadAllText(other));
        Assert.Equal("new", File.ReadAllText(Path.Combine(Root, "file")));
    }
}
