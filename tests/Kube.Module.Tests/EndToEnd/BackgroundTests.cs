using System.Diagnostics;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>The server is on its own: neither the shell that started it, nor its end, nor its Ctrl+C touches it.</summary>
public sealed class BackgroundTests
{
    [Fact]
    public async Task Capturing_the_output_of_the_shell_does_not_wait_for_the_server_and_Ctrl_C_does_not_reach_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The shell of this test is sh.");
        var home = Path.Combine(TestHome.Path, "background");
        var shell = Path.Combine(ModuleSession.RepositoryRoot, "src", "Kube.Shell", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Kube.Shell.dll");
        // What a person's shell does: command substitution, then Ctrl+C, which the terminal sends to the whole process group.
        var script = $$"""
            trap 'echo interrupted' INT
            x=$(dotnet '{{shell}}' -Command '(Start-KubeCluster -Name held -Runtime Simulated -InMemory).ProcessId')
            echo "pid $x"
            kill -INT 0
            sleep 1
            kill -0 $x && echo alive
            dotnet '{{shell}}' -Command 'Stop-KubeCluster held -Remove -Confirm:$false'
            kill -0 $x 2>/dev/null || echo gone
            """;
        var start = new ProcessStartInfo("setsid", ["--wait", "env", "--default-signal=INT", "sh", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBE_HOME"] = home;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(bound.Token);

        var text = await output;
        Assert.True(text.Contains("interrupted", StringComparison.Ordinal) && text.Contains("alive", StringComparison.Ordinal) && text.Contains("gone", StringComparison.Ordinal), text + await error);
    }
}
