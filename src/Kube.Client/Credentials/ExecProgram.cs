namespace Kube.Credentials;

/// <summary>Finds a plugin's program. The working folder is not looked into: a name there would stand in for the one on PATH.</summary>
static class ExecProgram
{
    /// <param name="command">A path, or a name.</param>
    /// <param name="path">The value of PATH.</param>
    /// <param name="extensions">The value of PATHEXT; null where extensions do not matter.</param>
    /// <returns>The program's path; null where there is none.</returns>
    public static string? Find(string command, string? path, string? extensions)
    {
        string[] endings = extensions is null ? [""] : ["", .. extensions.Split(';', StringSplitOptions.RemoveEmptyEntries)];
        if (IsPath(command)) return First(command);
        foreach (var folder in (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            if (Path.IsPathFullyQualified(folder) && First(Path.Combine(folder, command)) is { } found) return found;
        return null;

        string? First(string start) => endings.Select(ending => start + ending).FirstOrDefault(file => File.Exists(file) && IsExecutable(file, extensions));
    }

    public static bool IsPath(string command) => command.Contains('/') || command.Contains(Path.DirectorySeparatorChar);

    static bool IsExecutable(string file, string? extensions) => OperatingSystem.IsWindows()
        ? extensions is null || Path.HasExtension(file)
        : (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
