using System.Text;
using System.Text.Json;
using Kube.Http;

namespace Kube.Tests.Http;

public class WatchSlicerTests
{
    const string Frames = """
        {"type":"ADDED","object":{"metadata":{"name":"a","labels":{"type":"x","object":"{}"}}}}
        {"object":{"b":[{"type":"no"}]},"type":"BOOKMARK"}{"type":"ERROR","extra":{"object":{}},"object":{"code":410}}

        """;
    static readonly string[] Expected =
    [
        """ADDED {"metadata":{"name":"a","labels":{"type":"x","object":"{}"}}}""", """BOOKMARK {"b":[{"type":"no"}]}""", """ERROR {"code":410}""",
    ];

    [Fact]
    public void Chunks_of_every_size()
    {
        for (var size = 1; size <= Frames.Length; size++) Assert.Equal(Expected, Slice(Frames, size));
    }

    [Fact]
    public void A_frame_is_handed_out_at_its_last_byte()
    {
        var slicer = new WatchSlicer();
        var text = """{"type":"ADDED","object":{"a":1}}""";
        for (var i = 0; i < text.Length - 1; i++) Assert.Empty(Feed(slicer, [(byte)text[i]]));
        Assert.Equal(["""ADDED {"a":1}"""], Feed(slicer, "}"u8.ToArray()));
        Assert.False(slicer.Done);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public void A_stream_may_end_between_frames(string text) => Assert.Empty(Slice(text, 1));

    [Theory]
    [InlineData("""{"type":"ADDED","object":{"a":1}""")]
    [InlineData("""{"type":"ADDED"} """)]
    [InlineData("""{"object":{}} """)]
    [InlineData("""{"type":"ADDED","object":3} """)]
    [InlineData("""[] """)]
    [InlineData("""3 """)]
    [InlineData("""<html>""")]
    [InlineData("""{"type":"ADDED","object":{}},""")]
    public void What_is_no_frame(string text)
    {
        var error = Assert.ThrowsAny<Exception>(() => Slice(text, 4));
        Assert.True(error is JsonException or FormatException, error.ToString());
    }

    static List<string> Slice(string text, int size)
    {
        var slicer = new WatchSlicer();
        var frames = Encoding.UTF8.GetBytes(text).Chunk(size).SelectMany(c => Feed(slicer, c)).ToList();
        frames.AddRange(Feed(slicer, []));
        Assert.True(slicer.Done);
        return frames;
    }

    static List<string> Feed(WatchSlicer slicer, byte[] bytes)
    {
        var frames = new List<string>();
        bytes.CopyTo(slicer.Room());
        slicer.Arrived(bytes.Length);
        while (slicer.TryNext(out var type, out var json)) frames.Add($"{type} {Encoding.UTF8.GetString(json)}");
        return frames;
    }
}
