using System.Text;
using Kube.Module.Forwarding;
using Kube.Module.Running;

namespace Kube.Module.Tests.Running;

public class TextTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public void Lines_of_pieces_of_any_length(int length)
    {
        var lines = new TextLines();
        var all = Encoding.UTF8.GetBytes("äöü\r\n\n日本語 x\nlast").Chunk(length).SelectMany(piece => lines.Add(piece)).ToList();
        Assert.Equal(["äöü", "", "日本語 x"], all);
        Assert.Equal("last", lines.End());
        Assert.Null(lines.End());
    }

    [Fact]
    public void Input_is_lines_of_text_and_bytes_as_they_are()
    {
        Assert.Equal("a\n"u8.ToArray(), InputBytes.Of("a").ToArray());
        Assert.Equal("12\n"u8.ToArray(), InputBytes.Of(12).ToArray());
        Assert.Equal(new byte[] { 0, 255 }, InputBytes.Of(new byte[] { 0, 255 }).ToArray());
        Assert.Equal(new byte[] { 7 }, InputBytes.Of((byte)7).ToArray());
        Assert.Equal("a\nb\n"u8.ToArray(), InputBytes.Of(new object[] { "a", "b" }).ToArray());
        Assert.True(InputBytes.Of(null).IsEmpty);
    }

    [Theory]
    [InlineData("80", 80, 80)]
    [InlineData("8080:80", 8080, 80)]
    [InlineData(":80", 0, 80)]
    [InlineData("0:80", 0, 80)]
    public void Ports(string text, int local, int remote) => Assert.Equal(new PortPair(local, remote), PortPair.Parse(text));

    [Theory]
    [InlineData("http", null, "http")]
    [InlineData(":http", 0, "http")]
    [InlineData("8080:http-2", 8080, "http-2")]
    public void Ports_by_name(string text, int? local, string name) => Assert.Equal(new PortPair(local, null, name), PortPair.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("80:")]
    [InlineData("80:0")]
    [InlineData("65536")]
    [InlineData("-1:80")]
    [InlineData("1:2:3")]
    [InlineData("HTTP")]
    [InlineData("-http")]
    [InlineData("80:a_b")]
    [InlineData("a-name-that-is-too-long")]
    [InlineData("http:80")]
    public void What_is_no_port(string text) => Assert.Throws<FormatException>(() => PortPair.Parse(text));
}
