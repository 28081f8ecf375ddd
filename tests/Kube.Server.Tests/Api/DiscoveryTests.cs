using System.Text.Json.Nodes;
using Kube.Server.Kinds;

namespace Kube.Server.Tests.Api;

public class DiscoveryTests
{
    const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    [Fact]
    public async Task Plain_documents_list_versions_groups_and_resources()
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal("""["v1"]""", (await api.GetAsync("/api")).Json["versions"]!.ToJsonString());
        var groups = (await api.GetAsync("/apis")).Json["groups"]!.AsArray();
        Assert.Contains("coordination.k8s.io", groups.Select(g => g!["name"]!.ToString()));
        Assert.Equal("APIGroup", (await api.GetAsync("/apis/coordination.k8s.io")).Json["kind"]!.ToString());
        var core = (await api.GetAsync("/api/v1")).Json;
        Assert.Equal("v1", core["groupVersion"]!.ToString());
        var resources = core["resources"]!.AsArray().ToDictionary(r => r!["name"]!.ToString(), r => r!);
        Assert.Equal("""{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["create","delete","deletecollection","get","list","patch","update","watch"],"shortNames":["po"],"categories":["all"]}""", resources["pods"].ToJsonString());
        Assert.Equal("""{"name":"replicationcontrollers/scale","singularName":"","namespaced":true,"group":"autoscaling","version":"v1","kind":"Scale","verbs":["get","patch","update"]}""", resources["replicationcontrollers/scale"].ToJsonString());
        foreach (var name in (string[])["pods/status", "pods/log", "pods/binding", "namespaces/finalize", "nodes/status", "nodes/proxy", "services/status"])
            Assert.True(resources.ContainsKey(name), name);
        Assert.False(resources["namespaces"]["namespaced"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("/apis/none")]
    [InlineData("/apis/none/v1")]
    [InlineData("/api/v2")]
    [InlineData("/apis/coordination.k8s.io/v9")]
    [InlineData("/api/v1/namespaces/default/pods/a/b/c")]
    [InlineData("/api/v1//pods")]
    [InlineData("/elsewhere")]
    [InlineData("/elsewhere/file.txt")]
    public async Task What_is_not_served_is_not_found(string path)
    {
        await using var api = await TestApi.StartAsync();
        var status = (await api.GetAsync(path)).Expect(404).Json;
        Assert.Equal("the server could not find the requested resource", status["message"]!.ToString());
        Assert.Equal("NotFound", status["reason"]!.ToString());
    }

    [Fact]
    public async Task Everything_comes_in_one_document_with_a_tag()
    {
        await using var api = await TestApi.StartAsync();
        var answer = (await api.GetAsync("/api", Aggregated)).Expect(200);
        Assert.Equal("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", answer.Headers["Content-Type"].Replace(" ", ""));
        Assert.Equal("apidiscovery.k8s.io/v2", answer.Json["apiVersion"]!.ToString());
        var resources = answer.Json["items"]![0]!["versions"]![0]!["resources"]!.AsArray().ToDictionary(r => r!["resource"]!.ToString(), r => r!);
        Assert.Equal("Cluster", resources["nodes"]["scope"]!.ToString());
        Assert.Equal("""{"group":"","version":"v1","kind":"Pod"}""", resources["pods"]["responseKind"]!.ToJsonString());
        Assert.Contains("scale", resources["replicationcontrollers"]["subresources"]!.AsArray().Select(s => s!["subresource"]!.ToString()));
        Assert.Contains("coordination.k8s.io", (await api.GetAsync("/apis", Aggregated)).Json["items"]!.AsArray().Select(i => i!["metadata"]!["name"]!.ToString()));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api");
        request.Headers.TryAddWithoutValidation("Accept", Aggregated);
        request.Headers.TryAddWithoutValidation("If-None-Match", answer.Headers["ETag"]);
        using var unchanged = await api.Http.SendAsync(request);
        Assert.Equal(304, (int)unchanged.StatusCode);
    }

    [Fact]
    public async Task The_older_aggregated_version_and_plain_are_answered_by_preference()
    {
        await using var api = await TestApi.StartAsync();
        var beta = await api.GetAsync("/api", "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList");
        Assert.Equal("apidiscovery.k8s.io/v2beta1", beta.Json["apiVersion"]!.ToString());
        Assert.Equal("APIVersions", (await api.GetAsync("/api", "application/json," + Aggregated)).Json["kind"]!.ToString());
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    public async Task It_is_healthy(string path)
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal("ok", (await api.GetAsync(path)).Expect(200).Text);
    }

    [Fact]
    public async Task The_version_reads_as_a_semantic_one()
    {
        await using var api = await TestApi.StartAsync();
        var version = (await api.GetAsync("/version")).Expect(200).Json;
        Assert.Matches(@"^v1\.\d+\.\d+\+kube\.\d+\.\d+\.\d+$", version["gitVersion"]!.ToString());
        Assert.Equal($"v{version["major"]}.{version["minor"]}", string.Join(".", version["gitVersion"]!.ToString().Split('.')[..2]));
    }

    [Fact]
    public async Task OpenApi_has_a_document_for_every_group_version_and_all_its_references_resolve()
    {
        await using var api = await TestApi.StartAsync();
        var paths = (await api.GetAsync("/openapi/v3")).Expect(200).Json["paths"]!.AsObject();
        Assert.Equal(
            KindRegistry.BuiltIn.Kinds.Select(k => k.Group.Length == 0 ? "api/" + k.Version : $"apis/{k.Group}/{k.Version}").Distinct().Order(StringComparer.Ordinal),
            paths.Select(p => p.Key).Order(StringComparer.Ordinal));
        foreach (var (_, entry) in paths)
        {
            var document = (await api.GetAsync(entry!["serverRelativeURL"]!.ToString())).Expect(200);
            var schemas = document.Json["components"]!["schemas"]!.AsObject();
            foreach (var reference in References(document.Json))
                Assert.True(schemas.ContainsKey(reference["#/components/schemas/".Length..]), reference);
        }
    }

    [Fact]
    public async Task Every_patch_carries_what_kubectl_looks_for()
    {
        await using var api = await TestApi.StartAsync();
        var document = (await api.GetAsync("/openapi/v3/api/v1")).Json;
        var kinds = document["paths"]!.AsObject().Select(p => p.Value!["patch"]).OfType<JsonObject>().Select(patch =>
        {
            Assert.Contains("fieldValidation", patch["parameters"]!.AsArray().Select(p => p!["name"]!.ToString()));
            return patch["x-kubernetes-group-version-kind"]!["kind"]!.ToString();
        }).ToHashSet();
        Assert.Superset(new HashSet<string>(["Pod", "ReplicationController", "Service", "Node", "Event", "ConfigMap", "Secret", "ServiceAccount", "Namespace", "Endpoints"]), kinds);
        var pod = document["components"]!["schemas"]!["io.k8s.api.core.v1.Pod"]!;
        Assert.Equal("""[{"group":"","kind":"Pod","version":"v1"}]""", pod["x-kubernetes-group-version-kind"]!.ToJsonString());
        var containers = document["components"]!["schemas"]!["io.k8s.api.core.v1.PodSpec"]!["properties"]!["containers"]!;
        Assert.Equal("name", containers["x-kubernetes-patch-merge-key"]!.ToString());
        Assert.Equal("""["containers"]""", document["components"]!["schemas"]!["io.k8s.api.core.v1.PodSpec"]!["required"]!.ToJsonString());
    }

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Key == "$ref" && p.Value is JsonValue ? [p.Value.ToString()] : References(p.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    [Fact]
    public async Task The_root_lists_the_paths_and_each_of_them_answers()
    {
        await using var api = await TestApi.StartAsync();
        var paths = (await api.GetAsync("/")).Expect(200).Json["paths"]!.AsArray().Select(p => p!.ToString()).ToList();
        Assert.Superset(new HashSet<string>(["/api/v1", "/apis/apps", "/apis/apps/v1", "/healthz", "/openapi/v2", "/openapi/v3/apis/batch/v1", "/version"]), paths.ToHashSet());
        foreach (var path in paths)
            (await api.GetAsync(path)).Expect(200);
    }
}
