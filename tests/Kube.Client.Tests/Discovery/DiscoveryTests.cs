using System.Text;
using Kube.Discovery;
using Kube.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Kube.Tests.Discovery;

public class DiscoveryTests
{
    const string Core = """
        {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[{"metadata":{"creationTimestamp":null},"versions":[{"version":"v1","freshness":"Current","resources":[
          {"resource":"pods","responseKind":{"group":"","version":"v1","kind":"Pod"},"scope":"Namespaced","singularResource":"pod","verbs":["get","list"],"shortNames":["po"],"categories":["all"],
           "subresources":[{"subresource":"log","responseKind":{"group":"","version":"","kind":"Pod"},"verbs":["get"]},{"subresource":"status","responseKind":null,"verbs":[]}]},
          {"resource":"nodes","responseKind":{"kind":"Node"},"scope":"Cluster","singularResource":"","verbs":["get"]}]}]}]}
        """;
    const string Groups = """
        {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
          {"metadata":{"name":"stable.example.com"},"versions":[{"version":"v2","resources":[{"resource":"crontabs","responseKind":{"kind":"CronTab"},"scope":"Namespaced","singularResource":"crontab","verbs":["list"]}]},{"version":"v1","resources":[]}]},
          {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale"}]}]}
        """;
    const string PlainCore = """{"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[]}""";
    const string PlainGroups = """
        {"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"stable.example.com","versions":[{"groupVersion":"stable.example.com/v1","version":"v1"},{"groupVersion":"stable.example.com/v2","version":"v2"}],"preferredVersion":{"groupVersion":"stable.example.com/v2","version":"v2"}},
          {"name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1beta1","version":"v1beta1"}],"preferredVersion":{"groupVersion":"metrics.k8s.io/v1beta1","version":"v1beta1"}}]}
        """;
    const string PlainV1 = """
        {"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list"],"shortNames":["po"],"categories":["all"]},
          {"name":"pods/log","singularName":"","namespaced":true,"kind":"Pod","verbs":["get"]},{"name":"pods/status","namespaced":true,"kind":"Pod","verbs":[]},{"name":"nodes","singularName":"","namespaced":false,"kind":"Node","verbs":["get"]}]}
        """;

    static string CronTabs(string version) => $$"""{"kind":"APIResourceList","groupVersion":"stable.example.com/{{version}}","resources":[{"name":"crontabs","singularName":"crontab","namespaced":true,"kind":"CronTab","verbs":["list"]}]}""";

    static string Say(KubeResource r) => $"{r.ApiVersion} {r.Name} {r.Kind} {r.Singular} {(r.Namespaced ? "namespaced" : "cluster")} [{string.Join(",", r.ShortNames)}] [{string.Join(",", r.Verbs)}] [{string.Join(",", r.Subresources)}] [{string.Join(",", r.Categories)}]";

    static Task Aggregated(HttpContext c) => TestApi.Json(c, c.Request.Path == "/api" ? Core : Groups);

    static Task Plain(HttpContext c) => c.Request.Path.Value switch
    {
        "/api" => TestApi.Json(c, PlainCore),
        "/apis" => TestApi.Json(c, PlainGroups),
        "/api/v1" => TestApi.Json(c, PlainV1),
        "/apis/stable.example.com/v1" => TestApi.Json(c, CronTabs("v1")),
        "/apis/stable.example.com/v2" => TestApi.Json(c, CronTabs("v2")),
        _ => TestApi.Json(c, "", 503),
    };

