using System.Text.Json.Nodes;
using Kube.Server.Storage;
using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

public class WatchTests
{
    [Fact]
    public async Task From_a_version_on_each_change_comes_once_and_in_order()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("before"));
        var version = (await api.GetAsync(ConfigMaps)).Version;
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        using var watch = await api.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion={version}");
        await api.MergeAsync(ConfigMaps + "/a", """{"data":{"k":"v"}}""");
        await api.DeleteAsync(ConfigMaps + "/before");
        await api.PostAsync("/api/v1/namespaces/kube-system/configmaps", ConfigMap("elsewhere"));
        await api.DeleteAsync(ConfigMaps + "/a");
        Assert.Equal("ADDED a", await watch.NextNameAsync());
        Assert.Equal("MODIFIED a", await watch.NextNameAsync());
        Assert.Equal("DELETED before", await watch.NextNameAsync());
        var last = await watch.NextAsync();
        Assert.Equal("DELETED", last!["type"]!.ToString());
        Assert.Equal("v", last["object"]!["data"]!["k"]!.ToString());
        Assert.Equal("ConfigMap", last["object"]!["kind"]!.ToString());
        Assert.Equal(api.Store.State.Revision.ToString(), last["object"]!["metadata"]!["resourceVersion"]!.ToString());
    }

    [Theory]
    [InlineData("watch=true")]
    [InlineData("watch=1&resourceVersion=0")]
    public async Task Without_a_version_the_present_state_comes_first(string query)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        await api.PostAsync(ConfigMaps, ConfigMap("b"));
        using var watch = await api.WatchAsync($"{ConfigMaps}?{query}");
        Assert.Equal("ADDED a", await watch.NextNameAsync());
        Assert.Equal("ADDED b", await watch.NextNameAsync());
        await api.DeleteAsync(ConfigMaps + "/a");
        Assert.Equal("DELETED a", await watch.NextNameAsync());
    }

    [Fact]
    public async Task Initial_events_end_with_the_annotated_bookmark()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        using var watch = await api.WatchAsync($"{ConfigMaps}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        Assert.Equal("ADDED a", await watch.NextNameAsync());
        var bookmark = await watch.NextAsync();
        Assert.Equal("BOOKMARK", bookmark!["type"]!.ToString());
        Assert.Equal("ConfigMap", bookmark["object"]!["kind"]!.ToString());
        Assert.Equal("true", bookmark["object"]!["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.ToString());
        Assert.Equal(api.Store.State.Revision.ToString(), bookmark["object"]!["metadata"]!["resourceVersion"]!.ToString());
        await api.PostAsync(ConfigMaps, ConfigMap("b"));
        Assert.Equal("ADDED b", await watch.NextNameAsync());
    }

    [Fact]
    public async Task Without_initial_events_nothing_old_comes()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        using var watch = await api.WatchAsync($"{ConfigMaps}?watch=true&sendInitialEvents=false&resourceVersionMatch=NotOlderThan");
        await api.PostAsync(ConfigMaps, ConfigMap("b"));
        Assert.Equal("ADDED b", await watch.NextNameAsync());
    }

    [Fact]
    public async Task What_leaves_a_selector_is_deleted_as_it_was_and_what_enters_is_added()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a", "\"labels\":{\"x\":\"1\"}"));
        await api.PostAsync(ConfigMaps, ConfigMap("b"));
        var version = (await api.GetAsync(ConfigMaps)).Version;
        using var watch = await api.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion={version}&labelSelector=x%3D1");
        await api.MergeAsync(ConfigMaps + "/a", """{"metadata":{"labels":{"x":"2"}}}""");
        var left = await watch.NextAsync();
        Assert.Equal("DELETED", left!["type"]!.ToString());
        Assert.Equal("1", left["object"]!["metadata"]!["labels"]!["x"]!.ToString());
        Assert.Equal(api.Store.State.Revision.ToString(), left["object"]!["metadata"]!["resourceVersion"]!.ToString());
        await api.MergeAsync(ConfigMaps + "/a", """{"data":{"unseen":"yes"}}""");
        await api.MergeAsync(ConfigMaps + "/b", """{"metadata":{"labels":{"x":"1"}}}""");
        Assert.Equal("ADDED b", await watch.NextNameAsync());
        await api.DeleteAsync(ConfigMaps + "/a");
        await api.DeleteAsync(ConfigMaps + "/b");
        Assert.Equal("DELETED b", await watch.NextNameAsync());
    }

    [Fact]
    public async Task Field_selectors_follow_changes_too()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        using var watch = await api.WatchAsync($"{Pods}?watch=true&fieldSelector=status.phase%3DRunning,metadata.name!%3Dz");
        await api.MergeAsync(Pods + "/a/status", """{"status":{"phase":"Running"}}""");
        Assert.Equal("ADDED a", await watch.NextNameAsync());
        await api.MergeAsync(Pods + "/a/status", """{"status":{"phase":"Succeeded"}}""");
        Assert.Equal("DELETED a", await watch.NextNameAsync());
    }

    [Fact]
    public async Task One_object_can_be_watched_by_its_url_below_watch()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        await api.PostAsync(ConfigMaps, ConfigMap("b"));
        using var watch = await api.WatchAsync($"/api/v1/watch{ConfigMaps["/api/v1".Length..]}/b");
        Assert.Equal("ADDED b", await watch.NextNameAsync());
        await api.DeleteAsync(ConfigMaps + "/a");
        await api.DeleteAsync(ConfigMaps + "/b");
        Assert.Equal("DELETED b", await watch.NextNameAsync());
    }

    [Theory]
    [InlineData("namespaces/default/configmaps", "ADDED a", "ADDED b")]
    [InlineData("configmaps?labelSelector=of%3Da", "ADDED a")]
    [InlineData("namespaces/default/configmaps/a?watch=false", "ADDED a")]
    [InlineData("namespaces/default", "ADDED default")]
    [InlineData("namespaces?fieldSelector=metadata.name%3Ddefault", "ADDED default")]
    [InlineData("namespaces/default/configmaps/absent?timeoutSeconds=1", "END")]
    public async Task Old_clients_watch_below_a_path_of_its_own(string path, params string[] events)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a", "\"labels\":{\"of\":\"a\"}"));
        await api.PostAsync(ConfigMaps, ConfigMap("b"));
        using var watch = await api.WatchAsync("/api/v1/watch/" + path);
        foreach (var expected in events)
            Assert.Equal(expected, await watch.NextNameAsync());
    }

    [Theory]
    [InlineData("GET", "/api/v1/watch/configmaps/a", 404)]
    [InlineData("GET", "/api/v1/watch/namespaces/default/namespaces", 404)]
    [InlineData("GET", "/api/v1/watch/namespaces/default/configmaps/a/status", 404)]
    [InlineData("GET", "/api/v1/watch/nothings", 404)]
    [InlineData("POST", "/api/v1/watch/namespaces/default/configmaps", 405)]
    [InlineData("DELETE", "/api/v1/watch/namespaces/default/configmaps/a", 405)]
    public async Task Nothing_else_is_there(string method, string path, int code)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        (await api.SendAsync(method, path, null)).Expect(code);
        (await api.GetAsync(ConfigMaps + "/a")).Expect(200);
    }

    [Fact]
    public async Task Of_one_object_the_option_counts_for_nothing()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        Assert.Equal("ConfigMap", (await api.GetAsync(ConfigMaps + "/a?watch=true")).Expect(200).Json["kind"]!.ToString());
        (await api.GetAsync(ConfigMaps + "/absent?watch=true")).Expect(404);
    }

    [Fact]
    public async Task A_version_that_is_too_old_is_an_error_event()
    {
        await using var api = await TestApi.StartAsync(new ObjectStore(null, StoreState.Empty, keptEvents: 5));
        for (var i = 0; i < 10; i++)
            await api.PostAsync(ConfigMaps, ConfigMap($"n{i}"));
        using var watch = await api.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion=2");
        var error = await watch.NextAsync();
        Assert.Equal("ERROR", error!["type"]!.ToString());
        Assert.Equal(410, error["object"]!["code"]!.GetValue<int>());
        Assert.Equal("Expired", error["object"]!["reason"]!.ToString());
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task A_version_of_the_future_is_refused()
    {
        await using var api = await TestApi.StartAsync();
        (await api.GetAsync($"{ConfigMaps}?watch=true&resourceVersion=999")).Expect(504);
    }

    [Fact]
    public async Task It_ends_when_its_time_is_up()
    {
        await using var api = await TestApi.StartAsync();
        using var watch = await api.WatchAsync($"{ConfigMaps}?watch=true&timeoutSeconds=1");
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task It_ends_when_the_server_stops()
    {
        var api = await TestApi.StartAsync();
        using var watch = await api.WatchAsync($"{ConfigMaps}?watch=true");
        var end = watch.NextAsync();
        await api.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () => Assert.Fail($"the watch sent {await end}"));
    }

    [Fact]
    public async Task A_table_names_its_columns_once()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        await api.PostAsync(Pods, Pod("b"));
        using var watch = await api.WatchAsync($"{Pods}?watch=true", Table);
        var first = (await watch.NextAsync())!["object"]!;
        Assert.Equal("Table", first["kind"]!.ToString());
        Assert.Equal("Name", first["columnDefinitions"]![0]!["name"]!.ToString());
        Assert.Equal("a", first["rows"]![0]!["cells"]![0]!.ToString());
        Assert.Equal("PartialObjectMetadata", first["rows"]![0]!["object"]!["kind"]!.ToString());
        var second = (await watch.NextAsync())!["object"]!;
        Assert.Null(second["columnDefinitions"]);
        Assert.Equal("b", second["rows"]![0]!["cells"]![0]!.ToString());
    }

    [Fact]
    public async Task Metadata_can_be_watched_alone()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        using var watch = await api.WatchAsync($"{Pods}?watch=true", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
        var item = (await watch.NextAsync())!["object"]!.AsObject();
        Assert.Equal("PartialObjectMetadata", item["kind"]!.ToString());
        Assert.Equal(["kind", "apiVersion", "metadata"], item.Select(p => p.Key));
    }

    [Fact]
    public async Task Bookmarks_come_to_those_who_ask_once_a_minute()
    {
        var time = new ManualTime();
        await using var api = await TestApi.StartAsync(time: time);
        var version = (await api.GetAsync(ConfigMaps)).Version;
        using var watch = await api.WatchAsync($"{ConfigMaps}?watch=true&allowWatchBookmarks=true&resourceVersion={version}");
        await api.CreateNamespaceAsync("unrelated");
        await time.AdvanceWhenWaitingAsync(TimeSpan.FromSeconds(61));
        var bookmark = await watch.NextAsync();
        Assert.Equal("BOOKMARK", bookmark!["type"]!.ToString());
        Assert.Equal(api.Store.State.Revision.ToString(), bookmark["object"]!["metadata"]!["resourceVersion"]!.ToString());
        Assert.Null(bookmark["object"]!["metadata"]!["annotations"]);
    }

    [Fact]
    public async Task A_hundred_watchers_see_everything()
    {
        await using var api = await TestApi.StartAsync();
        var watches = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => api.WatchAsync($"{ConfigMaps}?watch=true")));
        for (var i = 0; i < 20; i++)
            await api.PostAsync(ConfigMaps, ConfigMap($"n{i:00}"));
        foreach (var watch in watches)
        {
            for (var i = 0; i < 20; i++)
                Assert.Equal($"ADDED n{i:00}", await watch.NextNameAsync());
            watch.Dispose();
        }
    }
}
