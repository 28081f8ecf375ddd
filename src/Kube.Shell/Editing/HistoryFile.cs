using System.Text;

namespace Kube.Shell.Editing;

/// <summary>The commands of this and earlier sessions, one a line, in a file that its owner alone can read.</summary>
sealed class HistoryFile(string path)
{
    /// <summary>Commands that are kept; the file is cut to them once it has twice as many.</summary>
    public const int Capacity = 4096;

    /// <summary>How often a file that another session writes at the moment is tried again, and how long after.</summary>
    const int Attempts = 100;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Where Kube keeps it: <c>shell-history</c> in the folder of Kube's data, which <c>$KUBE_HOME</c> may move.</summary>
    public static HistoryFile Default
    {
        get
        {
            var chosen = Environment.GetEnvironmentVariable("KUBE_HOME");
            var home = string.IsNullOrEmpty(chosen)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "Kube")
                : Path.GetFullPath(chosen);
            return new HistoryFile(Path.Combine(home, "shell-history"));
        }
    }

    /// <summary>The commands kept, the oldest first.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's.</exception>
    public IReadOnlyList<string> Read()
    {
        if (!File.Exists(path)) return [];
        using var file = Open(new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete });
        using var reader = new StreamReader(file, Encoding.UTF8);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        if (lines.Count > 2 * Capacity) Shorten(lines);
        return [.. lines.TakeLast(Capacity).Select(Decode)];
    }

    /// <summary>Adds a command at the end.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's.</exception>
    public void Append(string command)
    {
        CreateFolder();
        using var file = Open(Private(FileMode.Append));
        file.Write(Encoding.UTF8.GetBytes(Encode(command) + "\n"));
    }

    void Shorten(List<string> lines)
    {
        CreateFolder();
        var next = $"{path}.{Environment.ProcessId}";
        using (var file = new FileStream(next, Private(FileMode.Create)))
        using (var writer = new StreamWriter(file)) writer.Write(string.Concat(lines.TakeLast(Capacity).Select(line => line + "\n")));
        File.Move(next, path, overwrite: true);
    }

    FileStream Open(FileStreamOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException) && attempt < Attempts)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    void CreateFolder()
    {
        var folder = Path.GetDirectoryName(path)!;
        if (Directory.Exists(folder)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>For one writer at a time: two that append would write to the same place. On Windows the user's own data folder is private already.</summary>
    static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    static string Encode(string command) => command.Replace("\\", "\\\\").Replace("\r", "").Replace("\n", "\\n");

    static string Decode(string line)
    {
        var text = new StringBuilder(line.Length);
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] != '\\' || index + 1 == line.Length) text.Append(line[index]);
            else text.Append(line[++index] == 'n' ? '\n' : line[index]);
        }
        return text.ToString();
    }
}