    [Fact]
    public async Task Two_requests_list_all_where_the_server_aggregates()
    {
        await using var server = await TestApi.StartAsync(Aggregated);
        using var connection = new KubeConnection(server.Options());
        var api = new KubeApi(connection);
        var resources = await api.GetResourcesAsync(CancellationToken.None);
        Assert.Equal(
            ["v1 pods Pod pod namespaced [po] [get,list] [log,status] [all]", "v1 nodes Node node cluster [] [get] [] []", "stable.example.com/v2 crontabs CronTab crontab namespaced [] [list] [] []"],
            resources.Select(Say));
        Assert.Same(resources, await api.GetResourcesAsync(CancellationToken.None));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Others_are_asked_one_group_version_after_the_other_and_one_may_be_down()
    {
        await using var server = await TestApi.StartAsync(Plain);
        using var connection = new KubeConnection(server.Options());
        var api = new KubeApi(connection);
        Assert.Equal(
            ["v1 pods Pod pod namespaced [po] [get,list] [log,status] [all]", "v1 nodes Node node cluster [] [get] [] []", "stable.example.com/v2 crontabs CronTab crontab namespaced [] [list] [] []", "stable.example.com/v1 crontabs CronTab crontab namespaced [] [list] [] []"],
            (await api.GetResourcesAsync(CancellationToken.None)).Select(Say));
        var missing = await Assert.ThrowsAsync<KubeOperationException>(() => api.FindResourceAsync("nosuch", CancellationToken.None));
        Assert.Equal("the server has no resource type \"nosuch\"; metrics.k8s.io/v1beta1 could not be listed", missing.Message);
        Assert.Equal(("NotFound", 404), (missing.Status.Reason, missing.Status.Code));
    }

    [Fact]
    public async Task What_every_cluster_has_costs_no_request()
    {
        using var connection = new KubeConnection(new() { Server = new Uri("http://127.0.0.1:1"), Name = "x" });
        var api = new KubeApi(connection);
        Assert.Same(KubeResources.Pods, await api.FindResourceAsync("po", CancellationToken.None));
        Assert.Same(KubeResources.Deployments, await api.FindResourceAsync("apps/v1", "Deployment", CancellationToken.None));
    }

    [Fact]
    public async Task A_miss_reads_again_but_not_for_ever()
    {
        var clock = new ManualTime();
        var groups = """{"kind":"APIGroupDiscoveryList","items":[]}""";
        await using var server = await TestApi.StartAsync(c => TestApi.Json(c, c.Request.Path == "/api" ? Core : groups));
        using var connection = new KubeConnection(server.Options());
        var cache = new ResourceCache(clock);
        async Task<string?> FindAsync() => (await cache.FindAsync(connection, m => m.Find("crontab"), CancellationToken.None)).Found?.Name;
        Assert.Null(await FindAsync());
        groups = Groups;
        Assert.Null(await FindAsync());
        Assert.Equal(2, server.Requests.Count);
        clock.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal("crontabs", await FindAsync());
        Assert.Equal("crontabs", await FindAsync());
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Many_ask_at_once_and_the_server_is_asked_once()
    {
        await using var server = await TestApi.StartAsync(Aggregated);
        using var connection = new KubeConnection(server.Options());
        var api = new KubeApi(connection);
        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.FindResourceAsync("crontab", CancellationToken.None)));
        Assert.All(found, r => Assert.Equal("stable.example.com/v2", r.ApiVersion));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_kind_in_another_version_is_told()
    {
        await using var server = await TestApi.StartAsync(Aggregated);
        using var connection = new KubeConnection(server.Options());
        var missing = await Assert.ThrowsAsync<KubeOperationException>(() => new KubeApi(connection).FindResourceAsync("stable.example.com/v1", "CronTab", CancellationToken.None));
        Assert.StartsWith("the server has no kind \"CronTab\" in \"stable.example.com/v1\"; it has it in stable.example.com/v2", missing.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"kind":"Pod"}""")]
    [InlineData("nonsense")]
    public async Task What_is_no_discovery(string body)
    {
        Assert.Throws<FormatException>(() => DiscoveryDocument.ReadRoot(Encoding.UTF8.GetBytes(body)));
        await using var server = await TestApi.StartAsync(c => TestApi.Json(c, body));
        using var connection = new KubeConnection(server.Options());
        Assert.Equal(KubeConnectionFault.NotKubernetes, (await Assert.ThrowsAsync<KubeConnectionException>(() => new KubeApi(connection).GetResourcesAsync(CancellationToken.None))).Fault);
    }
}
