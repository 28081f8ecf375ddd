using System.Text.Json.Nodes;
using Kube.Server.Tests.Api;
using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Kinds;

/// <summary>Defaults and rules of the kinds besides the pod.</summary>
public class KindTests
{
    const string Core = "/api/v1/namespaces/default/";
    const string Services = Core + "services";
    const string Secrets = Core + "secrets";

    const string Template = "\"template\":{\"metadata\":{\"labels\":{\"a\":\"1\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";

    [Theory]
    [InlineData("replicationcontrollers", "\"spec\":{}", "spec.selector: Required value")]
    [InlineData("replicationcontrollers", "\"spec\":{\"selector\":{\"a\":\"1\"}}", "spec.template: Required value")]
    [InlineData("replicationcontrollers", "\"spec\":{\"replicas\":-1," + Template + "}", "spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("replicationcontrollers", "\"spec\":{\"selector\":{\"a\":\"2\"}," + Template + "}", "spec.template.metadata.labels: Invalid value: {\"a\":\"1\"}: `selector` does not match template `labels`")]
    [InlineData("replicationcontrollers", "\"spec\":{\"selector\":{\"a\":\"1\"},\"template\":{\"metadata\":{\"labels\":{\"a\":\"1\"}},\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}", "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"")]
    [InlineData("services", "\"spec\":{}", "spec.ports: Required value")]
    [InlineData("services", "\"spec\":{\"ports\":[{\"port\":0}]}", "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData("services", "\"spec\":{\"ports\":[{\"port\":1},{\"name\":\"b\",\"port\":2}]}", "spec.ports[0].name: Required value")]
    [InlineData("services", "\"spec\":{\"ports\":[{\"name\":\"a\",\"port\":1},{\"name\":\"a\",\"port\":2}]}", "spec.ports[1].name: Duplicate value: \"a\"")]
    [InlineData("services", "\"spec\":{\"type\":\"Magic\",\"ports\":[{\"port\":1}]}", "spec.type: Unsupported value: \"Magic\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"")]
    [InlineData("services", "\"spec\":{\"ports\":[{\"port\":1,\"nodePort\":30000}]}", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData("services", "\"spec\":{\"clusterIP\":\"x\",\"ports\":[{\"port\":1}]}", "spec.clusterIPs[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("services", "\"spec\":{\"type\":\"ExternalName\"}", "spec.externalName: Required value")]
    [InlineData("services", "\"spec\":{\"sessionAffinity\":\"x\",\"ports\":[{\"port\":1}]}", "spec.sessionAffinity: Unsupported value: \"x\": supported values: \"ClientIP\", \"None\"")]
    [InlineData("services", "\"spec\":{\"externalTrafficPolicy\":\"Local\",\"ports\":[{\"port\":1}]}", "spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services")]
    [InlineData("services", "\"spec\":{\"loadBalancerClass\":\"x/y\",\"ports\":[{\"port\":1}]}", "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'")]
    [InlineData("services", "\"spec\":{\"type\":\"LoadBalancer\",\"loadBalancerSourceRanges\":[\"x\"],\"ports\":[{\"port\":1}]}", "spec.loadBalancerSourceRanges[0]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    [InlineData("services", "\"spec\":{\"ipFamilyPolicy\":\"Any\",\"ports\":[{\"port\":1}]}", "spec.ipFamilyPolicy: Unsupported value: \"Any\": supported values: \"PreferDualStack\", \"RequireDualStack\", \"SingleStack\"")]
    [InlineData("endpoints", "\"subsets\":[{}]", "subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`")]
    [InlineData("endpoints", "\"subsets\":[{\"addresses\":[{\"ip\":\"x\"}]}]", "subsets[0].addresses[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("configmaps", "\"data\":{\"a b\":\"x\"}", "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")]
    [InlineData("configmaps", "\"data\":{\"..x\":\"x\"}", "data[..x]: Invalid value: \"..x\": must not start with '..'")]
    [InlineData("configmaps", "\"data\":{\"a\":\"x\"},\"binaryData\":{\"a\":\"AA==\"}", "data[a]: Invalid value: \"a\": duplicate of key present in binaryData")]
    [InlineData("secrets", "\"type\":\"kubernetes.io/dockerconfigjson\"", "data[.dockerconfigjson]: Required value")]
    [InlineData("secrets", "\"type\":\"kubernetes.io/dockerconfigjson\",\"stringData\":{\".dockerconfigjson\":\"hunter2{\"}", "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": is not valid JSON")]
    [InlineData("secrets", "\"type\":\"kubernetes.io/tls\",\"data\":{\"tls.crt\":\"\"}", "data[tls.key]: Required value")]
    [InlineData("secrets", "\"type\":\"kubernetes.io/service-account-token\"", "metadata.annotations[kubernetes.io/service-account.name]: Required value")]
    [InlineData("events", "\"involvedObject\":{\"namespace\":\"other\"}", "involvedObject.namespace: Invalid value: \"other\": does not match event.namespace")]
    public async Task A_faulty_object_is_refused(string resource, string rest, string fault)
    {
        await using var api = await TestApi.StartAsync();
        var answer = (await api.PostAsync(Core + resource, "{\"metadata\":{\"name\":\"a\"}," + rest + "}")).Expect(422);
        Assert.Contains(fault, answer.Json["details"]!["causes"]!.AsArray().Select(c => $"{c!["field"]}: {c["message"]}"));
    }

    [Theory]
    [InlineData("apps/v1/deployments", "{TEMPLATE}", "spec.selector: Required value")]
    [InlineData("apps/v1/deployments", "{SELECTOR}", "spec.template.metadata.labels: Invalid value: {}: `selector` does not match template `labels`", "spec.template.spec.containers: Required value")]
    [InlineData("apps/v1/deployments", "{SELECTOR,\"template\":{\"metadata\":{\"labels\":{\"a\":\"2\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}", "spec.template.metadata.labels: Invalid value: {\"a\":\"2\"}: `selector` does not match template `labels`")]
    [InlineData("apps/v1/deployments", "{\"selector\":{},TEMPLATE}", "spec.selector: Invalid value: {}: empty selector is invalid for deployment")]
    [InlineData("apps/v1/deployments", "{SELECTOR,TEMPLATE,\"replicas\":-1}", "spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("apps/v1/deployments", "{SELECTOR,TEMPLATE,\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":{\"maxSurge\":1}}}", "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'")]
    [InlineData("apps/v1/deployments", "{SELECTOR,TEMPLATE,\"strategy\":{\"type\":\"Sudden\"}}", "spec.strategy.type: Unsupported value: \"Sudden\": supported values: \"Recreate\", \"RollingUpdate\"")]
    [InlineData("apps/v1/deployments", "{SELECTOR,TEMPLATE,\"strategy\":{\"rollingUpdate\":{\"maxSurge\":0,\"maxUnavailable\":\"0%\"}}}", "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": may not be 0 when `maxSurge` is 0")]
    [InlineData("apps/v1/deployments", "{SELECTOR,TEMPLATE,\"strategy\":{\"rollingUpdate\":{\"maxUnavailable\":\"101%\"}}}", "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%")]
    [InlineData("apps/v1/deployments", "{SELECTOR,TEMPLATE,\"minReadySeconds\":600}", "spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds")]
    [InlineData("apps/v1/replicasets", "{\"selector\":{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\",\"values\":[\"2\"]}]},TEMPLATE}", "spec.template.metadata.labels: Invalid value: {\"a\":\"1\"}: `selector` does not match template `labels`")]
    [InlineData("apps/v1/statefulsets", "{SELECTOR,TEMPLATE,\"volumeClaimTemplates\":[{\"metadata\":{\"name\":\"d\"}}]}", "spec.volumeClaimTemplates: Forbidden: this cluster has no provisioner of volumes; use emptyDir or hostPath volumes in the template")]
    [InlineData("apps/v1/daemonsets", "{SELECTOR,TEMPLATE,\"updateStrategy\":{\"rollingUpdate\":{\"maxSurge\":1}}}", "spec.updateStrategy.rollingUpdate.maxSurge: Forbidden: not supported by this cluster: an old pod goes before a new one comes")]
    [InlineData("batch/v1/jobs", "{TEMPLATE}", "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"")]
    [InlineData("batch/v1/jobs", "{NEVER,\"completionMode\":\"Indexed\",\"parallelism\":1}", "spec.completions: Required value: when completion mode is Indexed")]
    [InlineData("batch/v1/jobs", "{NEVER,\"backoffLimitPerIndex\":1}", "spec.backoffLimitPerIndex: Forbidden: not supported by this cluster")]
    [InlineData("batch/v1/cronjobs", "{\"schedule\":\"every day\",\"jobTemplate\":{\"spec\":{NEVER}}}", "spec.schedule: Invalid value: \"every day\": expected exactly 5 fields, found 2: [every day]")]
    [InlineData("batch/v1/cronjobs", "{\"schedule\":\"* * * * *\",\"timeZone\":\"Mars/Base\",\"jobTemplate\":{\"spec\":{NEVER}}}", "spec.timeZone: Invalid value: \"Mars/Base\": unknown time zone Mars/Base")]
    [InlineData("batch/v1/cronjobs", "{\"schedule\":\"* * * * *\",\"concurrencyPolicy\":\"Sometimes\",\"jobTemplate\":{\"spec\":{NEVER}}}", "spec.concurrencyPolicy: Unsupported value: \"Sometimes\": supported values: \"Allow\", \"Forbid\", \"Replace\"")]
    public async Task A_faulty_workload_is_refused(string resource, string spec, params string[] faults)
    {
        const string Pod = "\"metadata\":{\"labels\":{\"a\":\"1\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]";
        await using var api = await TestApi.StartAsync();
        var path = "/apis/" + resource.Insert(resource.LastIndexOf('/'), "/namespaces/default");
        spec = spec.Replace("SELECTOR", "\"selector\":{\"matchLabels\":{\"a\":\"1\"}}").Replace("TEMPLATE", "\"template\":{" + Pod + "}}")
            .Replace("NEVER", "\"template\":{" + Pod + ",\"restartPolicy\":\"Never\"}}");
        var answer = (await api.PostAsync(path, "{\"metadata\":{\"name\":\"a\"},\"spec\":" + spec + "}")).Expect(422);
        Assert.Equal(faults, answer.Json["details"]!["causes"]!.AsArray().Select(c => $"{c!["field"]}: {c["message"]}"));
    }

    [Fact]
    public async Task A_deployment_is_filled_in_scaled_and_keeps_its_selector()
    {
        await using var api = await TestApi.StartAsync();
        const string Path = "/apis/apps/v1/namespaces/default/deployments";
        var created = (await api.PostAsync(Path, "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"1\"},\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Exists\"}]}," + Template + "}}")).Expect(201).Json;
        Assert.Equal("""{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}}""", created["spec"]!["strategy"]!.ToJsonString());
        Assert.Equal((1, 10, 600), (created["spec"]!["replicas"]!.GetValue<int>(), created["spec"]!["revisionHistoryLimit"]!.GetValue<int>(), created["spec"]!["progressDeadlineSeconds"]!.GetValue<int>()));
        var scale = (await api.MergeAsync(Path + "/web/scale", """{"spec":{"replicas":4}}""")).Expect(200).Json;
        Assert.Equal("a=1,a", scale["status"]!["selector"]!.GetValue<string>());
        Assert.Equal(2, (await api.GetAsync(Path + "/web")).Json["metadata"]!["generation"]!.GetValue<int>());
        Assert.Contains("spec.selector: Invalid value", (await api.MergeAsync(Path + "/web", """{"spec":{"selector":{"matchLabels":{"b":"1"}},"template":{"metadata":{"labels":{"b":"1"}}}}}""")).Expect(422).Message);
        Assert.Equal(2, (await api.MergeAsync(Path + "/web/status", """{"metadata":{"annotations":{"x":"y"}},"status":{"replicas":4}}""")).Expect(200).Json["metadata"]!["generation"]!.GetValue<int>());
    }

    [Fact]
    public async Task Each_job_selects_its_own_pods_alone()
    {
        await using var api = await TestApi.StartAsync();
        var job = (await api.PostAsync("/apis/batch/v1/namespaces/default/jobs", """{"metadata":{"name":"j"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}""")).Expect(201).Json;
        var uid = job["metadata"]!["uid"]!.GetValue<string>();
        Assert.Equal($$$"""{"matchLabels":{"batch.kubernetes.io/controller-uid":"{{{uid}}}"}}""", job["spec"]!["selector"]!.ToJsonString());
        Assert.Equal(uid, job["spec"]!["template"]!["metadata"]!["labels"]!["batch.kubernetes.io/controller-uid"]!.GetValue<string>());
        Assert.Equal((1, 1, 6), (job["spec"]!["completions"]!.GetValue<int>(), job["spec"]!["parallelism"]!.GetValue<int>(), job["spec"]!["backoffLimit"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("\"labels\":{\"a\":\"x y\"}", "metadata.labels: Invalid value: \"x y\": a valid label must be")]
    [InlineData("\"labels\":{\"A.B/c\":\"\"}", "metadata.labels: Invalid value: \"A.B/c\": prefix part a lowercase RFC 1123 subdomain must consist")]
    [InlineData("\"labels\":{\"/c\":\"\"}", "metadata.labels: Invalid value: \"/c\": prefix part must be non-empty")]
    [InlineData("\"labels\":{\"a/b/c\":\"\"}", "metadata.labels: Invalid value: \"a/b/c\": a valid label key must consist")]
    [InlineData("\"annotations\":{\"a b\":\"\"}", "metadata.annotations: Invalid value: \"a b\": name part must consist")]
    [InlineData("\"finalizers\":[\"a b\"]", "metadata.finalizers: Invalid value: \"a b\": name part must consist")]
    [InlineData("\"finalizers\":[\"orphan\",\"foregroundDeletion\"]", "metadata.finalizers: Invalid value: [\"orphan\",\"foregroundDeletion\"]: finalizer orphan and foregroundDeletion cannot be both set")]
    [InlineData("\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\"}]", "metadata.ownerReferences[0].uid: Required value: must not be empty")]
    [InlineData("\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"A\",\"name\":\"p\",\"uid\":\"1\",\"controller\":true},{\"apiVersion\":\"v1\",\"kind\":\"B\",\"name\":\"q\",\"uid\":\"2\",\"controller\":true}]", "Only one reference can have Controller set to true. Found \"true\" in references for A/p and B/q")]
    public async Task Faulty_metadata_is_refused(string metadata, string fault)
    {
        await using var api = await TestApi.StartAsync();
        Assert.Contains(fault, (await api.PostAsync(ConfigMaps, ConfigMap("a", metadata))).Expect(422).Message);
    }

    [Fact]
    public async Task Too_much_data_is_refused_without_showing_it()
    {
        await using var api = await TestApi.StartAsync();
        Assert.EndsWith("Too long: may not be more than 1048576 bytes",
            (await api.PostAsync(ConfigMaps, ConfigMap("a", rest: "\"data\":{\"k\":\"" + new string('x', (1 << 20) + 1) + "\"}"))).Expect(422).Message);
        Assert.EndsWith("metadata.annotations: Too long: may not be more than 262144 bytes",
            (await api.PostAsync(ConfigMaps, ConfigMap("a", "\"annotations\":{\"k\":\"" + new string('x', 256 << 10) + "\"}"))).Expect(422).Message);
    }

    [Fact]
    public async Task A_controller_takes_selector_and_labels_from_its_template()
    {
        await using var api = await TestApi.StartAsync();
        var controller = (await api.PostAsync(ReplicationControllers, "{\"metadata\":{\"name\":\"a\"},\"spec\":{" + Template + "}}")).Expect(201).Json;
        Assert.Equal("""{"a":"1"}""", controller["spec"]!["selector"]!.ToJsonString());
        Assert.Equal("""{"a":"1"}""", controller["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal(1, controller["spec"]!["replicas"]!.GetValue<int>());
        Assert.Equal("Always", controller["spec"]!["template"]!["spec"]!["restartPolicy"]!.ToString());
        Assert.Null(controller["spec"]!["template"]!["spec"]!["enableServiceLinks"]);
        Assert.Null(controller["spec"]!["template"]!["spec"]!["tolerations"]);
        Assert.Equal("""{"replicas":0}""", controller["status"]!.ToJsonString());
    }

    [Fact]
    public async Task A_service_gets_an_address_and_keeps_it()
    {
        await using var api = await TestApi.StartAsync();
        var service = (await api.PostAsync(Services, """{"metadata":{"name":"a"},"spec":{"ports":[{"port":80}]}}""")).Expect(201).Json;
        var address = service["spec"]!["clusterIP"]!.ToString();
        Assert.StartsWith("10.", address);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""
            {"ports":[{"protocol":"TCP","port":80,"targetPort":80}],"clusterIP":"{{address}}","clusterIPs":["{{address}}"],"type":"ClusterIP","sessionAffinity":"None",
            "ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","internalTrafficPolicy":"Cluster"}
            """), service["spec"]), service["spec"]!.ToJsonString());
        var replaced = (await api.PutAsync(Services + "/a", """{"metadata":{"name":"a"},"spec":{"ports":[{"port":81}]}}""")).Expect(200).Json;
        Assert.Equal(address, replaced["spec"]!["clusterIP"]!.ToString());
        Assert.Contains("spec.clusterIPs[0]: Invalid value: [\"10.96.0.77\"]: may not change once set",
            (await api.MergeAsync(Services + "/a", """{"spec":{"clusterIP":"10.96.0.77","clusterIPs":["10.96.0.77"]}}""")).Expect(422).Message);
        Assert.Contains($"failed to allocate IP {address}: provided IP is already allocated",
            (await api.PostAsync(Services, "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"clusterIP\":\"" + address + "\",\"ports\":[{\"port\":80}]}}")).Expect(422).Message);
    }

    [Fact]
    public async Task A_node_port_service_gets_ports_and_keeps_them()
    {
        await using var api = await TestApi.StartAsync();
        var service = (await api.PostAsync(Services, """{"metadata":{"name":"a"},"spec":{"type":"NodePort","ports":[{"name":"x","port":80},{"name":"y","port":81}]}}""")).Expect(201).Json;
        var ports = service["spec"]!["ports"]!.AsArray().Select(p => p!["nodePort"]!.GetValue<int>()).ToList();
        Assert.All(ports, port => Assert.InRange(port, 30000, 32767));
        Assert.Equal(2, ports.Distinct().Count());
        Assert.Equal("Cluster", service["spec"]!["externalTrafficPolicy"]!.ToString());
        var replaced = (await api.PutAsync(Services + "/a", """{"metadata":{"name":"a"},"spec":{"type":"NodePort","ports":[{"name":"x","port":80}]}}""")).Expect(200).Json;
        Assert.Equal(ports[0], replaced["spec"]!["ports"]![0]!["nodePort"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("ClusterIP", "clusterIP")]
    [InlineData("ExternalName", "externalName")]
    [InlineData("LoadBalancer", "allocateLoadBalancerNodePorts")]
    public async Task A_service_can_change_its_type(string type, string field)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Services, "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80}]}}");
        var spec = (await api.MergeAsync(Services + "/a", "{\"spec\":{\"type\":\"" + type + "\",\"externalName\":" + (type == "ExternalName" ? "\"a.b\"" : "null") + "}}")).Expect(200).Json["spec"]!;
        Assert.NotNull(spec[field]);
        Assert.Equal(type == "LoadBalancer", spec["ports"]![0]!["nodePort"] is not null);
        Assert.Equal(type == "LoadBalancer", spec["externalTrafficPolicy"] is not null);
        Assert.Equal(type == "ExternalName", spec["clusterIP"] is null);
        (await api.MergeAsync(Services + "/a", "{\"spec\":{\"type\":\"ClusterIP\",\"externalName\":null}}")).Expect(200);
        Assert.NotNull((await api.GetAsync(Services + "/a")).Json["spec"]!["clusterIP"]);
    }

    [Fact]
    public async Task The_servers_own_service_has_the_first_address_and_a_headless_one_none()
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal("10.96.0.1", (await api.PostAsync(Services, """{"metadata":{"name":"kubernetes"},"spec":{"ports":[{"port":443}]}}""")).Json["spec"]!["clusterIP"]!.ToString());
        Assert.Equal("""["None"]""", (await api.PostAsync(Services, """{"metadata":{"name":"h"},"spec":{"clusterIP":"None"}}""")).Json["spec"]!["clusterIPs"]!.ToJsonString());
    }

    [Fact]
    public async Task A_secret_keeps_texts_as_data_in_utf8()
    {
        await using var api = await TestApi.StartAsync();
        var secret = (await api.PostAsync(Secrets, """{"metadata":{"name":"a"},"data":{"k":"b2xk","l":"bA=="},"stringData":{"k":"grün"}}""")).Expect(201).Json;
        Assert.Equal("""{"k":"Z3LDvG4=","l":"bA=="}""", secret["data"]!.ToJsonString(Kube.Server.Api.JsonText.NodeOptions));
        Assert.Null(secret["stringData"]);
        Assert.Equal("Opaque", secret["type"]!.ToString());
        Assert.EndsWith("type: Invalid value: \"other\": field is immutable", (await api.MergeAsync(Secrets + "/a", """{"type":"other"}""")).Expect(422).Message);
    }

    [Theory]
    [InlineData("secrets", "\"data\":{\"k\":\"eA==\"}")]
    [InlineData("configmaps", "\"data\":{\"k\":\"y\"}")]
    public async Task What_is_marked_immutable_stays(string resource, string data)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Core + resource, """{"metadata":{"name":"a"},"immutable":true}""");
        Assert.EndsWith("data: Forbidden: field is immutable when `immutable` is set", (await api.MergeAsync(Core + resource + "/a", "{" + data + "}")).Expect(422).Message);
        Assert.EndsWith("immutable: Forbidden: field is immutable when `immutable` is set", (await api.MergeAsync(Core + resource + "/a", """{"immutable":false}""")).Expect(422).Message);
        (await api.MergeAsync(Core + resource + "/a", """{"metadata":{"labels":{"x":"y"}}}""")).Expect(200);
        (await api.DeleteAsync(Core + resource + "/a")).Expect(200);
    }

    [Fact]
    public async Task A_namespace_is_active_labelled_and_finalized()
    {
        await using var api = await TestApi.StartAsync();
        var ns = (await api.PostAsync("/api/v1/namespaces", """{"metadata":{"name":"dev"},"spec":{"finalizers":[]},"status":{"phase":"Odd"}}""")).Expect(201).Json;
        Assert.Equal("""{"finalizers":["kubernetes"]}""", ns["spec"]!.ToJsonString());
        Assert.Equal("""{"phase":"Active"}""", ns["status"]!.ToJsonString());
        Assert.Equal("dev", ns["metadata"]!["labels"]!["kubernetes.io/metadata.name"]!.ToString());
    }

    [Fact]
    public async Task A_node_may_bring_its_status_and_keeps_its_provider()
    {
        await using var api = await TestApi.StartAsync();
        var node = (await api.PostAsync("/api/v1/nodes", """{"metadata":{"name":"n"},"spec":{"providerID":"p://1"},"status":{"capacity":{"cpu":"2000m"}}}""")).Expect(201).Json;
        Assert.Equal("2", node["status"]!["capacity"]!["cpu"]!.ToString());
        Assert.Contains("providerID", (await api.MergeAsync("/api/v1/nodes/n", """{"spec":{"providerID":"p://2"}}""")).Expect(422).Message);
        Assert.Contains("spec.taints[0].effect: Required value", (await api.MergeAsync("/api/v1/nodes/n", """{"spec":{"taints":[{"key":"a"}]}}""")).Expect(422).Message);
        (await api.MergeAsync("/api/v1/nodes/n", """{"spec":{"unschedulable":true}}""")).Expect(200);
        Assert.Equal(["n"], (await api.GetAsync("/api/v1/nodes?fieldSelector=spec.unschedulable%3Dtrue")).Names);
    }
}
