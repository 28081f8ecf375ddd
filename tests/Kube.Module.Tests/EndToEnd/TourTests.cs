using System.Diagnostics;

namespace Kube.Module.Tests.EndToEnd;

public sealed class TourTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_tour_shows_its_path_cleans_up_and_succeeds(bool docker)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { Path.Combine(ModuleSession.RepositoryRoot, "src", "Kube.Shell", "bin", Configuration, "net10.0", "Kube.Shell.dll"), "-File", Path.Combine(ModuleSession.RepositoryRoot, "docs", "tour.ps1") })
            start.ArgumentList.Add(argument);
        start.Environment["DOCKER_HOST"] = docker ? Lab.DockerHost : "unix:///nowhere/docker.sock";
        var home = start.Environment["KUBE_HOME"] = Path.Combine(TestHome.Path, docker ? "tour-docker" : "tour-simulated");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(bound.Token);

        var text = await output;
        Assert.True(process.ExitCode == 0, $"{process.ExitCode}\n{text}\n{await error}");
        Assert.Equal(!docker, text.Contains("simulated", StringComparison.Ordinal));
        Assert.Contains("crash", text, StringComparison.Ordinal);
        Assert.Contains("out of cheese", docker ? text : "out of cheese", StringComparison.Ordinal);
        Assert.Contains("No pods are left.", text, StringComparison.Ordinal);
        Assert.Contains("pods \"wbe\" not found", await error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(home!, "clusters")));
        Assert.DoesNotContain(Process.GetProcesses(), running => CommandLine(running).Contains(home!, StringComparison.Ordinal));
    }

    static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    static string CommandLine(Process process)
    {
        var path = $"/proc/{process.Id}/cmdline";
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }
}
