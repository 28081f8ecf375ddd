using Kube.Server.Api;

namespace Kube.Server.Tests.Api;

public class ApiPathTests
{
    [Theory]
    [InlineData("/", "")]
    [InlineData("", "")]
    [InlineData("/api", "api")]
    [InlineData("/api/", "api")]
    [InlineData("/api/v1/pods", "api|v1|pods")]
    [InlineData("//api/v1/pods", "|api|v1|pods")]
    [InlineData("/api//v1/", "api||v1")]
    [InlineData("/api/v1//", "api|v1|")]
    [InlineData("/API/v1", "API|v1")]
    public void One_slash_at_an_end_counts_for_nothing(string path, string parts) => Assert.Equal(parts, string.Join('|', ApiPath.Split(path)));

    [Theory]
    [InlineData("//api/v1/pods")]
    [InlineData("/api//pods")]
    [InlineData("/api/v1/pods//")]
    [InlineData("/API/v1/pods")]
    [InlineData("/api/v1/pods/web/status/more")]
    [InlineData("/healthz")]
    [InlineData("/")]
    public void What_can_be_no_resource_is_none(string path) => Assert.Null(ApiPath.Parse(path));
}
