using System.Text;
using Kube.Manifests;

namespace Kube.Tests.Manifests;

public sealed class ManifestFilesTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-manifests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Write(string path, string? name = null) => WriteText(path, $"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name ?? Path.GetFileNameWithoutExtension(path)}}}\n");

    string WriteText(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    Task<IReadOnlyList<Manifest>> Read(string path, bool recurse = false, bool literal = false) =>
        ManifestReader.ReadAsync(new ManifestSource.Files(path) { Folder = _folder, Recurse = recurse, Literal = literal });

    async Task<string> Names(string path, bool recurse = false, bool literal = false) => string.Join(' ', (await Read(path, recurse, literal)).Select(m => m.Name));

    async Task<ManifestException> Fault(string path, bool recurse = false, bool literal = false) =>
        await Assert.ThrowsAsync<ManifestException>(() => Read(path, recurse, literal));

    [Fact]
    public async Task A_file_is_read_by_its_full_path_or_from_the_folder()
    {
        var path = Write("sub/pod.yaml");
        Assert.Equal("pod", await Names(path));
        var manifest = Assert.Single(await Read(Path.Combine("sub", "pod.yaml")));
        Assert.Equal(path, manifest.Source);
        Assert.Equal("pod", await Names(Path.Combine("sub", "..", "sub", "pod.yaml")));
    }

    [Fact]
    public async Task A_file_may_be_called_as_it_likes()
    {
        Write("pod.txt", "txt");
        Write("pod", "none");
        Assert.Equal("txt", await Names("pod.txt"));
        Assert.Equal("none", await Names("pod"));
    }

    [Fact]
    public async Task Wildcards_stand_for_parts_of_names()
    {
        foreach (var name in (string[])["a1.yaml", "a2.yaml", "b1.json.yaml", "c.yml", "x/a1.yaml", "y/a1.yaml", "y/z/a3.yaml", ".hidden.yaml"])
            Write(name, name.Replace('/', '-').Replace(".yaml", "").Replace(".yml", "").TrimStart('.'));
        Assert.Equal("a1 a2", await Names("a*.yaml"));
        Assert.Equal("a1 b1.json", await Names("?1*"));
        Assert.Equal("a1 a2", await Names("a[1-2].yaml"));
        Assert.Equal("a2", await Names("a[23].yaml"));
        Assert.Equal("x-a1 y-a1", await Names(Path.Combine("*", "a1.yaml")));
        Assert.Equal("y-a1", await Names(Path.Combine("[y]", "a?.yaml")));
        Assert.Equal("a1 a2 b1.json c", await Names("*"));
        Assert.Equal("hidden", await Names(".h*"));
        Assert.Equal("a1 a2 b1.json c x-a1 y-a1 y-z-a3", await Names("*", recurse: true));
    }

    [Fact]
    public async Task A_name_with_wildcards_in_it_is_taken_first()
    {
        Write("a[1].yaml", "exact");
        Write("a1.yaml", "matching");
        Assert.Equal("exact", await Names("a[1].yaml"));
        Assert.Equal("exact", await Names("a[1].yaml", literal: true));
        File.Delete(Path.Combine(_folder, "a[1].yaml"));
        Assert.Equal("matching", await Names("a[1].yaml"));
        Assert.Contains("there is no such file", (await Fault("a[1].yaml", literal: true)).Message);
    }

    [Fact]
    public async Task A_folder_is_read_with_Recurse_alone()
    {
        foreach (var name in (string[])["all/b.yaml", "all/a.json", "all/c.YML", "all/a/z.yaml", "all/readme.md", "all/kustomization.txt"])
            Write(name, name == "all/a.json" ? "a" : null);
        WriteText("all/a.json", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}""");
        var fault = await Fault("all");
        Assert.Equal($"{Path.Combine(_folder, "all")}: this is a folder; expected a file, or -Recurse to read all .yaml, .yml and .json files in it", fault.Message);
        Assert.Equal("z a b c", (await Names("all", recurse: true)).ToLowerInvariant());
    }

    [Fact]
    public async Task An_empty_folder_is_said()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "empty", "more"));
        WriteText("empty/readme.md", "x");
        var fault = await Fault("empty", recurse: true);
        Assert.Contains("there is no file in this folder; expected .yaml, .yml or .json files", fault.Message);
        Assert.Equal(ManifestFault.NotFound, fault.Fault);
    }

    [Fact]
    public async Task Links_to_folders_are_not_followed_and_links_to_files_are_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the right to make links");
        var file = Write("tree/real/pod.yaml");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "tree", "real", "loop"), Path.Combine(_folder, "tree"));
        File.CreateSymbolicLink(Path.Combine(_folder, "tree", "link.yaml"), file);
        Assert.Equal("pod pod", await Names("tree", recurse: true));
    }

    [Theory]
    [InlineData("absent.yaml", "there is no such file; expected a manifest there")]
    [InlineData("absent/absent.yaml", "there is no such file")]
    [InlineData("*.none", "no file matches; expected at least one")]
    [InlineData("absent/*.yaml", "no file matches")]
    public async Task What_is_not_there_is_said_with_its_path(string path, string message)
    {
        var fault = await Fault(path);
        Assert.Equal(ManifestFault.NotFound, fault.Fault);
        Assert.StartsWith($"{Path.GetFullPath(Path.Combine(_folder, path))}: {message}", fault.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public async Task What_is_no_path_is_said(string path) => Assert.Contains("this is no path", (await Fault(path)).Message);

    [Fact]
    public async Task A_file_that_cannot_be_read_is_said()
    {
        var path = Write("locked.yaml");
        using var locked = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.StartsWith($"{path}: it cannot be read: ", (await Fault("locked.yaml")).Message);
    }

    [Fact]
    public async Task One_bad_file_and_nothing_is_returned_and_all_bad_ones_are_told()
    {
        Write("a.yaml");
        WriteText("b.yaml", "kind: Pod\napiVersion: v1\n");
        WriteText("c.yaml", "a: [");
        Write("d.yaml");
        var lines = (await Fault("*.yaml")).Message.Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{Path.Combine(_folder, "b.yaml")}, document 1, line 1, column 1: metadata is missing", lines[0]);
        Assert.StartsWith($"{Path.Combine(_folder, "c.yaml")}, document 1, line ", lines[1]);
    }

    [Fact]
    public async Task A_pipe_is_a_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs mkfifo");
        var pipe = Path.Combine(_folder, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe))
            await made.WaitForExitAsync();
        // Opening either end waits for the other.
        var writing = Task.Run(() => File.WriteAllText(pipe, "apiVersion: v1\nkind: Pod\nmetadata: {name: piped}\n"));
        Assert.Equal("piped", await Names("pipe").WaitAsync(TimeSpan.FromSeconds(60)));
        await writing;
    }

    [Fact]
    public async Task A_cancelled_reading_is_cancelled_and_no_fault()
    {
        var path = Write("a.yaml");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ManifestReader.ReadAsync(new ManifestSource.Files(path), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task UTF_8_and_UTF_16_are_read()
    {
        var text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {b: 日本é😀}}\n";
        foreach (var encoding in (Encoding[])[new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)])
        {
            File.WriteAllText(Path.Combine(_folder, "a.yaml"), text, encoding);
            Assert.Contains("日本é", Encoding.UTF8.GetString(Assert.Single(await Read("a.yaml")).Json.Span));
        }
    }

    [Fact]
    public async Task Other_encodings_are_refused_by_name()
    {
        async Task<string> Message(byte[] bytes)
        {
            File.WriteAllBytes(Path.Combine(_folder, "a.yaml"), bytes);
            return (await Fault("a.yaml")).Message;
        }

        var text = "apiVersion: v1\nkind: Pod\nmetadata: {name: é}\n";
        Assert.Contains("the text is UTF-32; expected UTF-8", await Message([.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(text)]));
        Assert.Contains("there are zero bytes in it, as in UTF-16 without a byte-order mark", await Message(Encoding.Unicode.GetBytes(text)));
        Assert.Contains("the bytes near line 3 are no UTF-8", await Message(Encoding.Latin1.GetBytes(text)));
        Assert.Contains("are no UTF-16", await Message([.. Encoding.Unicode.GetPreamble(), 0x00, 0xd8, 0x41, 0x00]));
        Assert.Contains("are no UTF-16", await Message([.. Encoding.Unicode.GetPreamble(), 0x41]));
        Assert.Contains("there are zero bytes in it", await Message([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]));
        Assert.Contains("there is nothing in it", await Message([]));
        Assert.Contains("there is nothing in it", await Message([0xef, 0xbb, 0xbf]));
    }

    [Fact]
    public async Task A_byte_order_mark_moves_no_column()
    {
        File.WriteAllText(Path.Combine(_folder, "a.yaml"), "{apiVersion: v1, kind: 7, metadata: {name: a}}", new UTF8Encoding(true));
        Assert.Contains("line 1, column 24:", (await Fault("a.yaml")).Message);
    }
}
