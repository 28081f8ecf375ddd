using Kube.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace Kube.Server.Tests.Hosting;

public sealed class RollingFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kube-log-").FullName;

    string Log => Path.Combine(_folder, "log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_moves_over_at_its_bound_and_keeps_one_before()
    {
        using (var file = new RollingFile(Log, maxBytes: 100))
            for (var i = 0; i < 100; i++)
            {
                file.WriteLine($"line {i:000} of the log");
                file.Flush();
            }
        Assert.Equal(["log", "log.1"], Directory.GetFiles(_folder).Select(f => Path.GetFileName(f)!).Order());
        string[] lines = [.. File.ReadAllLines(Log + ".1"), .. File.ReadAllLines(Log)];
        Assert.Equal("line 099 of the log", lines[^1]);
        // No line is lost between the two.
        Assert.Equal(Enumerable.Range(100 - lines.Length, lines.Length).Select(i => $"line {i:000} of the log"), lines);
        Assert.All(Directory.GetFiles(_folder), f => Assert.InRange(new FileInfo(f).Length, 1, 130));
    }

    [Fact]
    public void What_was_there_is_kept()
    {
        File.WriteAllText(Log, "before\n");
        using (var file = new RollingFile(Log)) file.WriteLine("after");
        Assert.Equal(["before", "after"], File.ReadAllLines(Log));
    }

    [Fact]
    public void An_entry_is_one_line_and_an_exception_stands_below()
    {
        var output = new StringWriter();
        using (var provider = new LineLoggerProvider(output))
        {
            var log = provider.CreateLogger("Kube.Test");
            log.LogWarning("pod {Pod} is {State}", "web", "late");
            log.LogError(new InvalidOperationException("broken"), "failed");
        }
        var lines = output.ToString().Split(Environment.NewLine);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warn Kube\.Test: pod web is late$", lines[0]);
        Assert.EndsWith("error Kube.Test: failed", lines[1]);
        Assert.Equal("System.InvalidOperationException: broken", lines[2]);
    }
}
