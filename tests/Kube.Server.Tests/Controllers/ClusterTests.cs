using System.Text;
using System.Text.Json.Nodes;
using Kube.Server.Tests.Hosting;

namespace Kube.Server.Tests.Controllers;

/// <summary>The controllers at work in a whole server with a simulated node. Each test has a namespace of its own.</summary>
public class ClusterTests(ClusterTests.Fixture fixture) : IClassFixture<ClusterTests.Fixture>
{
    public sealed class Fixture() : ServerFixture("--agent", "simulated", "--node-name", "node-1");

    KubeApi Api => fixture.Api;

    [Fact]
    public async Task A_new_namespace_gets_what_pods_expect_and_gets_it_back()
    {
        var ns = await NamespaceAsync();
        await UntilAsync(async () => await ExistsAsync(KubeResources.ServiceAccounts, ns, "default") && await ExistsAsync(KubeResources.ConfigMaps, ns, "kube-root-ca.crt"), "defaults are there");
        await Api.DeleteAsync(KubeResources.ServiceAccounts, ns, "default", new DeleteOptions(), default);
        await Api.PatchAsync(KubeResources.ConfigMaps, ns, "kube-root-ca.crt", PatchType.Merge, """{"data":{"ca.crt":"mine"}}"""u8.ToArray(), new WriteOptions(), default);
        var ca = fixture.Server.Options().CertificateAuthority![0].ExportCertificatePem();
        await UntilAsync(async () => await ExistsAsync(KubeResources.ServiceAccounts, ns, "default")
            && (await NodeAsync(KubeResources.ConfigMaps, ns, "kube-root-ca.crt"))["data"]!["ca.crt"]!.GetValue<string>().Trim() == ca, "defaults are back");
    }

    [Fact]
    public async Task A_controller_s_pods_come_run_scale_and_go_with_it()
    {
        var ns = await NamespaceAsync();
        await CreateAsync(KubeResources.ReplicationControllers, ns, Controller("web", 3));
        await UntilAsync(async () => (await NodeAsync(KubeResources.ReplicationControllers, ns, "web"))["status"]?["readyReplicas"]?.GetValue<int>() == 3, "three are ready");
        var status = (await NodeAsync(KubeResources.ReplicationControllers, ns, "web"))["status"]!;
        Assert.Equal((3, 3, 1), (status["replicas"]!.GetValue<int>(), status["fullyLabeledReplicas"]!.GetValue<int>(), status["observedGeneration"]!.GetValue<int>()));
        var pods = await PodsAsync(ns);
        Assert.Equal(3, pods.Count);
        Assert.All(pods, pod => Assert.StartsWith("web-", pod.Name));
        Assert.All(pods.Cast<KubePod>(), pod => Assert.Equal("node-1", pod.Node));
        var events = await EventsAsync(ns, 6);
        Assert.Equal(3, events.Count(e => e == "SuccessfulCreate replication-controller"));
        Assert.Equal(3, events.Count(e => e == "Scheduled default-scheduler"));

        await ScaleAsync(ns, "web", 1);
        await UntilAsync(async () => (await PodsAsync(ns)).Count == 1, "one is left");
        await ScaleAsync(ns, "web", 4);
        await UntilAsync(async () => (await PodsAsync(ns)).Count(p => ((KubePod)p).State == "Running") == 4, "four run");

        await Api.DeleteAsync(KubeResources.ReplicationControllers, ns, "web", new DeleteOptions { PropagationPolicy = "Background" }, default);
        await UntilAsync(async () => (await PodsAsync(ns)).Count == 0, "no pods are left");
    }

    [Fact]
    public async Task Exactly_as_many_pods_as_asked_for_are_ever_made()
    {
        var ns = await NamespaceAsync();
        await CreateAsync(KubeResources.ReplicationControllers, ns, Controller("many", 60));
        await UntilAsync(async () => (await NodeAsync(KubeResources.ReplicationControllers, ns, "many"))["status"]?["readyReplicas"]?.GetValue<int>() == 60, "sixty are ready");
        Assert.Equal(60, (await EventsAsync(ns, 120)).Count(e => e == "SuccessfulCreate replication-controller"));
        await Api.DeleteAsync(KubeResources.ReplicationControllers, ns, "many", new DeleteOptions { PropagationPolicy = "Background" }, default);
        await UntilAsync(async () => (await PodsAsync(ns)).Count == 0, "no pods are left");
    }

