using System.Text;
using Kube.Http;

namespace Kube.Tests.Http;

public class StatusReaderTests
{
    static KubeStatus Read(string body, int code, string? text = null, int? retryAfter = null) => StatusReader.Read(Encoding.UTF8.GetBytes(body), code, text, retryAfter);

    [Fact]
    public void All_that_a_Status_says()
    {
        var status = Read("""
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Pod \"w\" is invalid: spec.x","reason":"Invalid","code":422,
             "details":{"name":"w","group":"g","kind":"Pod","retryAfterSeconds":2,"causes":[{"reason":"FieldValueRequired","message":"Required value","field":"spec.x"},{"message":"m"},7]}}
            """, 422);
        Assert.Equal((422, "Invalid", "Pod \"w\" is invalid: spec.x", "w", "g", "Pod", (int?)2), (status.Code, status.Reason, status.Message, status.Name, status.Group, status.Kind, status.RetryAfterSeconds));
        Assert.Equal([new("FieldValueRequired", "Required value", "spec.x"), new(null, "m", null)], status.Causes);
    }

    [Theory]
    [InlineData("""{"kind":"Status","code":403}""", "Forbidden", "the server answers 403 Forbidden")]
    [InlineData("""{"kind":"Status","reason":"","message":"","details":null}""", "Forbidden", "the server answers 403 Forbidden")]
    [InlineData("""{"kind":"Status","message":"m","details":{"causes":null}}""", "Forbidden", "m")]
    [InlineData("""{"kind":"Pod","message":"m"}""", "Forbidden", "the server answers 403 Forbidden")]
    [InlineData("""{"message":"m"}""", "Forbidden", "the server answers 403 Forbidden")]
    [InlineData("[]", "Forbidden", "the server answers 403 Forbidden")]
    [InlineData("", "Forbidden", "the server answers 403 Forbidden")]
    [InlineData("<html>", "Forbidden", "the server answers 403 Forbidden")]
    public void What_a_Status_does_not_say(string body, string reason, string message)
    {
        var status = Read(body, 403);
        Assert.Equal((403, reason, message), (status.Code, status.Reason, status.Message));
        Assert.Empty(status.Causes);
    }

    [Fact]
    public void Plain_text_is_told() => Assert.Equal("the server answers 502 Bad Gateway: no upstream", Read("no upstream", 502, "no upstream").Message);

    [Fact]
    public void The_header_counts_where_the_body_is_silent()
    {
        Assert.Equal(9, Read("x", 429, null, 9).RetryAfterSeconds);
        Assert.Equal(9, Read("""{"kind":"Status"}""", 429, null, 9).RetryAfterSeconds);
        Assert.Equal(2, Read("""{"kind":"Status","details":{"retryAfterSeconds":2}}""", 429, null, 9).RetryAfterSeconds);
    }

    [Theory]
    [InlineData(400, "BadRequest")]
    [InlineData(401, "Unauthorized")]
    [InlineData(404, "NotFound")]
    [InlineData(405, "MethodNotAllowed")]
    [InlineData(406, "NotAcceptable")]
    [InlineData(409, "Conflict")]
    [InlineData(410, "Expired")]
    [InlineData(413, "RequestEntityTooLarge")]
    [InlineData(415, "UnsupportedMediaType")]
    [InlineData(422, "Invalid")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(504, "Timeout")]
    [InlineData(418, "Unknown")]
    public void Words_for_codes(int code, string reason) => Assert.Equal(reason, Read("", code).Reason);
}
