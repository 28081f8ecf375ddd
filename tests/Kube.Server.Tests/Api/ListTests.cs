using System.IO.Compression;
using System.Text.Json.Nodes;
using Kube.Server.Storage;
using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

public class ListTests
{
    static async Task FillAsync(TestApi api, int count, string path = ConfigMaps)
    {
        for (var i = 0; i < count; i++)
            (await api.PostAsync(path, ConfigMap($"n{i:00}", $"\"labels\":{{\"even\":\"{(i % 2 == 0 ? "yes" : "no")}\"}}"))).Expect(201);
    }

    [Fact]
    public async Task A_list_has_its_kind_its_version_and_items_without_theirs()
    {
        await using var api = await TestApi.StartAsync();
        await FillAsync(api, 2);
        var list = (await api.GetAsync(ConfigMaps)).Expect(200);
        Assert.StartsWith("""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"4"},"items":[{"metadata":{"resourceVersion":"3",""", list.Text);
        Assert.Equal(["n00", "n01"], list.Names);
        Assert.Null(list.Json["items"]![0]!["kind"]);
        Assert.Equal("""{"kind":"SecretList","apiVersion":"v1","metadata":{"resourceVersion":"4"},"items":[]}""", (await api.GetAsync("/api/v1/secrets")).Text);
    }

    [Fact]
    public async Task Namespaces_are_apart_and_together()
    {
        await using var api = await TestApi.StartAsync();
        await FillAsync(api, 2);
        await api.PostAsync("/api/v1/namespaces/kube-system/configmaps", ConfigMap("s"));
        await api.CreateNamespaceAsync("default2");
        await api.PostAsync("/api/v1/namespaces/default2/configmaps", ConfigMap("t"));
        Assert.Equal(["n00", "n01"], (await api.GetAsync(ConfigMaps)).Names);
        Assert.Equal(["n00", "n01", "t", "s"], (await api.GetAsync("/api/v1/configmaps")).Names);
        Assert.Equal(["s"], (await api.GetAsync("/api/v1/configmaps?fieldSelector=metadata.namespace%3Dkube-system")).Names);
        Assert.Empty((await api.GetAsync("/api/v1/namespaces/none/configmaps")).Expect(200).Names);
    }

    [Fact]
    public async Task Pages_show_the_state_of_the_first_and_count_what_remains()
    {
        await using var api = await TestApi.StartAsync();
        await FillAsync(api, 7);
        var first = (await api.GetAsync(ConfigMaps + "?limit=3")).Expect(200);
        Assert.Equal(["n00", "n01", "n02"], first.Names);
        Assert.Equal(4, first.Json["metadata"]!["remainingItemCount"]!.GetValue<int>());
        await api.DeleteAsync(ConfigMaps + "/n04");
        await api.PostAsync(ConfigMaps, ConfigMap("n03a"));
        await api.MergeAsync(ConfigMaps + "/n05", """{"data":{"late":"yes"}}""");
        var second = (await api.GetAsync($"{ConfigMaps}?limit=3&continue={Uri.EscapeDataString(first.Json["metadata"]!["continue"]!.ToString())}")).Expect(200);
        Assert.Equal(["n03", "n04", "n05"], second.Names);
        Assert.Null(second.Json["items"]![2]!["data"]);
        Assert.Equal(first.Version, second.Version);
        var third = (await api.GetAsync($"{ConfigMaps}?limit=3&continue={Uri.EscapeDataString(second.Json["metadata"]!["continue"]!.ToString())}")).Expect(200);
        Assert.Equal(["n06"], third.Names);
        Assert.Null(third.Json["metadata"]!["continue"]);
        Assert.Null(third.Json["metadata"]!["remainingItemCount"]);
    }

    [Fact]
    public async Task Pages_of_a_selection_have_no_count_and_end_where_nothing_more_matches()
    {
        await using var api = await TestApi.StartAsync();
        await FillAsync(api, 6);
        var first = await api.GetAsync(ConfigMaps + "?limit=2&labelSelector=even%3Dyes");
        Assert.Equal(["n00", "n02"], first.Names);
        Assert.Null(first.Json["metadata"]!["remainingItemCount"]);
        var second = await api.GetAsync($"{ConfigMaps}?limit=2&labelSelector=even%3Dyes&continue={Uri.EscapeDataString(first.Json["metadata"]!["continue"]!.ToString())}");
        Assert.Equal(["n04"], second.Names);
        Assert.Null(second.Json["metadata"]!["continue"]);
    }

    [Fact]
    public async Task A_continuation_that_is_too_old_is_gone_and_offers_another()
    {
        await using var api = await TestApi.StartAsync(new ObjectStore(null, StoreState.Empty, keptEvents: 10));
        await FillAsync(api, 5);
        var first = await api.GetAsync(ConfigMaps + "?limit=2");
        var next = Uri.EscapeDataString(first.Json["metadata"]!["continue"]!.ToString());
        for (var i = 0; i < 12; i++)
            await api.PostAsync(ConfigMaps, ConfigMap($"z{i:00}"));
        var gone = (await api.GetAsync($"{ConfigMaps}?limit=2&continue={next}")).Expect(410).Json;
        Assert.Equal("Expired", gone["reason"]!.ToString());
        Assert.StartsWith("The provided continue parameter is too old to display a consistent list result.", gone["message"]!.ToString());
        var resumed = (await api.GetAsync($"{ConfigMaps}?continue={Uri.EscapeDataString(gone["metadata"]!["continue"]!.ToString())}")).Expect(200);
        Assert.Equal(15, resumed.Names.Length);
        Assert.Equal("n02", resumed.Names[0]);
    }

