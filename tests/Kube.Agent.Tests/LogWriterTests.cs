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
            await writer.WriteAsync(new LogFrame(isError, Time, Encoding.UTF8.GetBytes(text)) { Nanoseconds = 9 }, CancellationToken.None);
        await writer.FlushAsync(CancellationToken.None);
        return (Encoding.UTF8.GetString(output.ToArray()), writer.IsFull);
    }

    [Fact]
    public async Task Frames_are_written_as_they_come() =>
        Assert.Equal(("a\nb\nc", false), await WriteAsync(new NodeLogRequest(), ("a\n", false), ("b\n", true), ("c", false)));

    [Fact]
    public async Task Each_line_gets_its_time_once()
    {
        var (text, _) = await WriteAsync(new NodeLogRequest { Timestamps = true }, ("long", false), ("e\n", true), (" line\n", false), ("next\n", false));
        const string time = "2026-01-02T03:04:05.678000009Z ";
        Assert.Equal($"{time}long{time}e\n line\n{time}next\n", text);
    }

    [Theory]
    [InlineData(1, "a", true)]
    [InlineData(3, "a\nb", true)]
    [InlineData(4, "a\nb\n", true)]
    [InlineData(5, "a\nb\n", false)]
    public async Task No_more_is_written_than_asked(long limit, string expected, bool full) =>
        Assert.Equal((expected, full), await WriteAsync(new NodeLogRequest { LimitBytes = limit }, ("a\n", false), ("b\n", false)));

    [Theory]
    [InlineData(10, "2026-01-02")]
    [InlineData(33, "2026-01-02T03:04:05.678000009Z a\n")]
    [InlineData(40, "2026-01-02T03:04:05.678000009Z a\n2026-01")]
    public async Task Times_count_as_bytes(long limit, string expected) =>
        Assert.Equal((expected, true), await WriteAsync(new NodeLogRequest { LimitBytes = limit, Timestamps = true }, ("a\n", false), ("b\n", false)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_than_the_buffer_holds_loses_nothing(bool timestamps)
    {
        var line = new string('x', 99) + "\n";
        var (text, _) = await WriteAsync(new NodeLogRequest { Timestamps = timestamps }, [.. Enumerable.Repeat((line, false), 2000), (new string('y', 200_000), true)]);
        var stamp = timestamps ? "2026-01-02T03:04:05.678000009Z " : "";
        Assert.Equal(string.Concat(Enumerable.Repeat(stamp + line, 2000)) + stamp + new string('y', 200_000), text);
    }

    [Fact]
    public async Task Who_follows_gets_what_there_is_as_soon_as_no_more_is_at_hand()
    {
        using var output = new MemoryStream();
        var writer = new LogWriter(output, new NodeLogRequest { Follow = true });
        await writer.WriteAsync(new LogFrame(false, Time, "a\n"u8.ToArray()) { HasMore = true }, CancellationToken.None);
        Assert.Equal(0, output.Length);
        await writer.WriteAsync(new LogFrame(false, Time, "b\n"u8.ToArray()), CancellationToken.None);
        Assert.Equal(4, output.Length);
    }
}
