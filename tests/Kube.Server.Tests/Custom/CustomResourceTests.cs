using System.Text.Json.Nodes;
using Kube.Server.Storage;
using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Custom;

/// <summary>Objects of custom kinds, through the API. No controller runs here: tests accept the names of definitions themselves.</summary>
public class CustomResourceTests
{
    const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const string V1 = "/apis/shop.example.com/v1/namespaces/default/gadgets";
    const string Beta = "/apis/shop.example.com/v1beta1/namespaces/default/gadgets";
    const string Table = "application/json;as=Table;g=meta.k8s.io;v=v1";

    const string Gadgets = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gadgets.shop.example.com"},"spec":{
         "group":"shop.example.com","scope":"Namespaced","names":{"plural":"gadgets","kind":"Gadget","shortNames":["gd"],"categories":["all"]},
         "versions":[
          {"name":"v1beta1","served":true,"storage":false,"deprecated":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}},
          {"name":"v1alpha1","served":false,"storage":false,"schema":{"openAPIV3Schema":{"type":"object"}}},
          {"name":"v1","served":true,"storage":true,"selectableFields":[{"jsonPath":".spec.colour"}],
           "subresources":{"status":{},"scale":{"specReplicasPath":".spec.size.wanted","statusReplicasPath":".status.size","labelSelectorPath":".status.selector"}},
           "additionalPrinterColumns":[{"name":"Colour","type":"string","jsonPath":".spec.colour","description":"A \"colour\""},{"name":"Weight","type":"number","jsonPath":".spec.weight","priority":1},
            {"name":"Wanted","type":"integer","jsonPath":".spec.size.wanted"},{"name":"Ready","type":"string","jsonPath":".status.conditions[?(@.type==\"Ready\")].status"},
            {"name":"Since","type":"date","jsonPath":".spec.since"},{"name":"Parts","type":"string","jsonPath":".spec.parts"}],
           "schema":{"openAPIV3Schema":{"type":"object","description":"A gadget.","properties":{
            "spec":{"type":"object","properties":{
             "colour":{"type":"string","enum":["red","green"],"default":"red"},"weight":{"type":"number"},"since":{"type":"string","format":"date-time"},
             "size":{"type":"object","properties":{"wanted":{"type":"integer","minimum":0}}},
             "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name","slot"],"items":{"type":"object","required":["name"],
              "properties":{"name":{"type":"string"},"slot":{"type":"integer","default":1},"note":{"type":"string"}}}},
             "tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},"whole":{"type":"object","x-kubernetes-map-type":"atomic","additionalProperties":{"type":"string"}}}},
            "status":{"type":"object","properties":{"size":{"type":"integer"},"selector":{"type":"string"},"conditions":{"type":"array","items":{"type":"object","properties":{"type":{"type":"string"},"status":{"type":"string"}}}}}}}}}}]}}
        """;

    [Fact]
    public async Task A_kind_is_served_once_its_names_are_accepted_and_no_sooner()
    {
        await using var api = await TestApi.StartAsync();
        (await api.PostAsync(Definitions, Gadgets)).Expect(201);
        (await api.GetAsync(V1)).Expect(404);
        await AcceptAsync(api);
        (await api.GetAsync(V1)).Expect(200);
        (await api.GetAsync("/apis/shop.example.com/v1alpha1/gadgets")).Expect(404);
        var group = (await api.GetAsync("/apis/shop.example.com")).Expect(200).Json;
        Assert.Equal("shop.example.com/v1", group["preferredVersion"]!["groupVersion"]!.ToString());
        Assert.Equal("""["v1","v1beta1"]""", new JsonArray([.. group["versions"]!.AsArray().Select(v => v!["version"]!.DeepClone())]).ToJsonString());
        var resources = (await api.GetAsync("/apis/shop.example.com/v1")).Json["resources"]!.AsArray();
        Assert.Equal("gadgets Gadget gadget [\"gd\"] [\"all\"]", $"{resources[0]!["name"]} {resources[0]!["kind"]} {resources[0]!["singularName"]} {resources[0]!["shortNames"]!.ToJsonString()} {resources[0]!["categories"]!.ToJsonString()}");
        Assert.Equal(["gadgets", "gadgets/scale", "gadgets/status"], resources.Select(r => r!["name"]!.ToString()));
        var aggregated = (await api.GetAsync("/apis", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")).Json["items"]!.AsArray();
        Assert.Contains(aggregated, g => g!["metadata"]!["name"]!.ToString() == "shop.example.com" && g["versions"]![0]!["version"]!.ToString() == "v1");
    }

    [Fact]
    public async Task An_object_is_one_whatever_version_it_is_written_and_read_in()
    {
        await using var api = await StartAsync();
        (await api.PostAsync(Beta, """{"apiVersion":"shop.example.com/v1beta1","kind":"Gadget","metadata":{"name":"a"},"spec":{"old":1}}""")).Expect(201);
        var read = (await api.GetAsync(V1 + "/a")).Expect(200).Json;
        Assert.Equal("shop.example.com/v1", read["apiVersion"]!.ToString());
        Assert.Equal("red", read["spec"]!["colour"]!.ToString()); // a default that the other version does not know
        var patched = (await api.MergeAsync(V1 + "/a", """{"spec":{"colour":"green"}}""")).Expect(200).Json;
        Assert.Null(patched["spec"]!["old"]);
        var old = (await api.GetAsync(Beta + "/a")).Expect(200);
        Assert.Equal(("shop.example.com/v1beta1", "green"), (old.Json["apiVersion"]!.ToString(), old.Json["spec"]!["colour"]!.ToString()));
        Assert.Equal("299 - \"shop.example.com/v1beta1 Gadget is deprecated\"", old.Headers["Warning"]);
        var item = (await api.GetAsync(Beta)).Json["items"]![0]!;
        Assert.Equal("Gadget shop.example.com/v1beta1", $"{item["kind"]} {item["apiVersion"]}");
        (await api.PutAsync(V1 + "/a", $$$"""{"apiVersion":"shop.example.com/v1beta1","kind":"Gadget","metadata":{"name":"a","resourceVersion":"{{{old.Version}}}"},"spec":{}}""")).Expect(400);
        (await api.DeleteAsync(Beta + "/a")).Expect(200);
        (await api.GetAsync(V1 + "/a")).Expect(404);
    }

    [Fact]
    public async Task A_watch_shows_the_version_that_it_asks_for()
    {
        await using var api = await StartAsync();
        using var v1 = await api.WatchAsync(V1 + "?watch=true");
        using var beta = await api.WatchAsync(Beta + "?watch=true");
        await CreateAsync(api, "a", """{"weight":1.5}""");
        var (one, other) = ((await v1.NextAsync())!["object"]!, (await beta.NextAsync())!["object"]!);
        Assert.Equal(("shop.example.com/v1", "shop.example.com/v1beta1"), (one["apiVersion"]!.ToString(), other["apiVersion"]!.ToString()));
        Assert.Equal(one["spec"]!.ToJsonString(), other["spec"]!.ToJsonString());
        await api.DeleteAsync(V1 + "/a");
        Assert.Equal("DELETED a", await beta.NextNameAsync());
    }

    [Fact]
    public async Task Unknown_fields_go_with_a_warning_or_refuse_the_whole()
    {
        await using var api = await StartAsync();
        const string document = """{"apiVersion":"shop.example.com/v1","kind":"Gadget","metadata":{"name":"a","what":1},"spec":{"size":{"wanted":1,"x":2},"parts":[{"name":"p","y":3}]},"extra":{"z":1}}""";
        var strict = (await api.PostAsync(V1 + "?fieldValidation=Strict", document)).Expect(400);
        foreach (var field in (string[])["metadata.what", "spec.size.x", "spec.parts[0].y", "extra"])
            Assert.Contains($"unknown field \"{field}\"", strict.Message);
        var warned = (await api.PostAsync(V1, document)).Expect(201);
        Assert.Contains("unknown field \\\"spec.parts[0].y\\\"", warned.Headers["Warning"]);
        Assert.Equal("""{"size":{"wanted":1},"parts":[{"name":"p","slot":1}],"colour":"red"}""", warned.Json["spec"]!.ToJsonString());
        Assert.Null(warned.Json["extra"]);
        Assert.Contains("duplicate field \"spec.weight\"", (await api.PostAsync(V1 + "?fieldValidation=Strict",
            """{"apiVersion":"shop.example.com/v1","kind":"Gadget","metadata":{"name":"b"},"spec":{"weight":1,"weight":2}}""")).Expect(400).Message);
    }

    [Fact]
    public async Task The_table_has_the_definition_s_columns()
    {
        await using var api = await StartAsync();
        await CreateAsync(api, "a", """{"weight":2.5,"size":{"wanted":3},"parts":[{"name":"p","note":"n"}]}""");
        await CreateAsync(api, "b", """{"weight":2,"since":"2020-01-01T00:00:00Z"}""");
        (await api.MergeAsync(V1 + "/b/status", """{"status":{"conditions":[{"type":"Odd","status":"x"},{"type":"Ready","status":"True"}]}}""")).Expect(200);
        var table = (await api.GetAsync(V1, Table)).Expect(200).Json;
        Assert.Equal(["Name string", "Colour string", "Weight number", "Wanted integer", "Ready string", "Since date", "Parts string"], table["columnDefinitions"]!.AsArray().Select(c => $"{c!["name"]} {c["type"]}"));
        Assert.Equal(("A \"colour\"", "1"), (table["columnDefinitions"]![1]!["description"]!.ToString(), table["columnDefinitions"]![2]!["priority"]!.ToString()));
        var b = table["rows"]!.AsArray().Single(r => r!["cells"]![0]!.ToString() == "b")!["cells"]!.AsArray();
        Assert.Equal("""["b","red",2,null,"True"]""", new JsonArray([.. b.Take(5).Select(c => c?.DeepClone())]).ToJsonString());
        Assert.Matches(@"^\dy(\d+d)?$", b[5]!.ToString());
        var a = table["rows"]!.AsArray().Single(r => r!["cells"]![0]!.ToString() == "a")!["cells"]!;
        Assert.Equal("""["a","red",2.5,3,null,null,"[{\u0022name\u0022:\u0022p\u0022,\u0022note\u0022:\u0022n\u0022,\u0022slot\u0022:1}]"]""", a.ToJsonString());
        var beta = (await api.GetAsync(Beta, Table)).Json;
        Assert.Equal(["Name", "Age"], beta["columnDefinitions"]!.AsArray().Select(c => c!["name"]!.ToString()));
    }

    [Fact]
    public async Task Status_and_the_rest_are_changed_apart_and_only_the_rest_is_a_new_generation()
    {
        await using var api = await StartAsync();
        var created = (await api.PostAsync(V1, """{"apiVersion":"shop.example.com/v1","kind":"Gadget","metadata":{"name":"a"},"spec":{},"status":{"size":9}}""")).Expect(201).Json;
        Assert.Null(created["status"]);
        var status = (await api.MergeAsync(V1 + "/a/status", """{"metadata":{"labels":{"x":"y"}},"spec":{"colour":"green"},"status":{"size":2}}""")).Expect(200).Json;
        Assert.Equal(("red", "2", "1", null), (status["spec"]!["colour"]!.ToString(), status["status"]!["size"]!.ToString(), status["metadata"]!["generation"]!.ToString(), status["metadata"]!["labels"]));
        var changed = (await api.MergeAsync(V1 + "/a", """{"metadata":{"labels":{"x":"y"}},"spec":{"colour":"green"},"status":{"size":7}}""")).Expect(200).Json;
        Assert.Equal(("green", "2", "2", "y"), (changed["spec"]!["colour"]!.ToString(), changed["status"]!["size"]!.ToString(), changed["metadata"]!["generation"]!.ToString(), changed["metadata"]!["labels"]!["x"]!.ToString()));
        var refused = (await api.MergeAsync(V1 + "/a/status", """{"status":{"size":"two"}}""")).Expect(422);
        Assert.Equal("Gadget.shop.example.com \"a\" is invalid: status.size: Invalid value: \"string\": status.size in body must be of type integer: \"string\"", refused.Message);
        (await api.GetAsync(Beta + "/a/status")).Expect(404);
    }

    [Fact]
    public async Task A_scale_reads_and_writes_the_fields_that_the_definition_names()
    {
        await using var api = await StartAsync();
        await CreateAsync(api, "a", "{}");
        Assert.Equal("Internal error occurred: the spec replicas field \".spec.size.wanted\" does not exist", (await api.GetAsync(V1 + "/a/scale")).Expect(500).Message);
        (await api.MergeAsync(V1 + "/a", """{"spec":{"size":{"wanted":2}}}""")).Expect(200);
        (await api.MergeAsync(V1 + "/a/status", """{"status":{"size":1,"selector":"a=b"}}""")).Expect(200);
        var scale = (await api.MergeAsync(V1 + "/a/scale", """{"spec":{"replicas":5}}""")).Expect(200).Json;
        Assert.Equal("""{"replicas":5} {"replicas":1,"selector":"a=b"}""", $"{scale["spec"]!.ToJsonString()} {scale["status"]!.ToJsonString()}");
        Assert.Equal("5", (await api.GetAsync(V1 + "/a")).Json["spec"]!["size"]!["wanted"]!.ToString());
        (await api.MergeAsync(V1 + "/a/scale", """{"spec":{"replicas":-1}}""")).Expect(422);
    }

    [Fact]
    public async Task Applied_lists_merge_by_their_keys_and_atomic_maps_as_a_whole()
    {
        await using var api = await StartAsync();
        await ApplyAsync(api, "one", """{"parts":[{"name":"p","note":"1"}],"tags":["a"],"whole":{"x":"1"}}""", 201);
        await ApplyAsync(api, "two", """{"parts":[{"name":"p","slot":2,"note":"2"}],"tags":["b"]}""");
        var both = (await api.GetAsync(V1 + "/a")).Json["spec"]!;
        Assert.Equal("""[{"name":"p","note":"1","slot":1},{"name":"p","slot":2,"note":"2"}] ["a","b"]""", $"{both["parts"]!.ToJsonString()} {both["tags"]!.ToJsonString()}");
        var conflict = await ApplyAsync(api, "two", """{"parts":[{"name":"p","note":"other"}],"whole":{"y":"2"}}""", 409);
        Assert.Equal([".spec.parts[name=\"p\",slot=1].note", ".spec.whole"], conflict.Json["details"]!["causes"]!.AsArray().Select(c => c!["field"]!.ToString()).Order(StringComparer.Ordinal));
        await ApplyAsync(api, "one", """{"tags":["a"]}""");
        var left = (await api.GetAsync(V1 + "/a")).Json["spec"]!;
        Assert.Equal("""[{"name":"p","slot":2,"note":"2"}]""", left["parts"]!.ToJsonString());
        Assert.Null(left["whole"]);
        var undeclared = await ApplyAsync(api, "one", """{"nothing":1}""", 400);
        Assert.Contains(".spec.nothing: field not declared in schema", undeclared.Message);
    }

    [Fact]
    public async Task Strategic_patches_are_refused_and_not_offered()
    {
        await using var api = await StartAsync();
        await CreateAsync(api, "a", "{}");
        var refused = (await api.SendAsync("PATCH", V1 + "/a", "{}", "application/strategic-merge-patch+json")).Expect(415);
        Assert.Equal("the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml", refused.Message);
        var openApi = (await api.GetAsync("/openapi/v3/apis/shop.example.com/v1")).Expect(200).Json;
        var patch = openApi["paths"]!["/apis/shop.example.com/v1/namespaces/{namespace}/gadgets/{name}"]!["patch"]!;
        Assert.False(patch["requestBody"]!["content"]!.AsObject().ContainsKey("application/strategic-merge-patch+json"));
        var schema = openApi["components"]!["schemas"]!["com.example.shop.v1.Gadget"]!;
        Assert.Equal("A gadget.", schema["description"]!.ToString());
        Assert.Equal("set", schema["properties"]!["spec"]!["properties"]!["tags"]!["x-kubernetes-list-type"]!.ToString());
    }

    [Fact]
    public async Task Replacements_name_a_version_and_selectors_the_fields_that_are_selectable()
    {
        await using var api = await StartAsync();
        await CreateAsync(api, "a", """{"colour":"green"}""");
        await CreateAsync(api, "b", "{}");
        Assert.Equal(["a"], (await api.GetAsync(V1 + "?fieldSelector=spec.colour%3Dgreen")).Expect(200).Names);
        (await api.GetAsync(V1 + "?fieldSelector=spec.weight%3D1")).Expect(400);
        var unpinned = (await api.PutAsync(V1 + "/a", """{"apiVersion":"shop.example.com/v1","kind":"Gadget","metadata":{"name":"a"},"spec":{}}""")).Expect(422);
        Assert.Contains("metadata.resourceVersion", unpinned.Message);
    }

    [Fact]
    public async Task A_definition_that_is_deleted_takes_no_new_objects()
    {
        await using var api = await StartAsync();
        await CreateAsync(api, "a", "{}");
        var deleted = (await api.DeleteAsync(Definitions + "/gadgets.shop.example.com")).Expect(200).Json;
        Assert.Equal("""["customresourcecleanup.apiextensions.k8s.io"]""", deleted["metadata"]!["finalizers"]!.ToJsonString());
        var refused = (await api.PostAsync(V1, """{"apiVersion":"shop.example.com/v1","kind":"Gadget","metadata":{"name":"b"}}""")).Expect(405);
        Assert.Equal("create not allowed while custom resource definition is terminating", refused.Message);
        await ApplyAsync(api, "one", "{}", 405, "c");
        (await api.MergeAsync(V1 + "/a", """{"metadata":{"labels":{"x":"y"}}}""")).Expect(200);
        (await api.MergeAsync(Definitions + "/gadgets.shop.example.com", """{"metadata":{"finalizers":null}}""")).Expect(200);
        (await api.GetAsync(V1)).Expect(404);
    }

    [Fact]
    public async Task What_was_accepted_cannot_be_renamed_and_stored_versions_cannot_go()
    {
        await using var api = await StartAsync();
        var path = Definitions + "/gadgets.shop.example.com";
        var renamed = (await api.MergeAsync(path, """{"spec":{"group":"x.example.com","scope":"Cluster","names":{"plural":"gizmos","kind":"Gizmo"}}}""")).Expect(422);
        Assert.Equal(["metadata.name", "spec.group", "spec.names.kind", "spec.names.plural", "spec.scope"],
            renamed.Json["details"]!["causes"]!.AsArray().Select(c => c!["field"]!.ToString()).Distinct().Order(StringComparer.Ordinal));
        var storage = (await api.SendAsync("PATCH", path, """[{"op":"replace","path":"/spec/versions/0/storage","value":true},{"op":"replace","path":"/spec/versions/2/storage","value":false}]""", "application/json-patch+json")).Expect(200).Json;
        Assert.Equal("""["v1","v1beta1"]""", storage["status"]!["storedVersions"]!.ToJsonString());
        Assert.Equal("2", storage["metadata"]!["generation"]!.ToString());
        var dropped = (await api.SendAsync("PATCH", path, """[{"op":"remove","path":"/spec/versions/2"}]""", "application/json-patch+json")).Expect(422);
        Assert.Contains("status.storedVersions[0]: Invalid value: \"v1\": must appear in spec.versions", dropped.Message);
    }

    [Fact]
    public async Task A_definition_cannot_take_the_place_of_a_kind_that_the_server_brings()
    {
        await using var api = await TestApi.StartAsync();
        var leases = Gadgets.Replace("shop.example.com", "coordination.k8s.io").Replace("gadgets", "leases").Replace("\"Gadget\"", "\"Lease\"")
            .Replace("\"metadata\":{", "\"metadata\":{\"annotations\":{\"api-approved.kubernetes.io\":\"unapproved, a test\"},");
        (await api.PostAsync(Definitions, leases)).Expect(201);
        await AcceptAsync(api, "leases.coordination.k8s.io", "Lease");
        (await api.PostAsync("/apis/coordination.k8s.io/v1/namespaces/default/leases", """{"metadata":{"name":"a"},"spec":{"holderIdentity":"x"}}""")).Expect(201);
        Assert.Equal("x", (await api.GetAsync("/apis/coordination.k8s.io/v1/namespaces/default/leases/a")).Json["spec"]!["holderIdentity"]!.ToString());
    }

    static async Task<TestApi> StartAsync(ObjectStore? store = null)
    {
        var api = await TestApi.StartAsync(store);
        (await api.PostAsync(Definitions, Gadgets)).Expect(201);
        await AcceptAsync(api);
        return api;
    }

    static async Task AcceptAsync(TestApi api, string name = "gadgets.shop.example.com", string kind = "Gadget") => (await api.MergeAsync($"{Definitions}/{name}/status",
        $$$"""{"status":{"acceptedNames":{"plural":"{{{name.Split('.')[0]}}}","singular":"{{{kind.ToLowerInvariant()}}}","kind":"{{{kind}}}","shortNames":["gd"],"categories":["all"]},"conditions":[{"type":"Established","status":"True"}]}}""")).Expect(200);

    static async Task CreateAsync(TestApi api, string name, string spec) => (await api.PostAsync(V1, $$$"""{"apiVersion":"shop.example.com/v1","kind":"Gadget","metadata":{"name":"{{{name}}}"},"spec":{{{spec}}}}""")).Expect(201);

    static async Task<Answer> ApplyAsync(TestApi api, string manager, string spec, int code = 200, string name = "a") =>
        (await api.SendAsync("PATCH", $"{V1}/{name}?fieldManager={manager}", $$$"""{"apiVersion":"shop.example.com/v1","kind":"Gadget","metadata":{"name":"{{{name}}}"},"spec":{{{spec}}}}""", "application/apply-patch+yaml")).Expect(code);
}