    [Fact]
    public async Task Versions_mean_what_their_match_rule_says()
    {
        await using var api = await TestApi.StartAsync(new ObjectStore(null, StoreState.Empty, keptEvents: 10));
        await FillAsync(api, 4); // revisions 3 to 6
        async Task<string[]> Names(string query) => (await api.GetAsync($"{ConfigMaps}?{query}")).Expect(200).Names;
        Assert.Equal(4, (await Names("resourceVersion=0")).Length);
        Assert.Equal(4, (await Names("resourceVersion=4")).Length);
        Assert.Equal(4, (await Names("resourceVersion=4&resourceVersionMatch=NotOlderThan")).Length);
        Assert.Equal(["n00", "n01"], await Names("resourceVersion=4&resourceVersionMatch=Exact"));
        Assert.Equal(["n00"], await Names("resourceVersion=4&limit=1"));
        Assert.Equal("4", (await api.GetAsync($"{ConfigMaps}?resourceVersion=4&resourceVersionMatch=Exact")).Version);
        var ahead = (await api.GetAsync($"{ConfigMaps}?resourceVersion=999")).Expect(504).Json;
        Assert.Equal("Timeout: Too large resource version: 999, current: 6", ahead["message"]!.ToString());
        Assert.Equal("ResourceVersionTooLarge", ahead["details"]!["causes"]![0]!["reason"]!.ToString());
        await FillAsync(api, 12, "/api/v1/namespaces/kube-system/configmaps");
        (await api.GetAsync($"{ConfigMaps}?resourceVersion=4&resourceVersionMatch=Exact")).Expect(410);
    }

    [Theory]
    [InlineData("resourceVersion=x", 400, "invalid resource version")]
    [InlineData("resourceVersionMatch=Exact", 422, "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided")]
    [InlineData("resourceVersion=0&resourceVersionMatch=Exact", 422, "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"")]
    [InlineData("resourceVersion=1&resourceVersionMatch=Odd", 422, "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Unsupported value: \"Odd\": supported values: \"Exact\", \"NotOlderThan\"")]
    [InlineData("sendInitialEvents=true", 422, "ListOptions.meta.k8s.io \"\" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list")]
    [InlineData("watch=1&sendInitialEvents=true", 422, "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]
    [InlineData("watch=1&resourceVersionMatch=NotOlderThan", 422, "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")]
    [InlineData("continue=%25%25", 400, "continue key is not valid")]
    [InlineData("continue=e30", 400, "continue key is not valid")]
    [InlineData("limit=x", 400, "strconv.ParseInt")]
    [InlineData("labelSelector=a,,b", 400, "unable to parse requirement")]
    [InlineData("fieldSelector=spec.color=red", 400, "\"spec.color\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    public async Task Bad_options_are_refused(string query, int code, string words)
    {
        await using var api = await TestApi.StartAsync();
        Assert.StartsWith(words, (await api.GetAsync($"{ConfigMaps}?{query}")).Expect(code).Message);
    }

    [Fact]
    public async Task A_pod_list_refuses_unknown_fields_by_their_label()
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal("field label not supported: spec.color", (await api.GetAsync(Pods + "?fieldSelector=spec.color=red")).Expect(400).Message);
    }

    [Fact]
    public async Task Large_lists_are_compressed_for_those_who_accept_it()
    {
        await using var api = await TestApi.StartAsync();
        for (var i = 0; i < 20; i++)
            await api.PostAsync(ConfigMaps, ConfigMap($"n{i:00}", rest: "\"data\":{\"k\":\"" + new string('x', 10_000) + "\"}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, ConfigMaps);
        request.Headers.Add("Accept-Encoding", "gzip");
        using var response = await api.Http.SendAsync(request);
        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.True(body.Length < 20_000);
        using var plain = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        Assert.Equal(20, (await JsonNode.ParseAsync(plain))!["items"]!.AsArray().Count);
        Assert.False((await api.GetAsync(ConfigMaps)).Headers.ContainsKey("Content-Encoding"));
    }

    [Fact]
    public async Task Ten_thousand_pods_are_listed_from_stored_bytes()
    {
        await using var api = await TestApi.StartAsync();
        var pod = (await api.PostAsync(Pods, Pod("p"))).Expect(201).Text;
        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i => api.Store.WriteAsync(new StoreWrite.Create("pods", new ObjectKey("default", $"p{i:00000}"),
            new DocumentDraft(Kube.Server.Kinds.PodKind.Definition.DocumentPrefix, System.Text.Encoding.UTF8.GetBytes(pod[pod.IndexOf("\",\"uid\"", StringComparison.Ordinal)..].Replace("\"name\":\"p\"", $"\"name\":\"p{i:00000}\""))), null))));
        await api.GetAsync(Pods + "?limit=1"); // warms the path up
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var response = await api.Http.GetAsync(Pods);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        watch.Stop();
        Assert.Equal(10_001, JsonNode.Parse(bytes)!["items"]!.AsArray().Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"the list took {watch.Elapsed}");
    }
}
