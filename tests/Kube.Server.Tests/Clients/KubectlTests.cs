using Kube.Server.Tests.Api;
using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Clients;

/// <summary>What the real kubectl makes of the server. No controller and no agent run here: objects stay as they are put.</summary>
public class KubectlTests
{
    const string Web = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec: {containers: [{name: c, image: "busybox:1.35"}]}
        """;

    [Fact]
    public async Task Pods_are_created_shown_described_and_deleted()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        Assert.Equal("pod/web created\n", await kubectl.DoAsync("create -f -", Web));
        Assert.Matches(@"^NAME +READY +STATUS +RESTARTS +AGE\nweb +0/1 +Pending +0 +[\dms]+\n$", await kubectl.DoAsync("get pods"));
        Assert.Matches(@"^NAME +READY +STATUS +RESTARTS +AGE +IP +NODE +NOMINATED NODE +READINESS GATES\nweb +0/1 +Pending +0 +[\dms]+ +<none> +<none> +<none> +<none>\n$", await kubectl.DoAsync("get po -o wide"));
        Assert.Contains("app=web", await kubectl.DoAsync("get pod web --show-labels"));
        Assert.Equal("pod/web\n", await kubectl.DoAsync("get pods -l app=web --field-selector=status.phase=Pending -o name"));
        Assert.Contains("image: busybox:1.35", await kubectl.DoAsync("get pod web -o yaml"));
        var described = await kubectl.DoAsync("describe pod web");
        Assert.Matches(@"Name: +web\n", described);
        Assert.Matches(@"QoS Class: +BestEffort\n", described);
        Assert.Equal("pod \"web\" deleted", (await kubectl.DoAsync("delete pod web")).Trim().Replace(" from default namespace", ""));
        Assert.Equal("No resources found in default namespace.\n", await kubectl.DoAsync("get pods"));
        var (exit, error) = await kubectl.RunAsync("get pod web");
        Assert.Equal((1, "Error from server (NotFound): pods \"web\" not found\n"), (exit, error));
    }

    [Fact]
    public async Task A_watch_prints_each_change()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        await api.PostAsync(Pods, Pod("a"));
        using var watch = kubectl.Start("get pods -w --no-headers");
        async Task<string> LineAsync() => (await watch.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)))!;
        try
        {
            Assert.Matches(@"^a +0/1 +Pending", await LineAsync());
            await api.PostAsync(Pods, Pod("b"));
            Assert.Matches(@"^b +0/1 +Pending", await LineAsync());
            await api.MergeAsync(Pods + "/b/status", """{"status":{"phase":"Running"}}""");
            Assert.Matches(@"^b +0/1 +Running", await LineAsync());
        }
        finally
        {
            watch.Kill();
            await watch.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_wait_for_deletion_ends_with_the_object()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        await api.PostAsync(Pods, Pod("a", spec: "\"nodeName\":\"n\""));
        await api.DeleteAsync(Pods + "/a");
        var wait = kubectl.DoAsync("wait --for=delete pod/a --timeout=120s");
        await api.SawAsync("watch=true");
        await api.DeleteAsync(Pods + "/a?gracePeriodSeconds=0");
        Assert.Contains("pod/a condition met", await wait);

        await api.PostAsync(Pods, Pod("b", spec: "\"nodeName\":\"n\""));
        var delete = kubectl.DoAsync("delete pod b");
        for (var i = 0; i < 1200 && (await api.GetAsync(Pods + "/b")).Json["metadata"]!["deletionTimestamp"] is null; i++)
            await Task.Delay(50);
        Assert.False(delete.IsCompleted);
        await api.DeleteAsync(Pods + "/b?gracePeriodSeconds=0");
        Assert.Contains("deleted", await delete);
    }

    [Fact]
    public async Task A_wait_for_a_condition_sees_it_come()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        await api.PostAsync(Pods, Pod("a"));
        var wait = kubectl.DoAsync("wait --for=condition=Ready pod/a --timeout=120s");
        await api.MergeAsync(Pods + "/a/status", """{"status":{"conditions":[{"type":"Ready","status":"True"}]}}""");
        Assert.Contains("pod/a condition met", await wait);
    }

    [Fact]
    public async Task Labels_annotations_and_scale_are_set()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        await api.PostAsync(ReplicationControllers, Controller("rc", 2));
        Assert.Equal("replicationcontroller/rc labeled\n", await kubectl.DoAsync("label rc rc tier=web"));
        Assert.Equal("replicationcontroller/rc annotated\n", await kubectl.DoAsync("annotate rc/rc note='a b'"));
        Assert.Matches(@"^replicationcontroller/rc (un)?labeled\n$", await kubectl.DoAsync("label rc rc tier-"));
        Assert.Equal("replicationcontroller/rc scaled\n", await kubectl.DoAsync("scale rc rc --replicas=5 --current-replicas=2"));
        Assert.Matches(@"^NAME +DESIRED +CURRENT +READY +AGE\nrc +5 +0 +0 +", await kubectl.DoAsync("get rc"));
        Assert.Contains("replicationcontroller/rc", await kubectl.DoAsync("get all"));
    }

    [Fact]
    public async Task Objects_are_replaced_and_patched_in_three_ways()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        await kubectl.DoAsync("create -f -", Web);
        Assert.Equal("pod/web patched\n", await kubectl.DoAsync("patch pod web -p {\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"busybox:1.36\"}]}}"));
        Assert.Equal("pod/web patched\n", await kubectl.DoAsync("patch pod web --type=merge -p {\"metadata\":{\"labels\":{\"x\":\"1\"}}}"));
        Assert.Equal("pod/web patched\n", await kubectl.DoAsync("patch pod web --type=json -p [{\"op\":\"remove\",\"path\":\"/metadata/labels/app\"}]"));
        Assert.Equal("pod/web image updated\n", await kubectl.DoAsync("set image pod/web c=busybox:1.37"));
        Assert.Equal("busybox:1.37 {\"x\":\"1\"}", await kubectl.DoAsync("get pod web -o jsonpath='{.spec.containers[0].image} {.metadata.labels}'"));
        var document = await kubectl.DoAsync("get pod web -o json");
        Assert.Equal("pod/web replaced\n", await kubectl.DoAsync("replace -f -", document.Replace("\"x\": \"1\"", "\"x\": \"2\"")));
        var (exit, error) = await kubectl.RunAsync("replace -f -", document);
        Assert.Equal(1, exit);
        Assert.Contains("the object has been modified; please apply your changes to the latest version and try again", error);
    }

    [Fact]
    public async Task Manifests_are_applied_again_and_again()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        const string first = """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{name: a, port: 80}, {name: b, port: 81}]}
            """;
        Assert.Equal("service/web created\n", await kubectl.DoAsync("apply -f -", first));
        Assert.Equal("service/web unchanged\n", await kubectl.DoAsync("apply -f -", first));
        Assert.Equal("service/web configured\n", await kubectl.DoAsync("apply -f -", first.Replace("{name: a, port: 80}, ", "").Replace("app: web", "app: new")));
        Assert.Equal("new [{\"name\":\"b\",\"port\":81,\"protocol\":\"TCP\",\"targetPort\":81}]", await kubectl.DoAsync("get svc web -o jsonpath='{.spec.selector.app} {.spec.ports}'"));
        Assert.Equal("service/web configured (server dry run)\n", await kubectl.DoAsync("apply --dry-run=server -f -", first));
    }

    [Fact]
    public async Task Bad_manifests_are_refused_with_all_that_is_wrong()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        var (exit, unknown) = await kubectl.RunAsync("create -f -", Web.Replace("image:", "imagee:"));
        Assert.Equal(1, exit);
        // The server's words, or those of a kubectl that reads the schemas itself.
        Assert.Matches(@"unknown field ""(spec\.containers\[0\]\.)?imagee""", unknown);
        var (_, invalid) = await kubectl.RunAsync("create -f -", Web.Replace("name: c", "name: C"));
        Assert.StartsWith("The Pod \"web\" is invalid: spec.containers[0].name: Invalid value: \"C\": a lowercase RFC 1123 label", invalid);
        if (await kubectl.MinorAsync() >= 25)
            Assert.Contains("unknown field \"spec.colour\"", await kubectl.DoAsync("create --validate=warn -f -", Web.Replace("spec: {", "spec: {colour: red, ")));
    }

    [Fact]
    public async Task Large_lists_come_in_chunks()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        for (var i = 0; i < 25; i++)
            await api.PostAsync(ConfigMaps, ConfigMap($"n{i:00}"));
        Assert.Equal(25, (await kubectl.DoAsync("get cm --chunk-size=10 --no-headers")).Trim().Split('\n').Length);
        Assert.Equal(25, (await kubectl.DoAsync("get cm --chunk-size=10 -o name")).Trim().Split('\n').Length);
    }

    [Fact]
    public async Task Kinds_are_discovered_and_explained()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        var kinds = await kubectl.DoAsync("api-resources");
        Assert.Matches(@"pods +po +v1 +true +Pod\n", kinds);
        Assert.Matches(@"leases +coordination.k8s.io/v1 +true +Lease\n", kinds);
        Assert.Contains("coordination.k8s.io/v1\n", await kubectl.DoAsync("api-versions"));
        var explained = await kubectl.DoAsync("explain pod.spec.containers.ports");
        Assert.Matches(@"(FIELD|RESOURCE): ports <\[\](ContainerPort|Object)>", explained);
        Assert.Contains("containerPort\t<integer> -required-", explained);
        Assert.Matches(@"spec\t<(LeaseSpec|Object)>", await kubectl.DoAsync("explain leases"));
    }

    [Fact]
    public async Task Events_are_shown()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        await api.PostAsync("/api/v1/namespaces/default/events", $$$"""
            {"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","namespace":"default","name":"web"},"type":"Warning","reason":"Failed","message":"no luck",
            "lastTimestamp":"{{{DateTimeOffset.UtcNow.AddMinutes(-1):yyyy-MM-dd'T'HH:mm:ss'Z'}}}","count":1}
            """);
        Assert.Matches(@"^LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n6\ds +Warning +Failed +pod/web +no luck\n$", await kubectl.DoAsync("get events"));
        if (await kubectl.MinorAsync() >= 26)
            Assert.Contains("no luck", await kubectl.DoAsync("events"));
    }

    [Fact]
    public async Task Namespaces_are_used_and_deleted()
    {
        await using var api = await TestApi.StartAsync();
        using var kubectl = new Kubectl(api.Address);
        await kubectl.DoAsync("create -f -", "apiVersion: v1\nkind: Namespace\nmetadata: {name: dev}\n");
        await kubectl.DoAsync("create -n dev -f -", Web);
        Assert.Matches(@"^NAMESPACE +NAME +READY +STATUS +RESTARTS +AGE\ndev +web ", await kubectl.DoAsync("get pods -A"));
        Assert.Contains("deleted", await kubectl.DoAsync("delete ns dev --wait=false"));
        Assert.Matches(@"dev +Terminating", await kubectl.DoAsync("get ns"));
        var (exit, error) = await kubectl.RunAsync("delete ns default");
        Assert.Equal((1, "Error from server (Forbidden): namespaces \"default\" is forbidden: this namespace may not be deleted\n"), (exit, error));
    }
}
