using Kube.Server.Custom;

namespace Kube.Server.Tests.Custom;

public class TextFormatsTests
{
    [Theory]
    [InlineData("date-time", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123+02:00")]
    [InlineData("date", "2024-02-29", "1970-01-01")]
    [InlineData("duration", "1h30m", "15s", "2 days", "300ms")]
    [InlineData("email", "a@example.com", "first.last+tag@sub.example.com")]
    [InlineData("uri", "https://example.com/a?b=c", "urn:isbn:1", "/path")]
    [InlineData("hostname", "a", "a-b.example.com", "1.2")]
    [InlineData("ipv4", "10.0.0.1", "255.255.255.255")]
    [InlineData("ipv6", "::1", "2001:db8::1")]
    [InlineData("cidr", "10.0.0.0/8", "2001:db8::/32")]
    [InlineData("mac", "01:23:45:67:89:ab", "01-23-45-67-89-AB", "0123.4567.89ab")]
    [InlineData("byte", "", "YQ==", "YWI=", "YWJj")]
    [InlineData("uuid", "a8098c1a-f86e-11da-bd1a-00112444be1e")]
    [InlineData("uuid4", "25769c6c-d34d-4bfe-ba98-e0ee856f3e7a")]
    [InlineData("hexcolor", "#fff", "a0b1c2")]
    [InlineData("rgbcolor", "rgb(0, 10,255)")]
    [InlineData("isbn13", "978-3-16-148410-0")]
    [InlineData("isbn10", "3-16-148410-X")]
    [InlineData("creditcard", "4111 1111 1111 1111")]
    [InlineData("ssn", "111-22-3333")]
    [InlineData("bsonobjectid", "507f1f77bcf86cd799439011")]
    [InlineData("password", "anything")]
    [InlineData("int32", "not looked at")]
    public void What_has_the_format_is_taken(string format, params string[] texts) => Assert.All(texts, text => Assert.True(TextFormats.IsValid(format, text), text));

    [Theory]
    [InlineData("date-time", "2026-01-02", "yesterday", "2026-13-02T03:04:05Z", "")]
    [InlineData("date", "2023-02-29", "02.01.2026")]
    [InlineData("duration", "1x", "h", "")]
    [InlineData("email", "a", "@example.com")]
    [InlineData("uri", "not a uri", "::", "example")]
    [InlineData("hostname", "-a", "a..b", "a_b", "a\n")]
    [InlineData("ipv4", "1.2.3", "256.0.0.1", "::1", "1")]
    [InlineData("ipv6", "::g", "1.2.3.4", "fe80::1%eth0")]
    [InlineData("cidr", "10.0.0.0", "10.0.0.0/33", "x/8")]
    [InlineData("mac", "01:23:45:67:89", "01:23-45:67:89:ab")]
    [InlineData("byte", "***", "YQ=", "YQ")]
    [InlineData("uuid4", "a8098c1a-f86e-11da-bd1a-00112444be1e")]
    [InlineData("hexcolor", "red", "#ffff")]
    [InlineData("rgbcolor", "rgb(256,0,0)", "rgb(1,2)")]
    [InlineData("isbn", "978-3-16-148410-1", "1")]
    [InlineData("creditcard", "4111 1111 1111 1112", "1")]
    public void What_has_it_not_is_refused(string format, params string[] texts) => Assert.All(texts, text => Assert.False(TextFormats.IsValid(format, text), text));
}
