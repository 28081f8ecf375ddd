using System.Text;
using Kube.Streams;

namespace Kube.Tests.Streams;

public class LogSplitterTests
{
    static List<KubeLogText> Split(byte[] log, int step, bool stamped = false, bool keepStamps = false, long? limit = null, LogFilter filter = default)
    {
        var splitter = new LogSplitter(stamped, keepStamps, new LogLimit(limit), filter);
        var lines = new List<KubeLogText>();
        for (var start = 0; start < log.Length; start += step)
            for (var piece = log.AsMemory(start, Math.Min(step, log.Length - start)); piece.Length > 0;)
            {
                var room = splitter.Room();
                var part = Math.Min(room.Length, piece.Length);
                piece[..part].CopyTo(room);
                lines.AddRange(splitter.Add(part));
                piece = piece[part..];
            }
        lines.AddRange(splitter.End());
        return lines;
    }

    static string[] Texts(string log, int step = 1 << 20, bool stamped = false, bool keepStamps = false, long? limit = null) =>
        [.. Split(Encoding.UTF8.GetBytes(log), step, stamped, keepStamps, limit).Select(line => line.Text)];

    public static TheoryData<string, string[]> Logs => new()
    {
        { "", [] },
        { "\n", [""] },
        { "a\nb\n", ["a", "b"] },
        { "a\n\nb", ["a", "", "b"] },
        { "a\r\nb\r\n", ["a", "b"] },
        // One return belongs to the line's end, any other to the program that wrote it.
        { "10%\r20%\r\r\n", ["10%\r20%\r"] },
        { "prompt\r", ["prompt\r"] },
        { "\r\n", [""] },
        { "grün €\n𝄞", ["grün €", "𝄞"] },
        { "tab\t\0nul\n", ["tab\t\0nul"] },
    };

    [Theory]
    [MemberData(nameof(Logs))]
    public void Lines_are_what_stands_between_their_ends_however_they_arrive(string log, string[] lines)
    {
        foreach (var step in new[] { 1, 2, 3, 1000 }) Assert.Equal(lines, Texts(log, step));
    }

    [Fact]
    public void Bytes_that_are_no_text_stand_in_their_line_alone() =>
        Assert.Equal(["a", "\uFFFD\uFFFDb", "c"], Split([(byte)'a', 10, 0xFF, 0xFE, (byte)'b', 10, (byte)'c'], 1).Select(line => line.Text));

    [Theory]
    [InlineData(300_000, 1)]
    [InlineData(20_000_000, 16_000)]
    public void A_long_line_stays_whole_and_is_looked_through_once(int length, int step)
    {
        // Looking through it anew with each piece would take minutes.
        var log = $"before\n{new string('x', length)}\nafter";
        Assert.Equal(["before", new string('x', length), "after"], Texts(log, step));
    }

    [Fact]
    public void A_log_without_line_ends_does_not_fill_the_memory()
    {
        var lines = Split(new byte[70 << 20], 1 << 20);
        Assert.Equal([64 << 20, 6 << 20], lines.Select(line => line.Text.Length));
    }

    [Theory]
    [InlineData(1, new[] { "a" })]
    [InlineData(2, new[] { "ab" })]
    [InlineData(3, new[] { "ab" })]
    [InlineData(4, new[] { "ab", "c" })]
    [InlineData(5, new[] { "ab", "c" })]
    [InlineData(6, new[] { "ab", "cü" })]
    [InlineData(7, new[] { "ab", "cü" })]
    [InlineData(100, new[] { "ab", "cü", "d" })]
    public void No_more_is_taken_than_asked_and_no_half_of_a_character(long limit, string[] lines) => Assert.Equal(lines, Texts("ab\ncü\nd", 2, limit: limit));

    [Fact]
    public void What_a_server_has_cut_ends_between_characters_too() => Assert.Equal(["ü"], Split([0xC3, 0xBC, 0xC3], 10, limit: 3).Select(line => line.Text));

    [Fact]
    public void Times_are_read_and_left_out_or_in()
    {
        const string log = "2026-11-23T12:40:31.375045612Z line 1\n2026-11-23T12:40:31.9Z \nno time\n2026-11-23T12:40:32Z\n";
        var lines = Split(Encoding.UTF8.GetBytes(log), 7, stamped: true);
        Assert.Equal(["line 1", "", "no time", ""], lines.Select(line => line.Text));
        Assert.Equal([375_045_612, 900_000_000, null, 1_000_000_000], lines.Select(line => line.Nanoseconds - 1_795_437_631_000_000_000));
        Assert.Equal(new DateTime(2026, 11, 23, 12, 40, 31, DateTimeKind.Utc).AddTicks(3_750_456), lines[0].Timestamp!.Value.ToUniversalTime());
        Assert.Equal(DateTimeKind.Local, lines[0].Timestamp!.Value.Kind);
        Assert.Equal("2026-11-23T12:40:31.375045612Z line 1", Texts(log, stamped: true, keepStamps: true)[0]);
        Assert.Equal(["line 1", ""], Texts(log, stamped: true, limit: 8));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_time_before_each_piece_of_a_long_line_is_no_part_of_it(bool keepStamps)
    {
        const string time = "2026-11-23T12:40:31.375045612Z ";
        var piece = new string('z', 16 << 10);
        var stamp = keepStamps ? time : "";
        Assert.Equal([$"{stamp}{piece}{piece}zz", $"{stamp}{piece}", $"{stamp}{piece}{piece}{piece}x"],
            Texts($"{time}{piece}{time}{piece}{time}zz\n{time}{piece}\n{time}{piece}{piece}{time}{piece}x\n", 1000, stamped: true, keepStamps: keepStamps));
    }

    [Fact]
    public void Lines_older_than_asked_are_left_out()
    {
        var filter = new LogFilter(null, new DateTimeOffset(2026, 11, 23, 12, 0, 0, 500, TimeSpan.Zero));
        var lines = Split("2026-11-23T12:00:00.4Z a\n2026-11-23T12:00:00.5Z b\nc\n"u8.ToArray(), 100, stamped: true, filter: filter);
        Assert.Equal(["b", "c"], lines.Select(line => line.Text));
    }
}
