using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Kube.Agent;
using Kube.Server.Api;
using Kube.Server.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Kube.Server.Tests.Nodes;

public class LogQueryTests
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, NodeLogRequest> Queries => new()
    {
        { "", new NodeLogRequest() },
        { "?follow=true&previous=true&timestamps=true", new NodeLogRequest { Follow = true, Previous = true, Timestamps = true } },
        { "?follow=1", new NodeLogRequest { Follow = true } },
        { "?follow=false&previous=0", new NodeLogRequest() },
        { "?follow", new NodeLogRequest { Follow = true } },
        { "?tailLines=0", new NodeLogRequest { TailLines = 0 } },
        { "?tailLines=99999999999", new NodeLogRequest { TailLines = int.MaxValue } },
        { "?tailLines=", new NodeLogRequest() },
        { "?limitBytes=1", new NodeLogRequest { LimitBytes = 1 } },
        { "?sinceSeconds=60", new NodeLogRequest { Since = Now.AddMinutes(-1) } },
        { "?sinceSeconds=9223372036854775807", new NodeLogRequest() },
        { "?sinceTime=2026-06-01T10%3A00%3A00Z", new NodeLogRequest { Since = Now.AddHours(-2) } },
        { "?sinceTime=2026-06-01T12%3A00%3A00.5%2B02%3A00", new NodeLogRequest { Since = Now.AddHours(-2).AddSeconds(0.5) } },
        { "?sinceTime=2026-06-01T10%3A00%3A00.123456789Z", new NodeLogRequest { Since = Now.AddHours(-2).AddTicks(1_234_567) } },
        { "?follow=False&timestamps", new NodeLogRequest { Timestamps = true } },
        { "?container=c&pretty=true", new NodeLogRequest() },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void What_a_query_asks_for_and_back(string query, NodeLogRequest request)
    {
        Assert.Equal(request, Read(query));
        Assert.Equal(request, Read(LogQuery.Write(request)));
    }

    [Theory]
    [InlineData("?tailLines=-1", 422, "PodLogOptions \"\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("?limitBytes=0", 422, "PodLogOptions \"\" is invalid: limitBytes: Invalid value: 0: must be greater than 0")]
    [InlineData("?sinceSeconds=0", 422, "PodLogOptions \"\" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0")]
    [InlineData("?sinceSeconds=1&sinceTime=2026-06-01T10:00:00Z", 422, "[]: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified")]
    [InlineData("?tailLines=-1&limitBytes=-1", 422, "[tailLines: ")]
    [InlineData("?tailLines=few", 400, "parsing \"few\": invalid syntax")]
    [InlineData("?sinceTime=yesterday", 400, "parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse")]
    [InlineData("?sinceTime=2026-06-01", 400, "parsing time")]
    [InlineData("?sinceTime=2026-06-01T10:00:00", 400, "parsing time")]
    public void What_it_may_not_ask_for(string query, int code, string message)
    {
        var refused = Assert.Throws<StatusException>(() => Read(query));
        Assert.Equal(code, refused.Status.Code);
        Assert.Contains(message, refused.Status.Message);
    }

    [Fact]
    public void An_API_server_hands_times_on_in_whole_seconds_and_names_the_pod()
    {
        static NodeLogRequest Ask(string query) => LogQuery.ReadForPod(new QueryCollection(QueryHelpers.ParseQuery(query)), "web", Now);
        Assert.Equal(new NodeLogRequest { Since = Now.AddHours(-2) }, Ask("?sinceTime=2026-06-01T10:00:00.999Z"));
        Assert.Equal(new NodeLogRequest { Since = Now.AddSeconds(-1) }, Ask("?sinceSeconds=1&stream=All"));
        Assert.Equal("PodLogOptions \"web\" is invalid: limitBytes: Invalid value: 0: must be greater than 0", Assert.Throws<StatusException>(() => Ask("?limitBytes=0")).Status.Message);
        Assert.Contains("stream: Forbidden: may not be specified", Assert.Throws<StatusException>(() => Ask("?stream=Stdout")).Status.Message);
    }

    [Theory]
    [InlineData("""{"containers":[{"name":"a"}]}""", "", "a")]
    [InlineData("""{"containers":[{"name":"a"}],"initContainers":[{"name":"i"}]}""", "", "a")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", "b", "b")]
    [InlineData("""{"containers":[{"name":"a"}],"initContainers":[{"name":"i"}]}""", "i", "i")]
    [InlineData("""{"containers":[{"name":"a"}],"ephemeralContainers":[{"name":"e"}]}""", "e", "e")]
    public void The_container_that_is_meant(string spec, string asked, string container) => Assert.Equal(container, PodLogs.ContainerOf("web", Json(spec), asked));

    [Theory]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", "", "a container name must be specified for pod web, choose one of: [a b]")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}],"initContainers":[{"name":"i"},{"name":"j"}]}""", "", "a container name must be specified for pod web, choose one of: [a b] or one of the init containers: [i j]")]
    [InlineData("""{"containers":[]}""", "", "a container name must be specified for pod web")]
    [InlineData("""{"containers":[{"name":"a"}]}""", "z", "container z is not valid for pod web")]
    public void Or_none(string spec, string asked, string message)
    {
        var refused = Assert.Throws<StatusException>(() => PodLogs.ContainerOf("web", Json(spec), asked));
        Assert.Equal((400, "BadRequest", message), (refused.Status.Code, refused.Status.Reason, refused.Status.Message));
    }

    [Theory]
    [InlineData("{}", "its status names no port")]
    [InlineData("""{"status":{"daemonEndpoints":{"kubeletEndpoint":{"Port":10250}}}}""", "its status names no address")]
    [InlineData("""{"status":{"daemonEndpoints":{"kubeletEndpoint":{"Port":10250}},"addresses":[{"type":"InternalIP","address":"10.0.0.1"}]}}""", "does not tell its certificate")]
    public void A_node_without_an_endpoint(string node, string why)
    {
        using var certificate = Kube.Server.Security.EndpointCertificate.Create("n", System.Net.IPAddress.Loopback, Now);
        var refused = Assert.Throws<StatusException>(() => NodeConnector.Read("far", Json(node), certificate));
        Assert.Contains("node far", refused.Status.Message);
        Assert.Contains(why, refused.Status.Message);
    }

    [Fact]
    public void Nodes_know_an_API_server_from_others()
    {
        var now = DateTimeOffset.UtcNow;
        var names = Kube.Server.Security.CertificateNames.For([], ("m", Array.Empty<System.Net.IPAddress>()));
        var ours = Kube.Server.Security.ClusterCertificates.Create(names, now);
        var others = Kube.Server.Security.ClusterCertificates.Create(names, now);
        X509Certificate2Collection authorities = [ours.Authority];
        Assert.True(NodeServer.IsApiServer(ours.NodeClient, authorities, now));
        Assert.False(NodeServer.IsApiServer(others.NodeClient, authorities, now));
        Assert.False(NodeServer.IsApiServer(ours.Server, authorities, now));
        Assert.False(NodeServer.IsApiServer(null, authorities, now));
        Assert.False(NodeServer.IsApiServer(ours.NodeClient, authorities, now.AddYears(2)));
    }

    static NodeLogRequest Read(string query) => LogQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), Now);

    static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
