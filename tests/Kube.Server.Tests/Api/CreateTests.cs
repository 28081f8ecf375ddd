using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

public class CreateTests
{
    [Fact]
    public async Task The_server_sets_what_is_its_own_and_nothing_else_gets_in()
    {
        await using var api = await TestApi.StartAsync();
        var answer = (await api.PostAsync(ConfigMaps, ConfigMap("a", "\"uid\":\"mine\",\"creationTimestamp\":\"2001-01-01T00:00:00Z\",\"generation\":9,\"deletionTimestamp\":\"2001-01-01T00:00:00Z\",\"selfLink\":\"/x\""))).Expect(201);
        var metadata = answer.Json["metadata"]!;
        Assert.True(Guid.TryParse(metadata["uid"]!.ToString(), out _));
        Assert.InRange(DateTimeOffset.Parse(metadata["creationTimestamp"]!.ToString()), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal("default", metadata["namespace"]!.ToString());
        Assert.Null(metadata["generation"]);
        Assert.Null(metadata["deletionTimestamp"]);
        Assert.Null(metadata["selfLink"]);
        Assert.Equal(answer.Text, (await api.GetAsync(ConfigMaps + "/a")).Text);
    }

    [Fact]
    public async Task A_name_is_generated_where_only_its_beginning_is_given()
    {
        await using var api = await TestApi.StartAsync();
        var name = (await api.PostAsync(ConfigMaps, """{"metadata":{"generateName":"web-"}}""")).Expect(201).Json["metadata"]!["name"]!.ToString();
        Assert.Matches("^web-[bcdfghjklmnpqrstvwxz2456789]{5}$", name);
        var longest = (await api.PostAsync(ConfigMaps, $$$"""{"metadata":{"generateName":"{{{new string('a', 80)}}}"}}""")).Expect(201).Json["metadata"]!["name"]!.ToString();
        Assert.Equal(63, longest.Length);
    }

    [Fact]
    public async Task A_second_object_of_that_name_is_refused()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        var status = (await api.PostAsync(ConfigMaps, ConfigMap("a"))).Expect(409).Json;
        Assert.Equal("configmaps \"a\" already exists", status["message"]!.ToString());
        Assert.Equal("AlreadyExists", status["reason"]!.ToString());
        Assert.Equal("""{"name":"a","kind":"configmaps"}""", status["details"]!.ToJsonString());
    }