    [Fact]
    public async Task A_pod_that_goes_is_replaced_one_that_matches_is_adopted_and_one_that_does_not_any_more_is_let_go()
    {
        var ns = await NamespaceAsync();
        await CreateAsync(KubeResources.Pods, ns, Pod("stray", """{"app":"web"}"""));
        await CreateAsync(KubeResources.ReplicationControllers, ns, Controller("web", 2));
        await UntilAsync(async () => await OwnerAsync(ns, "stray") == "web" && (await PodsAsync(ns)).Count == 2, "the stray is adopted");
        await Api.PatchAsync(KubeResources.Pods, ns, "stray", PatchType.Merge, """{"metadata":{"labels":{"app":"debug"}}}"""u8.ToArray(), new WriteOptions(), default);
        await UntilAsync(async () => await OwnerAsync(ns, "stray") is null && (await PodsAsync(ns)).Count == 3, "it is released and replaced");
        var victim = (await PodsAsync(ns)).First(p => p.Name != "stray").Name;
        await Api.DeleteAsync(KubeResources.Pods, ns, victim, new DeleteOptions { GracePeriodSeconds = 0 }, default);
        await UntilAsync(async () => (await PodsAsync(ns)) is { Count: 3 } pods && pods.All(p => p.Name != victim), "another takes its place");
    }

    [Fact]
    public async Task A_controller_deleted_without_its_pods_leaves_them()
    {
        var ns = await NamespaceAsync();
        await CreateAsync(KubeResources.ReplicationControllers, ns, Controller("web", 2));
        await UntilAsync(async () => (await PodsAsync(ns)).Count == 2, "two are there");
        await Api.DeleteAsync(KubeResources.ReplicationControllers, ns, "web", new DeleteOptions { PropagationPolicy = "Orphan" }, default);
        await UntilAsync(async () => !await ExistsAsync(KubeResources.ReplicationControllers, ns, "web"), "the controller is gone");
        var pods = await PodsAsync(ns);
        Assert.Equal(2, pods.Count);
        Assert.All(pods, pod => Assert.DoesNotContain("ownerReferences\":[{", pod.ToJson()));
    }

    [Fact]
    public async Task Deleted_in_the_foreground_it_goes_last()
    {
        var ns = await NamespaceAsync();
        await CreateAsync(KubeResources.ReplicationControllers, ns, Controller("web", 2));
        await UntilAsync(async () => (await PodsAsync(ns)).Count == 2, "two are there");
        await Api.DeleteAsync(KubeResources.ReplicationControllers, ns, "web", new DeleteOptions { PropagationPolicy = "Foreground" }, default);
        await UntilAsync(async () =>
        {
            // In this order: were it gone before its pods, this would find them.
            if (await ExistsAsync(KubeResources.ReplicationControllers, ns, "web")) return false;
            Assert.Empty(await PodsAsync(ns));
            return true;
        }, "the controller is gone");
    }

