using System.Text;
using System.Text.Json;
using Kube.Http;

namespace Kube.Tests.Http;

public class ListSlicerTests
{
    const string Pods = """
        {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"42","continue":"abc","remainingItemCount":3},
         "items":[{"metadata":{"name":"a"},"x":[{"items":[1,{}]}]}, {"metadata":{"name":"\u00e4 \"}]"}} ,{}]}
        """;
    static readonly string[] Items = ["""{"metadata":{"name":"a"},"x":[{"items":[1,{}]}]}""", """{"metadata":{"name":"\u00e4 \"}]"}}""", "{}"];

    [Fact]
    public void Items_and_what_the_list_says_of_itself()
    {
        var (slicer, items) = Slice(Pods, int.MaxValue);
        Assert.Equal(Items, items);
        Assert.Equal(("42", "abc"), (slicer.ResourceVersion, slicer.Continue));
    }

    [Fact]
    public void Chunks_of_every_size()
    {
        for (var size = 1; size <= Pods.Length; size++) Assert.Equal(Items, Slice(Pods, size).Items);
    }

    [Fact]
    public void Two_chunks_cut_anywhere()
    {
        var bytes = Encoding.UTF8.GetBytes(Pods);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var slicer = new ListSlicer();
            var items = new List<string>();
            foreach (var part in new[] { bytes[..cut], bytes[cut..] })
                if (part.Length > 0) Feed(slicer, part, items);
            Feed(slicer, [], items);
            Assert.Equal(Items, items);
            Assert.True(slicer.Done);
        }
    }

    [Fact]
    public void An_item_is_handed_out_as_soon_as_its_last_byte_is_there()
    {
        var slicer = new ListSlicer();
        var items = new List<string>();
        var text = """{"items":[{"a":1},{"b":2}]}""";
        for (var i = 0; i < text.Length; i++)
        {
            Feed(slicer, [(byte)text[i]], items);
            Assert.Equal(text[..(i + 1)].Count(c => c == '}'), items.Count + (slicer.Done ? 1 : 0));
        }
    }

    [Fact]
    public void Metadata_may_stand_behind_the_items()
    {
        var (slicer, items) = Slice("""{"apiVersion":"a/v1","items":[{"n":1}],"kind":"CronTabList","metadata":{"continue":"c","resourceVersion":"9"}}""", 5);
        Assert.Equal(["""{"n":1}"""], items);
        Assert.Equal(("9", "c"), (slicer.ResourceVersion, slicer.Continue));
    }

    [Fact]
    public void The_continuation_is_known_before_the_items_arrive()
    {
        var slicer = new ListSlicer();
        Feed(slicer, """{"metadata":{"continue":"c"},"items":["""u8.ToArray(), []);
        Assert.Equal("c", slicer.Continue);
        Assert.False(slicer.Done);
    }

    [Theory]
    [InlineData("""{"metadata":{},"items":[]}""", "")]
    [InlineData("""{"items":null,"metadata":{"continue":""}}""", "")]
    [InlineData("""{"items":[]}""", "")]
    [InlineData("""{"items":[],"metadata":null}""", "")]
    [InlineData("""{"metadata":{"x":{"continue":"no"},"continue":"yes"},"items":[]}""", "yes")]
    [InlineData("""{"other":{"metadata":{"continue":"no"},"items":[{}]},"items":[]}""", "")]
    public void Empty_lists(string json, string expected)
    {
        var (slicer, items) = Slice(json, 3);
        Assert.Empty(items);
        Assert.Equal(expected, slicer.Continue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"items":[{"a":1}""")]
    [InlineData("""{"items":[{"a":1}]""")]
    [InlineData("""{"items":[{"a":1},]}""")]
    [InlineData("""{"items":[{"a":1}]}x""")]
    [InlineData("<html></html>")]
    public void What_is_no_json_or_ends_too_soon(string text) =>
        Assert.ThrowsAny<Exception>(() => Slice(text, 4) is { Slicer.Done: true } ? 0 : throw new FormatException());

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("{}")]
    [InlineData("""{"kind":"Pod","metadata":{}}""")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":3}""")]
    [InlineData("""{"items":[1]}""")]
    [InlineData("""{"items":[[]]}""")]
    [InlineData("""{"items":[null]}""")]
    public void What_is_no_list(string text) => Assert.Throws<FormatException>(() => Slice(text, 4));

    [Fact]
    public void Items_larger_than_any_buffer_and_of_random_chunks()
    {
        var random = new Random(20260718);
        for (var round = 0; round < 50; round++)
        {
            var expected = Enumerable.Range(0, random.Next(1, 30))
                .Select(i => JsonSerializer.Serialize(new { i, text = new string((char)random.Next(32, 0x2000), random.Next(round == 0 ? 300_000 : 5_000)), inner = new { list = new[] { 1, 2 } } })).ToList();
            var bytes = Encoding.UTF8.GetBytes("{\"items\":[" + string.Join(",", expected) + "],\"metadata\":{\"resourceVersion\":\"1\"}}");
            var slicer = new ListSlicer();
            var items = new List<string>();
            for (var at = 0; at < bytes.Length;)
            {
                var next = Math.Min(bytes.Length, at + random.Next(1, 20_000));
                Feed(slicer, bytes[at..next], items);
                at = next;
            }
            Assert.True(slicer.Done);
            Assert.Equal(expected, items);
        }
    }

    static (ListSlicer Slicer, List<string> Items) Slice(string text, int size)
    {
        var slicer = new ListSlicer();
        var items = new List<string>();
        foreach (var chunk in Encoding.UTF8.GetBytes(text).Chunk(size)) Feed(slicer, chunk, items);
        Feed(slicer, [], items);
        return (slicer, items);
    }

    static void Feed(ListSlicer slicer, byte[] bytes, List<string> items)
    {
        var at = 0;
        do
        {
            var room = slicer.Room();
            var count = Math.Min(room.Length, bytes.Length - at);
            bytes.AsMemory(at, count).CopyTo(room);
            slicer.Arrived(count);
            at += count;
            while (slicer.TryNext(out var item)) items.Add(Encoding.UTF8.GetString(item.Span));
        }
        while (at < bytes.Length);
    }
}
