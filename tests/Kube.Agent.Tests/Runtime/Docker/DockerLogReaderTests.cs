using System.Buffers.Binary;
using System.Text;
using Kube.Agent.Runtime;
using Kube.Agent.Runtime.Docker;

namespace Kube.Agent.Tests.Runtime.Docker;

public class DockerLogReaderTests
{
    const string Time = "2026-11-23T06:50:00.123456789Z";

    static readonly DateTimeOffset Parsed = new DateTimeOffset(2026, 11, 23, 6, 50, 0, TimeSpan.Zero).AddTicks(1234567);

    static byte[] Frame(int stream, string text)
    {
        var bytes = new byte[8 + Encoding.UTF8.GetByteCount(text)];
        bytes[0] = (byte)stream;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), (uint)(bytes.Length - 8));
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(8));
        return bytes;
    }

    static async Task<List<(bool IsError, DateTimeOffset Time, string Text)>> ReadAsync(byte[] content, bool framed, int step)
    {
        var frames = new List<(bool, DateTimeOffset, string)>();
        await DockerLogReader.ReadAsync(new SteppingStream(content, step), framed, frame =>
        {
            Assert.Equal(89, frame.Nanoseconds);
            frames.Add((frame.IsError, frame.Time, Encoding.UTF8.GetString(frame.Bytes.Span)));
            return ValueTask.CompletedTask;
        }, CancellationToken.None);
        return frames;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Frames_keep_their_stream_time_and_bytes(int step)
    {
        byte[] content = [.. Frame(1, $"{Time} out\n"), .. Frame(2, $"{Time} err ü\n"), .. Frame(1, $"{Time} \n"), .. Frame(1, $"{Time} no end")];
        var frames = await ReadAsync(content, framed: true, step);
        Assert.Equal([(false, Parsed, "out\n"), (true, Parsed, "err ü\n"), (false, Parsed, "\n"), (false, Parsed, "no end")], frames);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Lines_of_a_terminal_have_no_frames(int step)
    {
        var frames = await ReadAsync(Encoding.UTF8.GetBytes($"{Time} one\r\n{Time} \n{Time} two words\n{Time} no end"), framed: false, step);
        Assert.Equal([(false, Parsed, "one\r\n"), (false, Parsed, "\n"), (false, Parsed, "two words\n"), (false, Parsed, "no end")], frames);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(1_000_000)]
    public async Task A_long_line_of_a_terminal_comes_in_pieces_with_times_of_their_own(int step)
    {
        var piece = new string('x', 16 * 1024);
        var frames = await ReadAsync(Encoding.UTF8.GetBytes($"{Time} {piece}{Time} {piece}{Time} rest\n{Time} next\n"), framed: false, step);
        Assert.Equal([piece, piece, "rest\n", "next\n"], frames.Select(f => f.Text));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(1_000_000)]
    public async Task A_long_line_in_one_piece_stays_whole(int step)
    {
        // Another log driver has another buffer.
        var line = new string('x', 40_000) + "\n";
        Assert.Equal([line], (await ReadAsync(Encoding.UTF8.GetBytes($"{Time} {line}"), framed: false, step)).Select(f => f.Text));
    }

    [Fact]
    public async Task A_piece_tells_whether_the_next_one_is_at_hand()
    {
        var more = new List<bool>();
        await DockerLogReader.ReadAsync(new MemoryStream([.. Frame(1, $"{Time} a\n"), .. Frame(1, $"{Time} b\n"), .. Frame(1, $"{Time} c\n")]), framed: true, frame =>
        {
            more.Add(frame.HasMore);
            return ValueTask.CompletedTask;
        }, CancellationToken.None);
        Assert.Equal([true, true, false], more);
    }

    [Fact]
    public async Task Nothing_is_nothing()
    {
        Assert.Empty(await ReadAsync([], framed: true, 10));
        Assert.Empty(await ReadAsync([], framed: false, 10));
    }

    [Theory]
    [InlineData(true, "{\"message\":\"x\"}")]
    [InlineData(true, "\x1\0\0\0\0\0\0\x4text")]
    [InlineData(false, "no time\n")]
    public async Task What_is_no_log_is_refused(bool framed, string content) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(Encoding.UTF8.GetBytes(content), framed, 100));

    /// <summary>Gives a few bytes at a time.</summary>
    sealed class SteppingStream(byte[] content, int step) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}
