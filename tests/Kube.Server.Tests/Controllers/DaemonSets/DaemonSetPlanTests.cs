using System.Text.Json;
using Kube.Server.Controllers.DaemonSets;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Revisions;

namespace Kube.Server.Tests.Controllers.DaemonSets;

public class DaemonSetPlanTests
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_node_that_fits_gets_one_and_the_others_none()
    {
        var plan = Decide(Set("""{"nodeSelector":{"disk":"ssd"}}"""), [Node("a", "ssd"), Node("b", "hdd"), Node("c", "ssd")], Pod("c1", "c"));
        Assert.Equal(["a"], plan.Create);
        Assert.Empty(plan.Delete);
        Assert.Equal((2, 1, 1, 0), (plan.Status.DesiredNumberScheduled, plan.Status.CurrentNumberScheduled, plan.Status.NumberReady, plan.Status.NumberMisscheduled));
        Assert.Empty(DaemonSetPlan.Decide(Set(), [Node("a")], [], "new", 1, _ => false, Now).Create);
    }

    [Fact]
    public void A_cordoned_node_is_served_and_one_with_a_taint_of_its_own_is_not()
    {
        var cordoned = Node("a") with { Spec = new NodeSpec { Unschedulable = true } };
        var tainted = Node("b") with { Spec = new NodeSpec { Taints = [new Taint { Key = "gpu", Effect = "NoSchedule" }] } };
        var evicting = Node("c") with { Spec = new NodeSpec { Taints = [new Taint { Key = "gpu", Effect = "NoExecute" }] } };
        var plan = Decide(Set(), [cordoned, tainted, evicting], Pod("b1", "b"), Pod("c1", "c"));
        Assert.Equal(["a"], plan.Create);
        // What runs there already may stay, unless the taint says otherwise.
        Assert.Equal(["c1"], plan.Delete.Select(p => p.Metadata.Name));
        Assert.Equal(2, plan.Status.NumberMisscheduled);
    }

    [Fact]
    public void A_second_one_on_a_node_goes_and_one_on_a_node_that_is_no_more()
    {
        var first = Pod("a1", "a") with { Metadata = Pod("a1", "a").Metadata with { CreationTimestamp = Now.AddDays(-2) } };
        Assert.Equal(["a2", "gone"], Decide(Set(), [Node("a")], Pod("a2", "a"), first, Pod("gone", "z")).Delete.Select(p => p.Metadata.Name));
    }

    [Fact]
    public void One_that_failed_is_replaced_after_a_while()
    {
        var failed = Pod("a1", "a") with { Status = new PodStatus { Phase = "Failed" } };
        Assert.Equal(["a1"], Decide(Set(), [Node("a")], failed).Delete.Select(p => p.Metadata.Name));
        var young = failed with { Metadata = failed.Metadata with { CreationTimestamp = Now.AddSeconds(-4) } };
        var plan = Decide(Set(), [Node("a")], young);
        Assert.Empty(plan.Delete);
        Assert.Empty(plan.Create);
        Assert.Equal(TimeSpan.FromSeconds(6), plan.Again);
    }

    [Theory]
    [InlineData("1", "RollingUpdate", "aaa", 1)]
    [InlineData("2", "RollingUpdate", "aaa", 2)]
    [InlineData("\"50%\"", "RollingUpdate", "aaa", 2)]
    [InlineData("1", "OnDelete", "aaa", 0)]
    // What does not work makes way first, and what is missing counts.
    [InlineData("1", "RollingUpdate", "uaa", 1)]
    [InlineData("2", "RollingUpdate", "uaa", 2)]
    [InlineData("1", "RollingUpdate", "uua", 2)]
    [InlineData("1", "RollingUpdate", "-aa", 0)]
    public void Old_pods_make_way_a_few_at_a_time(string most, string type, string pods, int expected)
    {
        var set = Set() with { Spec = Set().Spec with { UpdateStrategy = new UpdateStrategy { Type = type, RollingUpdate = new RollingSetUpdate { MaxUnavailable = JsonDocument.Parse(most).RootElement } } } };
        var nodes = pods.Select((_, i) => Node($"n{i}")).ToArray();
        var old = pods.Select((p, i) => (State: p, Pod: Pod($"p{i}", $"n{i}", "old", p == 'a'))).Where(p => p.State != '-').Select(p => p.Pod).ToArray();
        Assert.Equal(expected, Decide(set, nodes, old).Delete.Count);
    }

    [Fact]
    public void A_pod_is_meant_for_its_node_and_tolerates_what_befalls_nodes()
    {
        var set = Set("""{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"x","operator":"Exists"}]}]}}},"containers":[]}""");
        var json = JsonDocument.Parse(DaemonPods.Write(set, new("daemonset-controller", KubeResources.DaemonSets), "n1", "hash")).RootElement;
        var term = json.GetProperty("spec").GetProperty("affinity").GetProperty("nodeAffinity").GetProperty("requiredDuringSchedulingIgnoredDuringExecution").GetProperty("nodeSelectorTerms")[0];
        Assert.Equal("""{"matchExpressions":[{"key":"x","operator":"Exists"}],"matchFields":[{"key":"metadata.name","operator":"In","values":["n1"]}]}""", term.GetRawText());
        Assert.Equal(6, json.GetProperty("spec").GetProperty("tolerations").GetArrayLength());
        Assert.Equal("hash", json.GetProperty("metadata").GetProperty("labels").GetProperty(RevisionPlan.Label).GetString());
        Assert.Equal("n1", DaemonPods.NodeOf(new PodDocument { Spec = json.GetProperty("spec").Deserialize(DocumentJson.Default.PodSpec)! }));
    }

    static DaemonSetPlan Decide(DaemonSetDocument set, NodeDocument[] nodes, params PodDocument[] pods) => DaemonSetPlan.Decide(set, nodes, pods, "new", 0, _ => false, Now);

    static DaemonSetDocument Set(string spec = "{}") => new()
    {
        Metadata = new ObjectMeta { Name = "ds", Namespace = "dev", Uid = "ds", Generation = 1 },
        Spec = new DaemonSetSpec { Template = JsonDocument.Parse($$$"""{"metadata":{"labels":{"app":"ds"}},"spec":{{{spec}}}}""").RootElement },
    };

    static NodeDocument Node(string name, string disk = "ssd") => new()
    {
        Metadata = new ObjectMeta { Name = name, Labels = new Dictionary<string, string> { ["disk"] = disk } },
        Status = new NodeStatus { Conditions = [new Condition { Type = "Ready", Status = "True" }] },
    };

    static PodDocument Pod(string name, string node, string hash = "new", bool ready = true) => new()
    {
        Metadata = new ObjectMeta { Name = name, Uid = name, CreationTimestamp = Now.AddDays(-1), Labels = new Dictionary<string, string> { [RevisionPlan.Label] = hash } },
        Spec = new PodSpec { NodeName = node },
        Status = new PodStatus { Phase = "Running", Conditions = ready ? [new Condition { Type = "Ready", Status = "True", LastTransitionTime = Now.AddHours(-1) }] : null },
    };
}
