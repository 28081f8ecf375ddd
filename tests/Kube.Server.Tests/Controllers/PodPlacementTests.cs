using System.Text.Json;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Scheduling;

namespace Kube.Server.Tests.Controllers;

public class PodPlacementTests
{
    const string Ready = "\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]";

    [Fact]
    public void No_node_at_all() => Assert.Equal(new Placement.Nowhere("no nodes available to schedule pods"), Choose("{}"));

    [Fact]
    public void The_only_node_that_fits() => Assert.Equal(new Placement.On("a"), Choose("{}", Node("a")));

    [Fact]
    public void The_one_with_fewer_pods_then_by_name()
    {
        Assert.Equal(new Placement.On("b"), PodPlacement.Choose(Pod("{}"), [Node("a"), Node("b")], n => n == "a" ? 2 : 1));
        Assert.Equal(new Placement.On("a"), PodPlacement.Choose(Pod("{}"), [Node("b"), Node("a")], _ => 1));
    }

    [Fact]
    public void Reasons_are_counted_and_sorted()
    {
        var placement = Choose("""{"nodeSelector":{"disk":"ssd"}}""", Node("a"), Node("b"), Node("c", """{"unschedulable":true}"""),
            Node("d", """{"taints":[{"key":"gpu","value":"yes","effect":"NoSchedule"}]}"""));
        Assert.Equal(new Placement.Nowhere(
            "0/4 nodes are available: 1 node(s) had untolerated taint {gpu: yes}, 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector."), placement);
    }

    [Theory]
    [InlineData("""{"conditions":[{"type":"Ready","status":"False"}]}""", "node.kubernetes.io/not-ready: ")]
    [InlineData("""{"conditions":[{"type":"Ready","status":"Unknown"}]}""", "node.kubernetes.io/unreachable: ")]
    [InlineData("""{}""", "node.kubernetes.io/not-ready: ")]
    public void A_node_that_is_not_ready(string status, string taint) =>
        Assert.Equal(new Placement.Nowhere($"0/1 nodes are available: 1 node(s) had untolerated taint {{{taint}}}."), Choose("{}", Node("a", "{}", "{}", status)));

    [Theory]
    // The tolerations that every pod gets are against eviction, not for scheduling.
    [InlineData("""[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}]""", false)]
    [InlineData("""[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoSchedule"}]""", true)]
    [InlineData("""[{"operator":"Exists"}]""", true)]
    public void A_pod_may_tolerate_that(string tolerations, bool fits) =>
        Assert.Equal(fits, Choose($$"""{"tolerations":{{tolerations}}}""", Node("a", "{}", "{}", "{}")) is Placement.On);

    [Theory]
    [InlineData("""{}""", false)]
    [InlineData("""{"tolerations":[{"key":"k","value":"v","effect":"NoSchedule"}]}""", true)]
    [InlineData("""{"tolerations":[{"key":"k","operator":"Equal","value":"v","effect":"NoSchedule"}]}""", true)]
    [InlineData("""{"tolerations":[{"key":"k","value":"v"}]}""", true)]
    [InlineData("""{"tolerations":[{"key":"k","value":"x"}]}""", false)]
    [InlineData("""{"tolerations":[{"key":"k"}]}""", false)]
    [InlineData("""{"tolerations":[{"key":"x","operator":"Exists"}]}""", false)]
    [InlineData("""{"tolerations":[{"key":"k","operator":"Exists"}]}""", true)]
    [InlineData("""{"tolerations":[{"operator":"Exists","effect":"NoSchedule"}]}""", true)]
    [InlineData("""{"tolerations":[{"key":"k","operator":"Exists","effect":"NoExecute"}]}""", false)]
    [InlineData("""{"tolerations":[{"key":"k","operator":"Sometimes"}]}""", false)]
    public void Taints_and_tolerations(string spec, bool fits) =>
        Assert.Equal(fits, Choose(spec, Node("a", """{"taints":[{"key":"k","value":"v","effect":"NoSchedule"}]}""")) is Placement.On);

    [Fact]
    public void PreferNoSchedule_is_no_obstacle() =>
        Assert.IsType<Placement.On>(Choose("{}", Node("a", """{"taints":[{"key":"k","effect":"PreferNoSchedule"}]}""")));

