using System.Text;
using Kube.Streams;

namespace Kube.Tests.Streams;

public class LogStampTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z x", 0, "x")]
    [InlineData("1970-01-01T00:00:00.000000001Z x", 1, "x")]
    [InlineData("1970-01-01T00:00:00.1Z  x", 100_000_000, " x")]
    [InlineData("1970-01-01T00:00:00.1234567891Z x", 123_456_789, "x")]
    [InlineData("1970-01-01T01:00:01+01:00 x", 1_000_000_000, "x")]
    [InlineData("1970-01-01T00:00:00-00:30 x", 1_800_000_000_000, "x")]
    [InlineData("1972-02-29T00:00:00Z", 68_169_600_000_000_000, "")]
    public void A_time_and_its_space_are_taken_off(string line, long nanoseconds, string rest)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(line);
        Assert.Equal(nanoseconds, LogStamp.Take(ref bytes));
        Assert.Equal(rest, Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("1970-01-01T00:00:00")]
    [InlineData("1970-01-01 00:00:00Z x")]
    [InlineData("1970-01-01T00:00:00.Z x")]
    [InlineData("1970-01-01T00:00:00Zx")]
    [InlineData("1970-13-01T00:00:00Z x")]
    [InlineData("1971-02-29T00:00:00Z x")]
    [InlineData("1970-01-01T24:00:00Z x")]
    [InlineData("1970-01-01T00:00:00+0100 x")]
    [InlineData("1969-12-31T23:59:59Z x")]
    [InlineData("19x0-01-01T00:00:00Z x")]
    public void All_else_stays_as_it_is(string line)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(line);
        Assert.Null(LogStamp.Take(ref bytes));
        Assert.Equal(line, Encoding.UTF8.GetString(bytes));
    }
}
