using System.Text.Json.Nodes;
using Kube.Server.Tests.Api;
using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Kinds;

public class PodDefaultsTests
{
    [Fact]
    public async Task A_minimal_pod_becomes_what_kubernetes_makes_of_it()
    {
        await using var api = await TestApi.StartAsync();
        var pod = (await api.PostAsync(Pods, Pod("a"))).Expect(201).Json;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"containers":[{"name":"c","image":"busybox:1.35","imagePullPolicy":"IfNotPresent","resources":{},
              "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],
             "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"default","serviceAccount":"default",
             "securityContext":{},"schedulerName":"default-scheduler","enableServiceLinks":true,"priority":0,"preemptionPolicy":"PreemptLowerPriority",
             "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},
              {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}]}
            """), pod["spec"]), pod["spec"]!.ToJsonString());
        Assert.Equal("""{"phase":"Pending","qosClass":"BestEffort"}""", pod["status"]!.ToJsonString());
        Assert.Equal(1, pod["metadata"]!["generation"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("nginx", "Always")]
    [InlineData("nginx:latest", "Always")]
    [InlineData("localhost:5000/nginx", "Always")]
    [InlineData("nginx:1.27", "IfNotPresent")]
    [InlineData("localhost:5000/a/b:1", "IfNotPresent")]
    [InlineData("nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "IfNotPresent")]
    [InlineData("UPPER CASE", "IfNotPresent")]
    public async Task The_pull_policy_follows_the_tag(string image, string policy)
    {
        await using var api = await TestApi.StartAsync();
        var pod = (await api.PostAsync(Pods, Pod("a").Replace("busybox:1.35", image))).Expect(201).Json;
        Assert.Equal(policy, pod["spec"]!["containers"]![0]!["imagePullPolicy"]!.ToString());
    }

    [Theory]
    [InlineData("\"ports\":[{\"containerPort\":80}]", "ports", """[{"containerPort":80,"protocol":"TCP"}]""")]
    [InlineData("\"livenessProbe\":{\"httpGet\":{\"port\":80}}", "livenessProbe", """{"httpGet":{"path":"/","port":80,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3}""")]
    [InlineData("\"readinessProbe\":{\"exec\":{\"command\":[\"true\"]},\"periodSeconds\":2,\"failureThreshold\":0}", "readinessProbe", """{"exec":{"command":["true"]},"timeoutSeconds":1,"periodSeconds":2,"successThreshold":1,"failureThreshold":3}""")]
    [InlineData("\"startupProbe\":{\"grpc\":{\"port\":9}}", "startupProbe", """{"grpc":{"port":9,"service":""},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3}""")]
    [InlineData("\"lifecycle\":{\"preStop\":{\"httpGet\":{\"port\":\"web\"}}}", "lifecycle", """{"preStop":{"httpGet":{"path":"/","port":"web","scheme":"HTTP"}}}""")]
    [InlineData("\"env\":[{\"name\":\"A\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}}]", "env", """[{"name":"A","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}}]""")]
    [InlineData("\"resources\":{\"limits\":{\"cpu\":\"0.5\"}}", "resources", """{"limits":{"cpu":"500m"},"requests":{"cpu":"500m"}}""")]
    public async Task A_container_gets_its_defaults(string fields, string field, string expected)
    {
        await using var api = await TestApi.StartAsync();
        var pod = (await api.PostAsync(Pods, Pod("a").Replace("\"name\":\"c\"", "\"name\":\"c\"," + fields))).Expect(201).Json;
        var actual = pod["spec"]!["containers"]![0]![field]!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
    }

    [Theory]
    [InlineData("{\"name\":\"v\"}", """{"name":"v","emptyDir":{}}""")]
    [InlineData("{\"name\":\"v\",\"secret\":{\"secretName\":\"s\"}}", """{"name":"v","secret":{"secretName":"s","defaultMode":420}}""")]
    [InlineData("{\"name\":\"v\",\"configMap\":{\"name\":\"s\",\"defaultMode\":0}}", """{"name":"v","configMap":{"name":"s","defaultMode":0}}""")]
    [InlineData("{\"name\":\"v\",\"hostPath\":{\"path\":\"/x\"}}", """{"name":"v","hostPath":{"path":"/x","type":""}}""")]
    [InlineData("{\"name\":\"v\",\"projected\":{\"sources\":[{\"serviceAccountToken\":{\"path\":\"t\"}},{\"downwardAPI\":{\"items\":[{\"path\":\"n\",\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}]}}]}}",
        """{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"t","expirationSeconds":3600}},{"downwardAPI":{"items":[{"path":"n","fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}]}}],"defaultMode":420}}""")]
    public async Task A_volume_gets_its_defaults(string volume, string expected)
    {
        await using var api = await TestApi.StartAsync();
        var pod = (await api.PostAsync(Pods, Pod("a", spec: "\"volumes\":[" + volume + "]"))).Expect(201).Json;
        var actual = pod["spec"]!["volumes"]![0]!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
    }

    [Fact]
    public async Task On_the_hosts_network_ports_are_the_hosts()
    {
        await using var api = await TestApi.StartAsync();
        var pod = (await api.PostAsync(Pods, Pod("a", spec: "\"hostNetwork\":true").Replace("\"name\":\"c\"", "\"name\":\"c\",\"ports\":[{\"containerPort\":80}]"))).Expect(201).Json;
        Assert.Equal(80, pod["spec"]!["containers"]![0]!["ports"]![0]!["hostPort"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("\"tolerations\":[{\"operator\":\"Exists\"}]", 1)]
    [InlineData("\"tolerations\":[{\"key\":\"node.kubernetes.io/not-ready\",\"operator\":\"Exists\",\"effect\":\"NoExecute\"}]", 2)]
    [InlineData("\"tolerations\":[{\"key\":\"x\",\"operator\":\"Exists\"}]", 3)]
    public async Task Tolerations_are_added_where_none_says_otherwise(string spec, int count)
    {
        await using var api = await TestApi.StartAsync();
        var pod = (await api.PostAsync(Pods, Pod("a", spec: spec))).Expect(201).Json;
        Assert.Equal(count, pod["spec"]!["tolerations"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("{}", "BestEffort")]
    [InlineData("{\"requests\":{\"cpu\":\"1\"}}", "Burstable")]
    [InlineData("{\"limits\":{\"cpu\":\"1\"}}", "Burstable")]
    [InlineData("{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}", "Guaranteed")]
    [InlineData("{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"1000m\",\"memory\":\"1024Mi\"}}", "Guaranteed")]
    [InlineData("{\"limits\":{\"cpu\":\"2\",\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"1\"}}", "Burstable")]
    public async Task The_quality_of_service_follows_requests_and_limits(string resources, string quality)
    {
        await using var api = await TestApi.StartAsync();
        var pod = (await api.PostAsync(Pods, Pod("a").Replace("\"name\":\"c\"", "\"name\":\"c\",\"resources\":" + resources))).Expect(201).Json;
        Assert.Equal(quality, pod["status"]!["qosClass"]!.ToString());
    }
}
