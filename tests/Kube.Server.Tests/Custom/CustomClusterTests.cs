using System.Text;
using System.Text.Json.Nodes;
using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Custom;

/// <summary>Definitions and their objects in a whole server, with its controllers. Each test has a group of its own.</summary>
public class CustomClusterTests(CustomClusterTests.Fixture fixture) : IClassFixture<CustomClusterTests.Fixture>
{
    static readonly KubeResource Definitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false);

    public sealed class Fixture() : ServerFixture("--agent", "none");

    KubeApi Api => fixture.Api;

    [Fact]
    public async Task A_definition_is_established_and_goes_with_its_objects_also_with_those_that_wait()
    {
        var gadgets = await DefineAsync();
        var spaces = new[] { await NamespaceAsync(), await NamespaceAsync() };
        foreach (var space in spaces)
            await CreateAsync(gadgets, space, "a", "{}");
        await CreateAsync(gadgets, spaces[0], "held", """{"finalizers":["example.com/hold"]}""");
        var name = Name(gadgets);
        await Api.DeleteAsync(Definitions, null, name, new DeleteOptions(), default);
        await UntilAsync(async () => await CountAsync(gadgets) == 1, "one is left");
        Assert.Equal("True", Condition(await ReadAsync(name), "Terminating"));
        var refused = await Assert.ThrowsAsync<KubeOperationException>(() => CreateAsync(gadgets, spaces[1], "late", "{}"));
        Assert.Equal(405, refused.Status.Code);
        await Api.PatchAsync(gadgets, spaces[0], "held", PatchType.Merge, """{"metadata":{"finalizers":null}}"""u8.ToArray(), new WriteOptions(), default);
        await UntilAsync(async () => await GoneAsync(Definitions, null, name), "the definition is gone");
        Assert.Equal(404, (await Assert.ThrowsAsync<KubeOperationException>(() => CountAsync(gadgets))).Status.Code);
    }

    [Fact]
    public async Task Names_that_are_taken_are_given_when_they_are_free()
    {
        var group = Group();
        var first = await DefineAsync(group);
        var name = $"gizmos.{group}";
        await Api.CreateAsync(Definitions, null, Encoding.UTF8.GetBytes(Definition(group, "gizmos", "Gadget")), new WriteOptions(), default);
        await UntilAsync(async () => Condition(await ReadAsync(name), "NamesAccepted") == "False", "the kind is taken");
        Assert.Equal("False", Condition(await ReadAsync(name), "Established"));
        await Api.DeleteAsync(Definitions, null, Name(first), new DeleteOptions(), default);
        await UntilAsync(async () => Condition(await ReadAsync(name), "Established") == "True", "the kind is free");
        Assert.Equal(0, await CountAsync(first with { Name = "gizmos" }));
        await Api.DeleteAsync(Definitions, null, name, new DeleteOptions(), default);
    }

    [Fact]
    public async Task What_belongs_to_a_custom_resource_goes_with_it_and_a_custom_resource_with_what_it_belongs_to()
    {
        var gadgets = await DefineAsync();
        var space = await NamespaceAsync();
        var owner = await CreateAsync(gadgets, space, "owner", "{}");
        await CreateAsync(KubeResources.ConfigMaps, space, "owned", Owned(owner));
        var map = await CreateAsync(KubeResources.ConfigMaps, space, "other", "{}");
        await CreateAsync(gadgets, space, "kept-by-map", Owned(map));
        await Api.DeleteAsync(gadgets, space, "owner", new DeleteOptions { PropagationPolicy = "Background" }, default);
        await Api.DeleteAsync(KubeResources.ConfigMaps, space, "other", new DeleteOptions { PropagationPolicy = "Background" }, default);
        await UntilAsync(async () => await GoneAsync(KubeResources.ConfigMaps, space, "owned") && await GoneAsync(gadgets, space, "kept-by-map"), "both are collected");

        // The same when the kind itself goes.
        var last = await CreateAsync(gadgets, space, "last", "{}");
        await CreateAsync(KubeResources.ConfigMaps, space, "owned", Owned(last));
        await Api.DeleteAsync(Definitions, null, Name(gadgets), new DeleteOptions(), default);
        await UntilAsync(async () => await GoneAsync(Definitions, null, Name(gadgets)) && await GoneAsync(KubeResources.ConfigMaps, space, "owned"), "kind, object and what belonged to it are gone");
    }

    [Fact]
    public async Task A_namespace_takes_its_custom_resources_along()
    {
        var gadgets = await DefineAsync();
        var space = await NamespaceAsync();
        await CreateAsync(gadgets, space, "a", "{}");
        await CreateAsync(gadgets, "default", "stays", "{}");
        await Api.DeleteAsync(KubeResources.Namespaces, null, space, new DeleteOptions(), default);
        await UntilAsync(() => GoneAsync(KubeResources.Namespaces, null, space), "the namespace is gone");
        Assert.Equal(1, await CountAsync(gadgets));
        await Api.DeleteAsync(Definitions, null, Name(gadgets), new DeleteOptions(), default);
    }

    [Fact]
    public async Task Definitions_and_objects_survive_a_server_that_is_killed()
    {
        var folder = Directory.CreateTempSubdirectory("kube-custom-").FullName;
        try
        {
            var gadgets = new KubeResource("kill.example.com", "v1", "gadgets", "Gadget", true);
            await using (var server = await ServerProcess.StartAsync(Path.Combine(folder, "kubeconfig"), "--data-path", Path.Combine(folder, "data"), "--agent", "none"))
            {
                var api = server.Api();
                await api.CreateAsync(Definitions, null, Encoding.UTF8.GetBytes(Definition("kill.example.com", "gadgets", "Gadget")), new WriteOptions(), default);
                await UntilAsync(async () => Condition(JsonNode.Parse((await api.GetAsync(Definitions, null, "gadgets.kill.example.com", default)).Json.Span)!, "Established") == "True", "it is established");
                await api.CreateAsync(gadgets, "default", Document(gadgets, "a", "{}"), new WriteOptions(), default);
                server.Process.Kill();
                await server.Process.WaitForExitAsync();
            }

            await using var again = await ServerProcess.StartAsync(Path.Combine(folder, "kubeconfig"), "--data-path", Path.Combine(folder, "data"), "--agent", "none");
            Assert.Equal("a", (await again.Api().GetAsync(gadgets, "default", "a", default)).Name);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Group() => $"g{Guid.NewGuid().ToString("N")[..8]}.example.com";

    static string Name(KubeResource resource) => $"{resource.Name}.{resource.Group}";

    static string Definition(string group, string plural, string kind) => $$$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"{{{plural}}}.{{{group}}}"},"spec":{"group":"{{{group}}}","scope":"Namespaced",
         "names":{"plural":"{{{plural}}}","kind":"{{{kind}}}"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"} } }]} }
        """;

    static string Owned(KubeObject owner) =>
        $$$"""{"ownerReferences":[{"apiVersion":"{{{owner.ApiVersion}}}","kind":"{{{owner.Kind}}}","name":"{{{owner.Name}}}","uid":"{{{owner.Uid}}}"}]}""";

    static byte[] Document(KubeResource resource, string name, string metadata)
    {
        var document = JsonNode.Parse($$$"""{"metadata":{{{metadata}}},"apiVersion":"{{{resource.ApiVersion}}}","kind":"{{{resource.Kind}}}"}""")!;
        document["metadata"]!["name"] = name;
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    static string? Condition(JsonNode definition, string type) =>
        definition["status"]?["conditions"]?.AsArray().FirstOrDefault(c => c!["type"]!.ToString() == type)?["status"]!.ToString();

    static Task UntilAsync(Func<Task<bool>> condition, string what) => ServerProcess.UntilAsync(condition, what);

    async Task<KubeResource> DefineAsync(string? group = null)
    {
        var gadgets = new KubeResource(group ?? Group(), "v1", "gadgets", "Gadget", true);
        await Api.CreateAsync(Definitions, null, Encoding.UTF8.GetBytes(Definition(gadgets.Group, "gadgets", "Gadget")), new WriteOptions(), default);
        await UntilAsync(async () => Condition(await ReadAsync(Name(gadgets)), "Established") == "True", "the definition is established");
        return gadgets;
    }

    async Task<string> NamespaceAsync()
    {
        var name = "test-" + Guid.NewGuid().ToString("N")[..8];
        await Api.CreateAsync(KubeResources.Namespaces, null, Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}"""), new WriteOptions(), default);
        return name;
    }

    Task<KubeObject> CreateAsync(KubeResource resource, string space, string name, string metadata) =>
        Api.CreateAsync(resource, space, Document(resource, name, metadata), new WriteOptions(), default);

    async Task<JsonNode> ReadAsync(string name) => JsonNode.Parse((await Api.GetAsync(Definitions, null, name, default)).Json.Span)!;

    async Task<int> CountAsync(KubeResource resource)
    {
        var count = 0;
        await foreach (var _ in Api.ListAsync(resource, null, new ListOptions(), default))
            count++;
        return count;
    }

    async Task<bool> GoneAsync(KubeResource resource, string? space, string name)
    {
        try
        {
            await Api.GetAsync(resource, space, name, default);
            return false;
        }
        catch (KubeOperationException e) when (e.Status.Code == 404)
        {
            return true;
        }
    }
}
