using Kube.Shell.Editing;

namespace Kube.Shell.Tests.Editing;

public sealed class HistoryTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-history-").FullName;

    string FilePath => Path.Combine(_folder, "data", "shell-history");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Blank_lines_and_repetitions_are_not_kept()
    {
        var history = new History([]);

        Assert.True(history.Add("a"));
        Assert.False(history.Add("a"));
        Assert.False(history.Add("  "));
        Assert.True(history.Add("b"));
        Assert.True(history.Add("a"));
        Assert.Equal("a", history.Previous(""));
        Assert.Equal("b", history.Previous("a"));
    }

    [Theory]
    [InlineData("Get-KubePod")]
    [InlineData("if (1) {\n  2\n}")]
    [InlineData(@"cd C:\new\table")]
    [InlineData("'a\\' + \"\\\\n\"")]
    [InlineData("'日本語 😀'")]
    public void A_command_comes_back_as_it_was(string command)
    {
        var file = new HistoryFile(FilePath);
        Assert.Empty(file.Read());

        file.Append("first");
        file.Append(command);

        Assert.Equal(["first", command], new HistoryFile(FilePath).Read());
    }

    [Fact]
    public void Its_owner_alone_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs file modes");
            return;
        }

        new HistoryFile(FilePath).Append("x");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(FilePath)!));
    }

    [Fact]
    public void It_does_not_grow_for_ever()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllLines(FilePath, Enumerable.Range(0, (2 * HistoryFile.Capacity) + 1).Select(number => $"command {number}"));

        var read = new HistoryFile(FilePath).Read();

        Assert.Equal(HistoryFile.Capacity, read.Count);
        Assert.Equal($"command {2 * HistoryFile.Capacity}", read[^1]);
        Assert.Equal(HistoryFile.Capacity, File.ReadLines(FilePath).Count());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public async Task Several_sessions_keep_what_each_of_them_ran()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(session => Task.Run(() =>
        {
            for (var number = 0; number < 50; number++) new HistoryFile(FilePath).Append($"session {session} command {number}");
        })));

        Assert.Equal(200, new HistoryFile(FilePath).Read().Distinct().Count());
    }
}
