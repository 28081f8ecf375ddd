using System.Diagnostics;

namespace Kube.Shell;

/// <summary>Hands over to the machine's own PowerShell where it is recent enough.</summary>
static class PwshLauncher
{
    static readonly Version Oldest = new(7, 6);

    /// <summary>The first pwsh on PATH, if it is 7.6 or later.</summary>
    public static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return path is not null && VersionOf(path) >= Oldest ? path : null;
    }

    /// <summary>Runs pwsh to its end, with the module where it finds it by itself.</summary>
    public static int Run(string pwsh, string module, ShellOptions options)
    {
        var start = new ProcessStartInfo(pwsh) { UseShellExecute = false };
        var others = Environment.GetEnvironmentVariable("PSModulePath");
        var folder = Path.GetDirectoryName(module)!;
        start.Environment["PSModulePath"] = string.IsNullOrEmpty(others) ? folder : folder + Path.PathSeparator + others;
        foreach (var argument in Arguments(module, options)) start.ArgumentList.Add(argument);
        // Ctrl+C is pwsh's to handle: it ends a pipeline there, not this process.
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    static IEnumerable<string> Arguments(string module, ShellOptions options) => options.Mode switch
    {
        ShellMode.File => ["-NoLogo", "-File", options.Text, .. options.Arguments],
        ShellMode.Command => ["-NoLogo", "-Command", options.Text],
        _ => ["-NoLogo", "-NoExit", "-Command", $"Import-Module '{module.Replace("'", "''")}'"],
    };

    static Version? VersionOf(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(path, "-Version") { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Version.TryParse(text.Split(' ').Last().Split('-')[0].Trim(), out var version) ? version : null;
    }
}