    [Theory]
    [InlineData(ConfigMaps, """{"metadata":{"name":"a","namespace":"other"}}""", 400, "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData(ConfigMaps, """{"metadata":{"name":"a","resourceVersion":"5"}}""", 500, "resourceVersion should not be set on objects to be created")]
    [InlineData(ConfigMaps, """{"metadata":{}}""", 422, "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required")]
    [InlineData(ConfigMaps, """{"kind":"Secret","apiVersion":"v1","metadata":{"name":"a"}}""", 400, "Secret in version \"v1\" cannot be handled as a ConfigMap: the document is a Secret, the resource holds ConfigMap")]
    [InlineData(ConfigMaps, """{"kind":"Thing","apiVersion":"x/v2","metadata":{"name":"a"}}""", 400, "Thing in version \"v2\" cannot be handled as a ConfigMap: no kind \"Thing\" is registered for version \"x/v2\"")]
    [InlineData(ConfigMaps, "[]", 400, "the body must be a JSON object")]
    [InlineData(ConfigMaps, """{"metadata":""", 400, "the body is not valid JSON")]
    [InlineData(ConfigMaps, """{"metadata":{"name":"a"},"data":{"k":5}}""", 400, "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string")]
    [InlineData("/api/v1/namespaces/none/configmaps", """{"metadata":{"name":"a"}}""", 404, "namespaces \"none\" not found")]
    [InlineData("/api/v1/configmaps", """{"metadata":{"name":"a","namespace":"default"}}""", 405, "the server does not allow this method on the requested resource")]
    [InlineData("/api/v1/namespaces/default/things", """{"metadata":{"name":"a"}}""", 404, "the server could not find the requested resource")]
    [InlineData("/api/v1/namespaces/default/nodes", """{"metadata":{"name":"a"}}""", 404, "the server could not find the requested resource")]
    [InlineData("/api/v1/namespaces", """{"metadata":{"name":"a.b"}}""", 422, "Namespace \"a.b\" is invalid: metadata.name: Invalid value: \"a.b\": must not contain dots")]
    public async Task A_bad_create_is_refused_in_kubernetes_words(string path, string body, int code, string words)
    {
        await using var api = await TestApi.StartAsync();
        var answer = (await api.PostAsync(path, body)).Expect(code);
        Assert.StartsWith(words, answer.Message);
        Assert.Equal("application/json", answer.Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_terminating_namespace_takes_nothing_new()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateNamespaceAsync("going");
        (await api.DeleteAsync("/api/v1/namespaces/going")).Expect(200);
        var status = (await api.PostAsync("/api/v1/namespaces/going/configmaps", ConfigMap("a"))).Expect(403).Json;
        Assert.Equal("configmaps \"a\" is forbidden: unable to create new content in namespace going because it is being terminated", status["message"]!.ToString());
        Assert.Equal("""[{"reason":"NamespaceTerminating","message":"namespace going is being terminated","field":"metadata.namespace"}]""", status["details"]!["causes"]!.ToJsonString());
    }

    [Fact]
    public async Task A_dry_run_answers_as_if_and_keeps_nothing()
    {
        await using var api = await TestApi.StartAsync();
        var before = api.Store.State.Revision;
        var answer = (await api.PostAsync(ConfigMaps + "?dryRun=All", ConfigMap("a"))).Expect(201);
        Assert.Equal("a", answer.Json["metadata"]!["name"]!.ToString());
        Assert.Null(answer.Json["metadata"]!["resourceVersion"]);
        (await api.GetAsync(ConfigMaps + "/a")).Expect(404);
        Assert.Equal(before, api.Store.State.Revision);
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        (await api.PostAsync(ConfigMaps + "?dryRun=All", ConfigMap("a"))).Expect(409);
        (await api.PostAsync(ConfigMaps + "?dryRun=Some", ConfigMap("b"))).Expect(422);
    }

    [Fact]
    public async Task Bodies_may_be_yaml_compressed_and_carry_a_charset()
    {
        await using var api = await TestApi.StartAsync();
        (await api.SendAsync("POST", ConfigMaps, "metadata:\n  name: 'y'\ndata: {mode: \"0644\"}\n", "application/yaml")).Expect(201);
        Assert.Equal("0644", (await api.GetAsync(ConfigMaps + "/y")).Json["data"]!["mode"]!.ToString());
        (await api.SendAsync("POST", ConfigMaps, ConfigMap("c"), "application/json; charset=utf-8")).Expect(201);
        var two = (await api.SendAsync("POST", ConfigMaps, "a: 1\n---\nb: 2\n", "application/yaml")).Expect(400);
        Assert.Equal("the body must hold one YAML document, not 2", two.Message);
        (await api.SendAsync("POST", ConfigMaps, "a: [", "application/yaml")).Expect(400);
        foreach (var type in (string[])["text/plain", "application/vnd.kubernetes.cbor", "nonsense"])
            Assert.Equal("UnsupportedMediaType", (await api.SendAsync("POST", ConfigMaps, "x", type == "nonsense" ? "application/nonsense" : type)).Expect(415).Json["reason"]!.ToString());
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_too_large()
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.PostAsync(ConfigMaps, ConfigMap("a", rest: "\"data\":{\"k\":\"" + new string('x', 4 << 20) + "\"}"));
        Assert.Equal("RequestEntityTooLarge", answer.Expect(413).Json["reason"]!.ToString());
    }
}
