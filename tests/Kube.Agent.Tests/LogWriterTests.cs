using System.Text;
using Kube.Agent.Runtime;

namespace Kube.Agent.Tests;

public class LogWriterTests
{
    static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    static async Task<(string Text, bool IsFull)> WriteAsync(NodeLogRequest request, params (string Text, bool IsError)[] frames)
    {
        using var output = new MemoryStream();
        var writer = new LogWriter(output, request);
        foreach (var (text, isError) in frames)
            await writer.WriteAsync(new LogFrame(isError, Time, Encoding.UTF8.GetBytes(text)), CancellationToken.None);
        return (Encoding.UTF8.GetString(output.ToArray()), writer.IsFull);
    }

    [Fact]
    public async Task Frames_are_written_as_they_come() =>
        Assert.Equal(("a\nb\nc", false), await WriteAsync(new NodeLogRequest(), ("a\n", false), ("b\n", true), ("c", false)));

    [Fact]
    public async Task Each_line_gets_its_time_once()
    {
        var (text, _) = await WriteAsync(new NodeLogRequest { Timestamps = true }, ("long", false), ("e\n", true), (" line\n", false), ("next\n", false));
        const string time = "2026-01-02T03:04:05.6780000Z ";
        Assert.Equal($"{time}long{time}e\n line\n{time}next\n", text);
    }

    [Theory]
    [InlineData(1, "a", true)]
    [InlineData(3, "a\nb", true)]
    [InlineData(4, "a\nb\n", true)]
    [InlineData(5, "a\nb\n", false)]
    public async Task No_more_is_written_than_asked(long limit, string expected, bool full) =>
        Assert.Equal((expected, full), await WriteAsync(new NodeLogRequest { LimitBytes = limit }, ("a\n", false), ("b\n", false)));
}
