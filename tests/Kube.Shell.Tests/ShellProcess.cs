using System.Diagnostics;

namespace Kube.Shell.Tests;

/// <summary>Runs the shell as a person's script would: as a process. Its PATH has no pwsh, so that the engine is hosted.</summary>
static class ShellProcess
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<(int Status, string Output, string Error)> RunAsync(IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PATH"] = string.Join(Path.PathSeparator, (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => !File.Exists(Path.Combine(folder, "pwsh"))));
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

    static string Program
    {
        get
        {
            // tests/Kube.Shell.Tests/bin/CONFIGURATION/FRAMEWORK → src/Kube.Shell/bin/CONFIGURATION/FRAMEWORK
            var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            var root = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
            return Path.Combine(root, "src", "Kube.Shell", "bin", here.Parent.Name, here.Name, "Kube.Shell.dll");
        }
    }
}
