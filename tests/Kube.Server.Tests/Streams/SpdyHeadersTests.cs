using Kube.Server.Streams.Spdy;

namespace Kube.Server.Tests.Streams;

public class SpdyHeadersTests
{
    // Two blocks of one stream, packed by zlib with SPDY's dictionary.
    const string First = "78F9E3C6A7C202253A703A2B294A4DCC851625ACA9A0808614CB45A024CC64610024398B209198094ADC8C0600000000FFFF";
    const string Second = "82690D46D60A2A851209E904000000FFFF";

    [Fact]
    public void Blocks_of_one_stream()
    {
        using var headers = new SpdyHeaders();
        Assert.Equal(new Dictionary<string, string> { ["streamtype"] = "error", ["port"] = "80", ["requestid"] = "0" }, headers.Read(Convert.FromHexString(First)));
        Assert.Equal(new Dictionary<string, string> { ["streamtype"] = "data", ["port"] = "80", ["requestid"] = "0" }, headers.Read(Convert.FromHexString(Second)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("78BB00000000")]
    [InlineData("7801000000FFFF")]
    public void What_is_none(string block) => Assert.Throws<InvalidDataException>(() =>
    {
        using var headers = new SpdyHeaders();
        headers.Read(Convert.FromHexString(block));
    });

    [Fact]
    public void An_empty_block_is_a_zlib_stream_once()
    {
        using var headers = new SpdyHeaders();
        var first = headers.WriteEmpty();
        Assert.Equal([0x78, 0x01], first[..2]);
        Assert.Equal(first[2..], headers.WriteEmpty());
        using var reader = new SpdyHeaders();
        Assert.Empty(reader.Read(first));
        Assert.Empty(reader.Read(first[2..]));
    }
}