    [Fact]
    public async Task What_belongs_to_something_that_never_was_goes_and_what_has_another_owner_stays()
    {
        var ns = await NamespaceAsync();
        var owner = await CreateAsync(KubeResources.ConfigMaps, ns, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"owner"}}""");
        static string Owned(string name, params string[] owners) => $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{name}}}","ownerReferences":[{{{string.Join(',', owners)}}}]}}""";
        var gone = """{"apiVersion":"v1","kind":"ConfigMap","name":"never","uid":"00000000-0000-0000-0000-000000000000"}""";
        var foreign = """{"apiVersion":"example.com/v1","kind":"Gadget","name":"g","uid":"00000000-0000-0000-0000-000000000001"}""";
        var present = $$"""{"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":"{{owner.Uid}}"}""";
        await CreateAsync(KubeResources.Secrets, ns, Owned("goes", gone));
        await CreateAsync(KubeResources.Secrets, ns, Owned("of-no-name", """{"apiVersion":"v1","kind":"ConfigMap","name":"a/../b","uid":"00000000-0000-0000-0000-000000000002"}"""));
        await CreateAsync(KubeResources.Secrets, ns, Owned("of-no-kind", """{"apiVersion":"a/b/c","kind":"?","name":"..","uid":"00000000-0000-0000-0000-000000000003"}"""));
        await CreateAsync(KubeResources.Secrets, ns, Owned("keeps-one", gone, present));
        await CreateAsync(KubeResources.Secrets, ns, Owned("unknown-kind", foreign));
        await UntilAsync(async () => !await ExistsAsync(KubeResources.Secrets, ns, "goes"), "it goes");
        await UntilAsync(async () => !await ExistsAsync(KubeResources.Secrets, ns, "of-no-name"), "what belongs to a name that cannot be goes too");
        await UntilAsync(async () => (await NodeAsync(KubeResources.Secrets, ns, "keeps-one"))["metadata"]!["ownerReferences"]!.AsArray().Count == 1, "the owner that is gone is dropped");
        Assert.True(await ExistsAsync(KubeResources.Secrets, ns, "unknown-kind"));
        await Api.DeleteAsync(KubeResources.ConfigMaps, ns, "owner", new DeleteOptions(), default);
        await UntilAsync(async () => !await ExistsAsync(KubeResources.Secrets, ns, "keeps-one"), "it goes with its last owner");
        Assert.True(await ExistsAsync(KubeResources.Secrets, ns, "unknown-kind"));
    }

    [Fact]
    public async Task A_pod_without_a_place_says_why_and_gets_one_when_there_is_one()
    {
        var ns = await NamespaceAsync();
        var spec = Pod("picky", "{}").Replace("\"containers\"", $"\"nodeSelector\":{{\"disk\":\"{ns}\"}},\"containers\"");
        await CreateAsync(KubeResources.Pods, ns, spec);
        const string why = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.";
        await UntilAsync(async () => Scheduled(await NodeAsync(KubeResources.Pods, ns, "picky")) is { } c && c["status"]!.GetValue<string>() == "False", "it is unschedulable");
        var condition = Scheduled(await NodeAsync(KubeResources.Pods, ns, "picky"))!;
        Assert.Equal(("Unschedulable", why), (condition["reason"]!.GetValue<string>(), condition["message"]!.GetValue<string>()));
        Assert.Contains("FailedScheduling default-scheduler", await EventsAsync(ns, 1));
        await Api.PatchAsync(KubeResources.Nodes, null, "node-1", PatchType.Merge, Encoding.UTF8.GetBytes("""{"metadata":{"labels":{"disk":"NS"}}}""".Replace("NS", ns)), new WriteOptions(), default);
        await UntilAsync(async () => ((KubePod)await Api.GetAsync(KubeResources.Pods, ns, "picky", default)).State == "Running", "it runs");
    }

    [Fact]
    public async Task A_namespace_goes_with_all_that_is_in_it()
    {
        var ns = await NamespaceAsync();
        await CreateAsync(KubeResources.ReplicationControllers, ns, Controller("web", 3));
        await CreateAsync(KubeResources.Secrets, ns, """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"held","finalizers":["example.com/hold"]}}""");
        await UntilAsync(async () => (await PodsAsync(ns)).Count == 3, "the pods are there");
        await Api.DeleteAsync(KubeResources.Namespaces, null, ns, new DeleteOptions(), default);
        await UntilAsync(async () => (await PodsAsync(ns)).Count == 0 && !await ExistsAsync(KubeResources.ConfigMaps, ns, "kube-root-ca.crt"), "all else is gone");
        var refused = await Assert.ThrowsAsync<KubeOperationException>(() => CreateAsync(KubeResources.Pods, ns, Pod("late", "{}")));
        Assert.Contains("because it is being terminated", refused.Message);
        Assert.Equal("Terminating", (await NodeAsync(KubeResources.Namespaces, null, ns))["status"]!["phase"]!.GetValue<string>());
        await Api.PatchAsync(KubeResources.Secrets, ns, "held", PatchType.Merge, """{"metadata":{"finalizers":null}}"""u8.ToArray(), new WriteOptions(), default);
        await UntilAsync(async () => !await ExistsAsync(KubeResources.Namespaces, null, ns), "the namespace is gone");
    }

    [Fact]
    public async Task The_API_server_is_a_service()
    {
        var service = await NodeAsync(KubeResources.Services, "default", "kubernetes");
        Assert.Equal(fixture.Server.Options().Server.Port, service["spec"]!["ports"]![0]!["targetPort"]!.GetValue<int>());
        Assert.Equal("apiserver", service["metadata"]!["labels"]!["component"]!.GetValue<string>());
        Assert.True(await ExistsAsync(KubeResources.Endpoints, "default", "kubernetes"));
    }

    static JsonNode? Scheduled(JsonNode pod) => pod["status"]?["conditions"]?.AsArray().FirstOrDefault(c => c!["type"]!.GetValue<string>() == "PodScheduled");

    static Task UntilAsync(Func<Task<bool>> condition, string what) => ServerProcess.UntilAsync(condition, what);

    async Task<string> NamespaceAsync()
    {
        var name = "test-" + Guid.NewGuid().ToString("N")[..8];
        await CreateAsync(KubeResources.Namespaces, null, $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
        await UntilAsync(() => ExistsAsync(KubeResources.ServiceAccounts, name, "default"), "the namespace is ready");
        return name;
    }

    Task<KubeObject> CreateAsync(KubeResource resource, string? ns, string json) => Api.CreateAsync(resource, ns, Encoding.UTF8.GetBytes(json), new WriteOptions(), default);

    async Task ScaleAsync(string ns, string name, int replicas) =>
        await Api.PatchAsync(KubeResources.ReplicationControllers, ns, name, PatchType.Merge, Encoding.UTF8.GetBytes($$$"""{"spec":{"replicas":{{{replicas}}} }}"""), new WriteOptions { Subresource = "scale" }, default);

    async Task<IReadOnlyList<KubeObject>> PodsAsync(string ns) => (await Api.GetListAsync(KubeResources.Pods, ns, new ListOptions(), default)).Items;

    async Task<string?> OwnerAsync(string ns, string pod) => (await NodeAsync(KubeResources.Pods, ns, pod))["metadata"]!["ownerReferences"] is JsonArray { Count: > 0 } owners ? owners[0]!["name"]!.GetValue<string>() : null;

    // Events are written in the background: so many are waited for.
    async Task<List<string>> EventsAsync(string ns, int atLeast)
    {
        List<string> events = [];
        await UntilAsync(async () =>
        {
            var items = (await Api.GetListAsync(KubeResources.Events, ns, new ListOptions(), default)).Items.Select(e => JsonNode.Parse(e.Json.Span)!);
            events = [.. items.Select(e => $"{e["reason"]} {e["source"]?["component"]}")];
            return events.Count(e => !e.EndsWith("kubelet", StringComparison.Ordinal)) >= atLeast;
        }, $"{atLeast} events are there");
        return events;
    }

    async Task<JsonNode> NodeAsync(KubeResource resource, string? ns, string name) => JsonNode.Parse((await Api.GetAsync(resource, ns, name, default)).Json.Span)!;

    async Task<bool> ExistsAsync(KubeResource resource, string? ns, string name)
    {
        try
        {
            await Api.GetAsync(resource, ns, name, default);
            return true;
        }
        catch (KubeOperationException e) when (e.Status.Code == 404)
        {
            return false;
        }
    }

    static string Controller(string name, int replicas) => $$$"""
        {"apiVersion":"v1","kind":"ReplicationController","metadata":{"name":"{{{name}}}"},"spec":{"replicas":{{{replicas}}},"selector":{"app":"web"},
        "template":{"metadata":{"labels":{"app":"web"}},"spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"c","image":"busybox"}] } } } }
        """;

    static string Pod(string name, string labels) => $$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","labels":{{{labels}}}},"spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"c","image":"busybox"}] } }
        """;
}
