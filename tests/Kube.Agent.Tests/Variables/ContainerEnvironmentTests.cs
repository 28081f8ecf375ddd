using Kube.Agent.Pods;
using Kube.Agent.Variables;
using Kube.Agent.Volumes;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Variables;

public class ContainerEnvironmentTests
{
    static readonly EnvironmentSources Sources = new()
    {
        HostIP = "192.0.2.1",
        PodIP = "10.0.0.7",
        Node = new NodeCapacity(4, 8L << 30),
        ConfigMaps = new Dictionary<string, IReadOnlyDictionary<string, string>?> { ["map"] = new Dictionary<string, string> { ["k"] = "v", ["m.n"] = "dots", ["a=b"] = "bad" }, ["gone"] = null },
        Secrets = new Dictionary<string, IReadOnlyDictionary<string, string>?> { ["sec"] = new Dictionary<string, string> { ["p"] = "$(S)w" }, ["gone"] = null },
        Services = new Dictionary<string, string> { ["KUBERNETES_SERVICE_HOST"] = "172.17.0.1" },
    };

    static (Dictionary<string, string> Variables, IReadOnlyList<string> Skipped) Build(string container)
    {
        var pod = Pod($"{{'nodeName':'n1','serviceAccountName':'sa','containers':[{{'name':'c','image':'x',{container}}},{{'name':'d','image':'x','resources':{{'limits':{{'memory':'64Mi'}}}}}}]}}", labels: "{'app':'web'}");
        var (variables, skipped) = ContainerEnvironment.Build(pod, pod.Spec.Containers[0], Sources);
        Assert.Equal(variables.Count, variables.Select(variable => variable.Name).Distinct().Count());
        return (variables.ToDictionary(variable => variable.Name, variable => variable.Value), skipped);
    }

    static string Value(string from) => Build($"'env':[{{'name':'V','valueFrom':{from}}}]").Variables.GetValueOrDefault("V", "(absent)");

    [Fact]
    public void Values_see_what_stands_before_them()
    {
        var (variables, _) = Build("'env':[{'name':'A','value':'1'},{'name':'B','value':'$(A)$(C)$(KUBERNETES_SERVICE_HOST)'},{'name':'C','value':'3'},{'name':'E'}]");
        Assert.Equal(("1", "1$(C)172.17.0.1", "3", ""), (variables["A"], variables["B"], variables["C"], variables["E"]));
        Assert.Equal("172.17.0.1", variables["KUBERNETES_SERVICE_HOST"]);
    }

    [Fact]
    public void The_containers_own_variables_win_over_services_and_sources()
    {
        var (variables, _) = Build("'envFrom':[{'configMapRef':{'name':'map'}}],'env':[{'name':'k','value':'mine, not $(k)'},{'name':'KUBERNETES_SERVICE_HOST','value':'other'}]");
        Assert.Equal(("mine, not v", "other"), (variables["k"], variables["KUBERNETES_SERVICE_HOST"]));
    }

