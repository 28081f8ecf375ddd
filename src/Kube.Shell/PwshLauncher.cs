using System.ComponentModel;
using System.Diagnostics;

namespace Kube.Shell;

/// <summary>Hands over to the machine's own PowerShell where it is recent enough.</summary>
static class PwshLauncher
{
    static readonly Version Oldest = new(7, 6);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The first pwsh on PATH that is 7.6 or later; null: there is none.</summary>
    public static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).Where(File.Exists).Distinct().FirstOrDefault(path => VersionOf(path) >= Oldest);
    }

    /// <summary>Runs pwsh to its end, with the module loaded.</summary>
    public static int Run(string pwsh, string module, ShellOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("kube-shell-");
        try
        {
            var configuration = Path.Combine(folder.FullName, "Kube.pssc");
            File.WriteAllText(configuration, Configuration(module));
            var start = new ProcessStartInfo(pwsh) { UseShellExecute = false };
            foreach (var argument in Arguments(configuration, options, Console.IsInputRedirected)) start.ArgumentList.Add(argument);
            // Ctrl+C is pwsh's to handle: it ends a pipeline there, not this process.
            Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A session configuration that imports the module, whatever else has its name on PSModulePath, before anything runs.</summary>
    internal static string Configuration(string module) =>
        $"@{{ SchemaVersion = '2.0.0.0'; GUID = '{Guid.NewGuid()}'; SessionType = 'Default'; ModulesToImport = '{module.Replace("'", "''")}' }}";

    /// <summary>pwsh's command line for ours.</summary>
    /// <param name="configuration">The path of the session configuration.</param>
    /// <param name="options">Our command line.</param>
    /// <param name="isInputRedirected">Whether standard input is no terminal.</param>
    internal static IReadOnlyList<string> Arguments(string configuration, ShellOptions options, bool isInputRedirected) =>
    [
        "-NoLogo",
        .. options.NonInteractive ? ["-NonInteractive"] : Array.Empty<string>(),
        .. options.NoProfile ? ["-NoProfile"] : Array.Empty<string>(),
        .. options.NoExit || (options.Mode == ShellMode.Interactive && !isInputRedirected) ? ["-NoExit"] : Array.Empty<string>(),
        "-ConfigurationFile", configuration,
        .. options switch
        {
            // Commands from standard input are not echoed, as pwsh alone would do.
            { IsInput: true } => ["-Command", "-"],
            { Mode: ShellMode.Interactive } when isInputRedirected => ["-Command", "-"],
            { Mode: ShellMode.File } => ["-File", options.Text, .. options.Arguments],
            { Mode: ShellMode.Command } => ["-Command", options.Text],
            _ => (string[])["-Command", PromptScript.Text],
        },
    ];

    static Version? VersionOf(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, "-Version") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var text = process.StandardOutput.ReadToEndAsync();
            if (!text.Wait(Patience))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
            process.WaitForExit();
            return Version.TryParse(text.Result.Split(' ').Last().Split('-')[0].Trim(), out var version) ? version : null;
        }
        catch (Win32Exception)
        {
            // It is no program: as good as none.
            return null;
        }
    }
}
