namespace Kube.Client.Tests.Objects;

public sealed class KubeLogLineTests
{
    [Theory]
    [InlineData("2024-05-01T10:00:00.123456789Z hello world", "2024-05-01T10:00:00.1234567Z", "hello world")]
    [InlineData("2024-05-01T10:00:00Z  indented", "2024-05-01T10:00:00.0000000Z", " indented")]
    [InlineData("2024-05-01T10:00:00.5Z ", "2024-05-01T10:00:00.5000000Z", "")]
    [InlineData("2024-05-01T10:00:00.5Z", "2024-05-01T10:00:00.5000000Z", "")]
    [InlineData("2024-05-01T12:00:00.000000001+02:00 x", "2024-05-01T10:00:00.0000000Z", "x")]
    [InlineData("no time here", null, "no time here")]
    [InlineData("2024-05-01 10:00:00 x", null, "2024-05-01 10:00:00 x")]
    [InlineData("2024-13-01T10:00:00Z x", null, "2024-13-01T10:00:00Z x")]
    [InlineData("20240501 100000", null, "20240501 100000")]
    [InlineData("", null, "")]
    public void A_line_may_start_with_its_time(string text, string? time, string line)
    {
        var read = KubeLogLine.Parse("web", "c", text);
        Assert.Equal(("web", "c", line, line), (read.Pod, read.Container, read.Line, read.ToString()));
        Assert.Equal(time, read.Timestamp?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'"));
        if (time is not null) Assert.Equal(DateTimeKind.Local, read.Timestamp!.Value.Kind);
    }
}