    [Theory]
    [InlineData("""{"tolerations":[{"key":"node.kubernetes.io/unschedulable","operator":"Exists"}]}""", true)]
    [InlineData("{}", false)]
    public void A_cordoned_node(string spec, bool fits) => Assert.Equal(fits, Choose(spec, Node("a", """{"unschedulable":true}""")) is Placement.On);

    [Theory]
    [InlineData("""{"disk":"ssd"}""", true)]
    [InlineData("""{"disk":"ssd","zone":"z1"}""", true)]
    [InlineData("""{"disk":"hdd"}""", false)]
    [InlineData("""{"disk":"ssd","gpu":"yes"}""", false)]
    [InlineData("""{"gpu":""}""", false)]
    [InlineData("{}", true)]
    public void Node_selectors(string selector, bool fits) =>
        Assert.Equal(fits, Choose($$"""{"nodeSelector":{{selector}}}""", Node("a", "{}", """{"disk":"ssd","zone":"z1"}""")) is Placement.On);

    [Theory]
    [InlineData("""[{"matchExpressions":[{"key":"disk","operator":"In","values":["hdd","ssd"]}]}]""", true)]
    [InlineData("""[{"matchExpressions":[{"key":"disk","operator":"In","values":["hdd"]}]}]""", false)]
    [InlineData("""[{"matchExpressions":[{"key":"gone","operator":"In","values":["x"]}]}]""", false)]
    [InlineData("""[{"matchExpressions":[{"key":"disk","operator":"NotIn","values":["hdd"]}]}]""", true)]
    [InlineData("""[{"matchExpressions":[{"key":"gone","operator":"NotIn","values":["hdd"]}]}]""", true)]
    [InlineData("""[{"matchExpressions":[{"key":"disk","operator":"NotIn","values":["ssd"]}]}]""", false)]
    [InlineData("""[{"matchExpressions":[{"key":"disk","operator":"Exists"}]}]""", true)]
    [InlineData("""[{"matchExpressions":[{"key":"gone","operator":"Exists"}]}]""", false)]
    [InlineData("""[{"matchExpressions":[{"key":"gone","operator":"DoesNotExist"}]}]""", true)]
    [InlineData("""[{"matchExpressions":[{"key":"cores","operator":"Gt","values":["7"]}]}]""", true)]
    [InlineData("""[{"matchExpressions":[{"key":"cores","operator":"Gt","values":["8"]}]}]""", false)]
    [InlineData("""[{"matchExpressions":[{"key":"cores","operator":"Lt","values":["9"]}]}]""", true)]
    [InlineData("""[{"matchExpressions":[{"key":"disk","operator":"Lt","values":["9"]}]}]""", false)]
    [InlineData("""[{"matchExpressions":[{"key":"gone","operator":"Lt","values":["9"]}]}]""", false)]
    [InlineData("""[{"matchExpressions":[{"key":"disk","operator":"Exists"},{"key":"gone","operator":"Exists"}]}]""", false)]
    [InlineData("""[{"matchExpressions":[{"key":"gone","operator":"Exists"}]},{"matchExpressions":[{"key":"disk","operator":"Exists"}]}]""", true)]
    [InlineData("""[{"matchFields":[{"key":"metadata.name","operator":"In","values":["a"]}]}]""", true)]
    [InlineData("""[{"matchFields":[{"key":"metadata.name","operator":"In","values":["b"]}]}]""", false)]
    [InlineData("""[{"matchFields":[{"key":"metadata.uid","operator":"Exists"}]}]""", false)]
    [InlineData("""[{}]""", false)]
    [InlineData("""[]""", false)]
    public void Required_affinity(string terms, bool fits) => Assert.Equal(fits, Choose(
        """{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":TERMS}}}}""".Replace("TERMS", terms),
        Node("a", "{}", """{"disk":"ssd","cores":"8"}""")) is Placement.On);

    static Placement Choose(string podSpec, params NodeDocument[] nodes) => PodPlacement.Choose(Pod(podSpec), nodes, _ => 0);

    static PodDocument Pod(string spec) => JsonSerializer.Deserialize($$"""{"metadata":{"name":"p"},"spec":{{spec}}}""", DocumentJson.Default.PodDocument)!;

    static NodeDocument Node(string name, string spec = "{}", string labels = "{}", string? status = null) => JsonSerializer.Deserialize(
        $$"""{"metadata":{"name":"{{name}}","labels":{{labels}}},"spec":{{spec}},"status":{{status ?? "{" + Ready + "}"}}}""", DocumentJson.Default.NodeDocument)!;
}
