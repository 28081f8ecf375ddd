using System.Diagnostics;

namespace Kube.Shell.Tests;

/// <summary>Runs the shell as a person's script would: as a process. Its PATH has no pwsh, so that the engine is hosted; its data and profiles are the tests' own.</summary>
static class ShellProcess
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    static readonly string Home = Directory.CreateTempSubdirectory("kube-shell-home-").FullName;

    static ShellProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Home, recursive: true);

    /// <summary>The folder with the solution.</summary>
    public static string Root => Build.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The shell's assembly.</summary>
    public static string Program => Path.Combine(Root, "src", "Kube.Shell", "bin", Build.Parent!.Name, Build.Name, "Kube.Shell.dll");

    /// <summary>The first pwsh on this process's PATH; null: there is none.</summary>
    public static string? Pwsh { get; } = Folders.Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh")).FirstOrDefault(File.Exists);

    /// <summary>PATH without any pwsh.</summary>
    public static string PathWithoutPwsh => string.Join(Path.PathSeparator, Folders.Where(folder => !File.Exists(Path.Combine(folder, "pwsh")) && !File.Exists(Path.Combine(folder, "pwsh.exe"))));

    // tests/Kube.Shell.Tests/bin/CONFIGURATION/FRAMEWORK
    static DirectoryInfo Build => new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    static string[] Folders => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    public static Task<(int Status, string Output, string Error)> RunAsync(IEnumerable<string> arguments, string input = "") => RunAsync("dotnet", [Program, .. arguments], PathWithoutPwsh, input);

    /// <summary>Runs a copy of the shell.</summary>
    public static Task<(int Status, string Output, string Error)> RunCopyAsync(string program, IEnumerable<string> arguments) => RunAsync("dotnet", [program, .. arguments], PathWithoutPwsh, "");

    /// <summary>Runs the shell where it finds a pwsh: in a folder in front of PATH.</summary>
    public static Task<(int Status, string Output, string Error)> RunWithPwshAsync(string folder, IEnumerable<string> arguments, string input = "") =>
        RunAsync("dotnet", [Program, .. arguments], folder + Path.PathSeparator + PathWithoutPwsh, input);

    /// <summary>Runs PowerShell itself.</summary>
    public static Task<(int Status, string Output, string Error)> RunPwshAsync(IEnumerable<string> arguments, string input = "") =>
        RunAsync(Pwsh ?? throw new InvalidOperationException("There is no pwsh on PATH."), arguments, PathWithoutPwsh, input);

    static async Task<(int Status, string Output, string Error)> RunAsync(string program, IEnumerable<string> arguments, string path, string input)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PATH"] = path;
        start.Environment["KUBE_HOME"] = Path.Combine(Home, "kube");
        start.Environment["KUBECONFIG"] = Path.Combine(Home, "none");
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(Home, "config");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var bound = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The shell did not end within {Patience}.");
        }
        return (process.ExitCode, await output, await error);
    }
}
