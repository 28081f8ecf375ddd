using Kube.Server.Tests.Api;
using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Kinds;

public class PodRulesTests
{
    const string LabelRule = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    [Theory]
    [InlineData("", "spec.containers: Required value")]
    [InlineData("{\"name\":\"c\"}", "spec.containers[0].image: Required value")]
    [InlineData("{\"image\":\"i\"}", "spec.containers[0].name: Required value")]
    [InlineData("{\"name\":\"A\",\"image\":\"i\"}", "spec.containers[0].name: Invalid value: \"A\": " + LabelRule)]
    [InlineData("{\"name\":\"a.b\",\"image\":\"i\"}", "spec.containers[0].name: Invalid value: \"a.b\": must not contain dots")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\"},{\"name\":\"c\",\"image\":\"i\"}", "spec.containers[1].name: Duplicate value: \"c\"")]
    [InlineData("{\"name\":\"c\",\"image\":\" i\"}", "spec.containers[0].image: Invalid value: \" i\": must not have leading or trailing whitespace")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"imagePullPolicy\":\"Often\"}", "spec.containers[0].imagePullPolicy: Unsupported value: \"Often\": supported values: \"Always\", \"IfNotPresent\", \"Never\"")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"ports\":[{}]}", "spec.containers[0].ports[0].containerPort: Required value")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"ports\":[{\"containerPort\":70000}]}", "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"ports\":[{\"containerPort\":1,\"protocol\":\"ICMP\"}]}", "spec.containers[0].ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"ports\":[{\"containerPort\":1,\"name\":\"8080\"}]}", "spec.containers[0].ports[0].name: Invalid value: \"8080\": must contain at least one letter (a-z)")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"ports\":[{\"containerPort\":1,\"hostPort\":5},{\"containerPort\":2,\"hostPort\":5}]}", "spec.containers[0].ports[1].hostPort: Duplicate value: \"TCP//5\"")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"value\":\"x\"}]}", "spec.containers[0].env[0].name: Required value")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"name\":\"A=B\"}]}", "spec.containers[0].env[0].name: Invalid value: \"A=B\": a valid environment variable name must consist only of printable ASCII characters other than '='")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"name\":\"A\",\"valueFrom\":{}}]}", "spec.containers[0].env[0].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"name\":\"A\",\"value\":\"x\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"s\",\"key\":\"k\"}}}]}", "spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"name\":\"A\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"spec.color\"}}}]}", "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: \"spec.color\": supported values: \"metadata.name\", \"metadata.namespace\", \"metadata.uid\", \"spec.nodeName\", \"spec.serviceAccountName\", \"status.hostIP\", \"status.hostIPs\", \"status.podIP\", \"status.podIPs\"")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"envFrom\":[{}]}", "spec.containers[0].envFrom[0]: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/x\"}]}", "spec.containers[0].volumeMounts[0].name: Not found: \"v\"")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"livenessProbe\":{}}", "spec.containers[0].livenessProbe: Required value: must specify a handler type")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"livenessProbe\":{\"successThreshold\":2,\"exec\":{\"command\":[\"x\"]}}}", "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"readinessProbe\":{\"exec\":{\"command\":[\"x\"]},\"tcpSocket\":{\"port\":1}}}", "spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"readinessProbe\":{\"exec\":{}}}", "spec.containers[0].readinessProbe.exec.command: Required value")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"readinessProbe\":{\"httpGet\":{\"port\":0}}}", "spec.containers[0].readinessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"readinessProbe\":{\"initialDelaySeconds\":-1,\"tcpSocket\":{\"port\":1}}}", "spec.containers[0].readinessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"lifecycle\":{\"postStart\":{}}}", "spec.containers[0].lifecycle.postStart: Required value: must specify a handler type")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"resources\":{\"requests\":{\"cpu\":\"2\"},\"limits\":{\"cpu\":\"1\"}}}", "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"resources\":{\"limits\":{\"cpu\":\"-1\"}}}", "spec.containers[0].resources.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"resources\":{\"requests\":{\"speed\":\"1\"}}}", "spec.containers[0].resources.requests: Invalid value: \"speed\": must be a standard resource for containers")]
    [InlineData("{\"name\":\"c\",\"image\":\"i\",\"securityContext\":{\"runAsUser\":-1}}", "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive")]
    public async Task A_faulty_container_is_refused(string containers, string fault)
    {
        await using var api = await TestApi.StartAsync();
        var status = (await api.PostAsync(Pods, Document("Pod", "a", "", "\"spec\":{\"containers\":[" + containers + "]}"))).Expect(422).Json;
        Assert.Equal("Invalid", status["reason"]!.ToString());
        Assert.StartsWith("Pod \"a\" is invalid: ", status["message"]!.ToString());
        Assert.Contains(fault, status["details"]!["causes"]!.AsArray().Select(c => $"{c!["field"]}: {c["message"]}"));
    }

    [Theory]
    [InlineData("\"restartPolicy\":\"Sometimes\"", "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\"")]
    [InlineData("\"dnsPolicy\":\"Magic\"", "spec.dnsPolicy: Unsupported value: \"Magic\": supported values: \"ClusterFirstWithHostNet\", \"ClusterFirst\", \"Default\", \"None\"")]
    [InlineData("\"dnsPolicy\":\"None\"", "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None")]
    [InlineData("\"dnsConfig\":{\"nameservers\":[\"x\"]}", "spec.dnsConfig.nameservers[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("\"activeDeadlineSeconds\":0", "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive")]
    [InlineData("\"terminationGracePeriodSeconds\":-5", "spec.terminationGracePeriodSeconds: Invalid value: -5: must be greater than or equal to 0")]
    [InlineData("\"hostname\":\"A\"", "spec.hostname: Invalid value: \"A\": " + LabelRule)]
    [InlineData("\"shareProcessNamespace\":true,\"hostPID\":true", "spec.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled")]
    [InlineData("\"tolerations\":[{\"effect\":\"NoSchedule\"}]", "spec.tolerations[0].operator: Invalid value: \"\": operator must be Exists when `key` is empty, which means \"match all values and all keys\"")]
    [InlineData("\"tolerations\":[{\"key\":\"a\",\"operator\":\"Exists\",\"value\":\"x\"}]", "spec.tolerations[0].operator: Invalid value: \"x\": value must be empty when `operator` is 'Exists'")]
    [InlineData("\"nodeSelector\":{\"a\":\"b c\"}", "spec.nodeSelector: Invalid value: \"b c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    [InlineData("\"affinity\":{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{\"nodeSelectorTerms\":[]}}}", "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term")]
    [InlineData("\"volumes\":[{\"emptyDir\":{}}]", "spec.volumes[0].name: Required value")]
    [InlineData("\"volumes\":[{\"name\":\"v\"},{\"name\":\"v\"}]", "spec.volumes[1].name: Duplicate value: \"v\"")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"emptyDir\":{},\"hostPath\":{\"path\":\"/x\"}}]", "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"hostPath\":{\"path\":\"/a/../b\"}}]", "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"hostPath\":{\"path\":\"/a\",\"type\":\"Odd\"}}]", "spec.volumes[0].hostPath.type: Unsupported value: \"Odd\": supported values: \"BlockDevice\", \"CharDevice\", \"Directory\", \"DirectoryOrCreate\", \"File\", \"FileOrCreate\", \"Socket\"")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"secret\":{}}]", "spec.volumes[0].secret.secretName: Required value")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"s\",\"defaultMode\":512}}]", "spec.volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"s\",\"items\":[{\"key\":\"k\",\"path\":\"/x\"}]}}]", "spec.volumes[0].configMap.items[0].path: Invalid value: \"/x\": must be a relative path")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{}}]", "spec.volumes[0].persistentVolumeClaim.claimName: Required value")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"csi\":{}}]", "spec.volumes[0].csi.driver: Required value")]
    [InlineData("\"volumes\":[{\"name\":\"v\",\"azureDisk\":{\"diskName\":\"a\",\"diskURI\":\"b\",\"cachingMode\":\"Odd\"}}]", "spec.volumes[0].azureDisk.cachingMode: Unsupported value: \"Odd\": supported values: \"None\", \"ReadOnly\", \"ReadWrite\"")]
    [InlineData("\"topologySpreadConstraints\":[{\"maxSkew\":1,\"topologyKey\":\"a\",\"whenUnsatisfiable\":\"DoNotSchedule\",\"nodeTaintsPolicy\":\"x\"}]", "spec.topologySpreadConstraints[0].nodeTaintsPolicy: Unsupported value: \"x\": supported values: \"Honor\", \"Ignore\"")]
    [InlineData("\"securityContext\":{\"seccompProfile\":{\"type\":\"Localhost\"}}", "spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost")]
    [InlineData("\"securityContext\":{\"appArmorProfile\":{\"type\":\"Unconfined\",\"localhostProfile\":\"x\"}}", "spec.securityContext.appArmorProfile.localhostProfile: Invalid value: \"x\": can only be set when AppArmor type is Localhost")]
    [InlineData("\"securityContext\":{\"supplementalGroupsPolicy\":\"Loose\"}", "spec.securityContext.supplementalGroupsPolicy: Unsupported value: \"Loose\": supported values: \"Merge\", \"Strict\"")]
    [InlineData("\"securityContext\":{\"sysctls\":[{\"name\":\"a.b\",\"value\":\"1\"},{\"name\":\"a.b\",\"value\":\"1\"}]}", "spec.securityContext.sysctls[1].name: Duplicate value: \"a.b\"")]
    [InlineData("\"os\":{\"name\":\"plan9\"}", "spec.os.name: Unsupported value: \"plan9\": supported values: \"linux\", \"windows\"")]
    [InlineData("\"initContainers\":[{\"name\":\"c\",\"image\":\"i\"}]", "spec.initContainers[0].name: Duplicate value: \"c\"")]
    [InlineData("\"initContainers\":[{\"name\":\"d\",\"image\":\"i\",\"livenessProbe\":{\"tcpSocket\":{\"port\":1}}}]", "spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always")]
    [InlineData("\"ephemeralContainers\":[{\"name\":\"d\",\"image\":\"i\"}]", "spec.ephemeralContainers: Forbidden: cannot be set on create")]
    public async Task A_faulty_spec_is_refused(string spec, string fault)
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal("Pod \"a\" is invalid: " + fault, (await api.PostAsync(Pods, Pod("a", spec: spec))).Expect(422).Message);
    }

    [Fact]
    public async Task All_faults_come_at_once()
    {
        await using var api = await TestApi.StartAsync();
        var status = (await api.PostAsync(Pods, Document("Pod", "A_B", "\"labels\":{\"a b\":\"c\"}", "\"spec\":{\"restartPolicy\":\"x\",\"containers\":[{}]}"))).Expect(422).Json;
        Assert.Equal(["metadata.name", "metadata.labels", "spec.containers[0].name", "spec.containers[0].image", "spec.restartPolicy"], status["details"]!["causes"]!.AsArray().Select(c => c!["field"]!.ToString()));
        Assert.StartsWith("Pod \"A_B\" is invalid: [metadata.name: Invalid value: \"A_B\": ", status["message"]!.ToString());
    }

    [Theory]
    [InlineData("""{"spec":{"containers":[{"name":"c","image":"busybox:1.36"}]}}""", 200)]
    [InlineData("""{"spec":{"activeDeadlineSeconds":100}}""", 200)]
    [InlineData("""{"metadata":{"labels":{"a":"b"}}}""", 200)]
    [InlineData("""{"spec":{"tolerations":[{"key":"new","operator":"Exists"}]}}""", 200)]
    [InlineData("""{"spec":{"nodeName":"other"}}""", 422)]
    [InlineData("""{"spec":{"containers":[{"name":"c","command":["x"]}]}}""", 422)]
    [InlineData("""{"spec":{"containers":[{"name":"d","image":"i"}]}}""", 422)]
    [InlineData("""{"spec":{"restartPolicy":"Never"}}""", 422)]
    [InlineData("""{"spec":{"hostNetwork":true}}""", 422)]
    [InlineData("""{"spec":{"volumes":[{"name":"v","emptyDir":{}}]}}""", 422)]
    public async Task Little_of_a_pod_may_change(string patch, int code)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        (await api.SendAsync("PATCH", Pods + "/a", patch, "application/strategic-merge-patch+json")).Expect(code);
    }

    [Fact]
    public async Task A_forbidden_change_says_what_may_change_and_what_did()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        var message = (await api.MergeAsync(Pods + "/a", """{"spec":{"restartPolicy":"Never"}}""")).Expect(422).Message;
        Assert.StartsWith("Pod \"a\" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations)", message);
        Assert.EndsWith("\nspec.restartPolicy: \"Always\" -> \"Never\"", message);
    }

    [Fact]
    public async Task A_deadline_can_only_come_nearer_and_tolerations_only_grow()
    {
        await using var api = await TestApi.StartAsync();
        var pod = (await api.PostAsync(Pods, Pod("a", spec: "\"activeDeadlineSeconds\":50"))).Expect(201).Json;
        (await api.MergeAsync(Pods + "/a", """{"spec":{"activeDeadlineSeconds":40}}""")).Expect(200);
        Assert.Contains("must be less than or equal to previous value", (await api.MergeAsync(Pods + "/a", """{"spec":{"activeDeadlineSeconds":60}}""")).Expect(422).Message);
        Assert.Contains("must not update from a positive integer to nil value", (await api.MergeAsync(Pods + "/a", """{"spec":{"activeDeadlineSeconds":null}}""")).Expect(422).Message);
        var more = pod["spec"]!["tolerations"]!.AsArray().DeepClone().AsArray();
        more.Add(System.Text.Json.Nodes.JsonNode.Parse("""{"key":"new","operator":"Exists"}"""));
        (await api.MergeAsync(Pods + "/a", "{\"spec\":{\"tolerations\":" + more.ToJsonString() + "}}")).Expect(200);
    }
}
