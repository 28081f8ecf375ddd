using Kube.Server.Proxy;

namespace Kube.Server.Tests.Proxy;

public class RequestTargetTests
{
    [Theory]
    [InlineData("/api/v1/pods?labelSelector=a%2Cb", "/api/v1/pods")]
    [InlineData("/api/v1/pods/x%2Fexec", "/api/v1/pods/x/exec")]
    [InlineData("/api/v1/pods/x%252Fexec", "/api/v1/pods/x%2Fexec")]
    [InlineData("/api/v1/pods/%65xec", "/api/v1/pods/exec")]
    [InlineData("/a%2e%2eb?..", "/a..b")]
    [InlineData("/", "/")]
    public void The_path_is_decoded_once_and_sent_as_it_came(string raw, string path)
    {
        var target = RequestTarget.Parse(raw)!;
        Assert.Equal(path, target.Path);
        Assert.Equal("https://cluster.example:6443" + raw, target.At(new Uri("https://cluster.example:6443")).OriginalString);
        Assert.Equal("https://cluster.example/k8s/c1" + raw, target.At(new Uri("https://cluster.example/k8s/c1/")).OriginalString);
        Assert.Equal(raw, target.At(new Uri("https://cluster.example")).PathAndQuery);
    }

    [Theory]
    [InlineData("/api/../apis")]
    [InlineData("/api/%2e%2e/apis")]
    [InlineData("/api/%2E/apis")]
    [InlineData("/api/..%2fapis")]
    [InlineData("//api/v1")]
    [InlineData("/%2fapi/v1")]
    [InlineData("/api\\v1")]
    [InlineData("/api%5Cv1")]
    [InlineData("/api%0Av1")]
    [InlineData("/api%00")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("http://other.example/api")]
    [InlineData("/api#x")]
    public void What_servers_read_differently_is_refused(string raw) => Assert.Null(RequestTarget.Parse(raw));
}
