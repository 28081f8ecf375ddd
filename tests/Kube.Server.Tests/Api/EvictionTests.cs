using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

public class EvictionTests
{
    const string Budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

    static string Eviction(string pod, string more = "", string version = "policy/v1") =>
        $$$"""{"kind":"Eviction","apiVersion":"{{{version}}}","metadata":{"name":"{{{pod}}}"}{{{more}}}}""";

    [Theory]
    [InlineData("policy/v1")]
    [InlineData("policy/v1beta1")]
    public async Task Without_a_budget_an_eviction_is_a_deletion(string version)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        (await api.PostAsync(Pods + "/a/eviction", Eviction("a", version: version))).Expect(201);
        (await api.GetAsync(Pods + "/a")).Expect(404);
        (await api.PostAsync(Pods + "/a/eviction", Eviction("a"))).Expect(404);
    }

    [Theory]
    [InlineData("\"deleteOptions\":{\"preconditions\":{\"uid\":\"other\"}}", 409, true)]
    [InlineData("\"deleteOptions\":{\"dryRun\":[\"All\"]}", 201, true)]
    [InlineData("\"deleteOptions\":{\"propagationPolicy\":\"Never\"}", 422, true)]
    [InlineData("\"deleteOptions\":{\"gracePeriodSeconds\":0}", 201, false)]
    public async Task Its_options_are_those_of_the_deletion(string options, int code, bool stays)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        (await api.PostAsync(Pods + "/a/eviction", Eviction("a", "," + options))).Expect(code);
        (await api.GetAsync(Pods + "/a")).Expect(stays ? 200 : 404);
    }

    [Fact]
    public async Task A_budget_grants_what_it_allows_and_no_more()
    {
        await using var api = await TestApi.StartAsync();
        await BudgetAsync(api, "b", allowed: 1);
        foreach (var name in (string[])["a", "c"])
            await RunningAsync(api, name, ready: true);
        (await api.PostAsync(Pods + "/a/eviction?dryRun=All", Eviction("a"))).Expect(201);
        (await api.PostAsync(Pods + "/a/eviction", Eviction("a"))).Expect(201);
        var status = (await api.GetAsync(Budgets + "/b")).Json["status"]!;
        Assert.Equal("0", status["disruptionsAllowed"]!.ToString());
        Assert.NotNull(status["disruptedPods"]!["a"]);
        var refused = (await api.PostAsync(Pods + "/c/eviction", Eviction("c"))).Expect(429).Json;
        Assert.Equal("TooManyRequests", refused["reason"]!.ToString());
        Assert.Equal("Cannot evict pod as it would violate the pod's disruption budget.", refused["message"]!.ToString());
        Assert.Equal("""[{"reason":"DisruptionBudget","message":"The disruption budget b needs 2 healthy pods and has 3 currently"}]""", refused["details"]!["causes"]!.ToJsonString());
        (await api.GetAsync(Pods + "/c")).Expect(200);
    }

    [Fact]
    public async Task Of_many_evictions_at_once_only_as_many_are_granted()
    {
        await using var api = await TestApi.StartAsync();
        await BudgetAsync(api, "b", allowed: 2);
        var names = Enumerable.Range(0, 8).Select(i => $"p{i}").ToList();
        foreach (var name in names)
            await RunningAsync(api, name, ready: true);
        var codes = await Task.WhenAll(names.Select(async name => (await api.PostAsync($"{Pods}/{name}/eviction", Eviction(name))).Code));
        Assert.Equal((2, 6), (codes.Count(c => c == 201), codes.Count(c => c == 429)));
    }

    [Fact]
    public async Task A_budget_that_nobody_has_looked_at_yet_grants_nothing()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Budgets, Budget("b"));
        await RunningAsync(api, "a", ready: true);
        var refused = (await api.PostAsync(Pods + "/a/eviction", Eviction("a"))).Expect(429);
        Assert.Contains("still being processed", refused.Text);
        Assert.Equal("10", refused.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Two_budgets_of_one_pod_are_an_error()
    {
        await using var api = await TestApi.StartAsync();
        await BudgetAsync(api, "b", allowed: 1);
        await BudgetAsync(api, "d", allowed: 1);
        await RunningAsync(api, "a", ready: true);
        (await api.PostAsync(Pods + "/a/eviction", Eviction("a"))).Expect(500);
    }

    [Theory]
    [InlineData("", 3, 201)] // unready, and the budget is kept without it
    [InlineData("", 1, 429)]
    [InlineData("AlwaysAllow", 1, 201)]
    public async Task A_pod_that_is_not_ready_goes_where_the_budget_is_kept(string policy, int healthy, int code)
    {
        await using var api = await TestApi.StartAsync();
        await BudgetAsync(api, "b", allowed: 0, healthy, policy);
        await RunningAsync(api, "a", ready: false);
        (await api.PostAsync(Pods + "/a/eviction", Eviction("a"))).Expect(code);
    }

    [Theory]
    [InlineData("{}", 201)]
    [InlineData("""{"minAvailable":"50%"}""", 201)]
    [InlineData("""{"maxUnavailable":0}""", 201)]
    [InlineData("""{"minAvailable":1,"maxUnavailable":1}""", 422)]
    [InlineData("""{"minAvailable":-1}""", 422)]
    [InlineData("""{"minAvailable":"half"}""", 422)]
    [InlineData("""{"maxUnavailable":"101%"}""", 422)]
    [InlineData("""{"maxUnavailable":"%"}""", 422)]
    public async Task A_budget_is_checked(string spec, int code)
    {
        await using var api = await TestApi.StartAsync();
        (await api.PostAsync(Budgets, $$"""{"metadata":{"name":"b"},"spec":{{spec}}}""")).Expect(code);
    }

    static string Budget(string name, string policy = "") =>
        $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{"minAvailable":2,"selector":{"matchLabels":{"app":"x"}}{{{(policy.Length > 0 ? $",\"unhealthyPodEvictionPolicy\":\"{policy}\"" : "")}}}}}""";

    static async Task BudgetAsync(TestApi api, string name, int allowed, int healthy = 3, string policy = "")
    {
        (await api.PostAsync(Budgets, Budget(name, policy))).Expect(201);
        (await api.MergeAsync($"{Budgets}/{name}/status",
            $$$"""{"status":{"observedGeneration":1,"disruptionsAllowed":{{{allowed}}},"currentHealthy":{{{healthy}}},"desiredHealthy":2,"expectedPods":3}}""")).Expect(200);
    }

    static async Task RunningAsync(TestApi api, string name, bool ready)
    {
        (await api.PostAsync(Pods, Pod(name, metadata: "\"labels\":{\"app\":\"x\"}"))).Expect(201);
        (await api.MergeAsync($"{Pods}/{name}/status",
            $$$"""{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"{{{(ready ? "True" : "False")}}}"}]}}""")).Expect(200);
    }
}