    [Theory]
    [InlineData("{'configMapKeyRef':{'name':'map','key':'k'}}", "v")]
    [InlineData("{'configMapKeyRef':{'name':'map','key':'no','optional':true}}", "(absent)")]
    [InlineData("{'configMapKeyRef':{'name':'gone','key':'k','optional':true}}", "(absent)")]
    // What comes from elsewhere is taken as it is.
    [InlineData("{'secretKeyRef':{'name':'sec','key':'p'}}", "$(S)w")]
    [InlineData("{'secretKeyRef':{'name':'gone','key':'p','optional':true}}", "(absent)")]
    [InlineData("{'fieldRef':{'fieldPath':'metadata.name'}}", "web")]
    [InlineData("{'fieldRef':{'fieldPath':'metadata.namespace'}}", "shop")]
    [InlineData("{'fieldRef':{'fieldPath':'metadata.uid'}}", "u1")]
    [InlineData("{'fieldRef':{'fieldPath':'metadata.labels[\\u0027app\\u0027]'}}", "web")]
    [InlineData("{'fieldRef':{'fieldPath':'metadata.labels[\\u0027no\\u0027]'}}", "")]
    [InlineData("{'fieldRef':{'fieldPath':'metadata.annotations[\\u0027no\\u0027]'}}", "")]
    [InlineData("{'fieldRef':{'fieldPath':'spec.nodeName'}}", "n1")]
    [InlineData("{'fieldRef':{'fieldPath':'spec.serviceAccountName'}}", "sa")]
    [InlineData("{'fieldRef':{'fieldPath':'status.hostIP'}}", "192.0.2.1")]
    [InlineData("{'fieldRef':{'fieldPath':'status.podIP'}}", "10.0.0.7")]
    [InlineData("{'resourceFieldRef':{'resource':'limits.cpu'}}", "4")]
    [InlineData("{'resourceFieldRef':{'resource':'limits.memory','divisor':'1Gi'}}", "8")]
    [InlineData("{'resourceFieldRef':{'resource':'requests.cpu'}}", "0")]
    [InlineData("{'resourceFieldRef':{'containerName':'d','resource':'limits.memory','divisor':'1Mi'}}", "64")]
    [InlineData("{'resourceFieldRef':{'containerName':'d','resource':'limits.memory','divisor':'1Gi'}}", "1")]
    public void Values_come_from_where_they_are_told(string from, string expected) => Assert.Equal(expected, Value(from));

    [Theory]
    [InlineData("{'configMapKeyRef':{'name':'gone','key':'k'}}", "configmap \"gone\" not found")]
    [InlineData("{'configMapKeyRef':{'name':'map','key':'no'}}", "couldn't find key no in ConfigMap shop/map")]
    [InlineData("{'secretKeyRef':{'name':'gone','key':'k'}}", "secret \"gone\" not found")]
    [InlineData("{'secretKeyRef':{'name':'sec','key':'no'}}", "couldn't find key no in Secret shop/sec")]
    [InlineData("{'fieldRef':{'fieldPath':'spec.tolerations'}}", "unsupported fieldPath: spec.tolerations")]
    [InlineData("{'fieldRef':{'fieldPath':'metadata.labels'}}", "unsupported fieldPath: metadata.labels")]
    [InlineData("{'resourceFieldRef':{'resource':'limits.gpu'}}", "unsupported container resource: limits.gpu")]
    [InlineData("{'resourceFieldRef':{'containerName':'z','resource':'limits.cpu'}}", "container z not found")]
    [InlineData("{'fileKeyRef':{'key':'k'}}", "env: valueFrom of a kind that this node does not support")]
    public void What_cannot_be_had_is_named(string from, string expected) =>
        Assert.Equal(expected, Assert.Throws<ContainerConfigException>(() => Value(from)).Message);

    [Fact]
    public void Whole_maps_come_with_a_prefix_and_without_what_is_no_name()
    {
        var (variables, skipped) = Build("'envFrom':[{'prefix':'P_','configMapRef':{'name':'map'}},{'secretRef':{'name':'sec'}},{'secretRef':{'name':'gone','optional':true}}]");
        Assert.Equal(("v", "dots", "$(S)w"), (variables["P_k"], variables["P_m.n"], variables["p"]));
        Assert.Equal(["Keys [a=b] from the EnvFrom configMap shop/map were skipped since they are considered invalid environment variable names."], skipped);
        Assert.Equal("secret \"gone\" not found", Assert.Throws<ContainerConfigException>(() => Build("'envFrom':[{'secretRef':{'name':'gone'}}]")).Message);
    }

    [Fact]
    public void Pods_find_the_api_server()
    {
        var variables = ServiceVariables.ForApiServer("172.17.0.1", 6443);
        Assert.Equal(("172.17.0.1", "6443", "tcp://172.17.0.1:6443"), (variables["KUBERNETES_SERVICE_HOST"], variables["KUBERNETES_SERVICE_PORT"], variables["KUBERNETES_PORT"]));
        Assert.Equal("tcp://[fd00::1]:6443", ServiceVariables.ForApiServer("fd00::1", 6443)["KUBERNETES_PORT_6443_TCP"]);
        Assert.Empty(ServiceVariables.ForApiServer(null, 443));
    }
}
