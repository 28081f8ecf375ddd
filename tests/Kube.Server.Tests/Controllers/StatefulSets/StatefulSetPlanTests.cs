using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Revisions;
using Kube.Server.Controllers.StatefulSets;

namespace Kube.Server.Tests.Controllers.StatefulSets;

public class StatefulSetPlanTests
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    // Pods are written ordinal and state: n new, o old, both ready; u new and not ready; f failed; l leaving. What is to be done: + ordinal of the new, (+ of the old template, - ordinal.
    [Theory]
    [InlineData("OrderedReady", 3, 0, "", "+0")]
    [InlineData("OrderedReady", 3, 0, "0n", "+1")]
    [InlineData("OrderedReady", 3, 0, "0u", "")]
    [InlineData("OrderedReady", 3, 0, "0n 1l", "")]
    [InlineData("OrderedReady", 3, 0, "0n 1f", "-1")]
    [InlineData("OrderedReady", 1, 0, "0n 1n 2n", "-2")]
    [InlineData("OrderedReady", 1, 0, "0n 1n 2l", "")]
    [InlineData("OrderedReady", 1, 0, "0u 1n", "")]
    [InlineData("Parallel", 3, 0, "", "+0 +1 +2")]
    [InlineData("Parallel", 3, 0, "0u", "+1 +2")]
    [InlineData("Parallel", 1, 0, "0n 1n 2n", "-2 -1")]
    // An update goes from the last to the first, one by one.
    [InlineData("OrderedReady", 3, 0, "0o 1o 2o", "-2")]
    [InlineData("OrderedReady", 3, 0, "0o 1o 2l", "")]
    [InlineData("OrderedReady", 3, 0, "0o 1o", "+2")]
    [InlineData("OrderedReady", 3, 0, "0o 1o 2u", "")]
    [InlineData("OrderedReady", 3, 0, "0o 1o 2n", "-1")]
    [InlineData("OrderedReady", 3, 0, "0o 2n", "+1")]
    [InlineData("OrderedReady", 3, 0, "1o 2n", "(+0")]
    [InlineData("OrderedReady", 3, 2, "0o 1o 2o", "-2")]
    [InlineData("OrderedReady", 3, 2, "0o 1o 2n", "")]
    [InlineData("OrderedReady", 3, 2, "0o 2n", "(+1")]
    [InlineData("Parallel", 3, 0, "0o 1o 2o", "-2")]
    public void Pods_come_go_and_change_in_their_order(string policy, int replicas, int partition, string pods, string expected)
    {
        var set = Set(replicas, policy, partition);
        var plan = StatefulSetPlan.Decide(set, Pods(pods), "web-new", p => p.Metadata.DeletionTimestamp is not null, Now);
        var done = plan.Create.Select(c => $"{(c.Updated ? "" : "(")}+{c.Ordinal}").Concat(plan.Delete.Select(p => "-" + StatefulSetPlan.OrdinalOf(set, p)));
        Assert.Equal(expected, string.Join(" ", done));
    }

    [Fact]
    public void Left_to_their_users_old_pods_stay()
    {
        var set = Set(2, "OrderedReady", 0);
        set = set with { Spec = set.Spec with { UpdateStrategy = new UpdateStrategy { Type = "OnDelete" } } };
        Assert.Empty(StatefulSetPlan.Decide(set, Pods("0o 1o"), "web-new", _ => false, Now).Delete);
        Assert.Equal((1, true), StatefulSetPlan.Decide(set, Pods("0o"), "web-new", _ => false, Now).Create.Single());
    }

    [Fact]
    public void Ordinals_may_begin_elsewhere()
    {
        var set = Set(2, "Parallel", 0);
        set = set with { Spec = set.Spec with { Ordinals = new StatefulSetOrdinals { Start = 5 } } };
        var plan = StatefulSetPlan.Decide(set, Pods("0n"), "web-new", _ => false, Now);
        Assert.Equal([5, 6], plan.Create.Select(c => c.Ordinal));
        Assert.Equal("web-0", plan.Delete.Single().Metadata.Name);
    }

    [Fact]
    public void Its_status_tells_both_revisions_until_the_update_is_done()
    {
        var half = StatefulSetPlan.Decide(Set(3, "OrderedReady", 0), Pods("0o 1o 2n"), "web-new", _ => false, Now).Status;
        Assert.Equal((3, 3, 2, 1, "web-old", "web-new", 4L), (half.Replicas, half.ReadyReplicas, half.CurrentReplicas, half.UpdatedReplicas, half.CurrentRevision, half.UpdateRevision, half.ObservedGeneration));
        var done = StatefulSetPlan.Decide(Set(3, "OrderedReady", 0), Pods("0n 1n 2n"), "web-new", _ => false, Now).Status;
        Assert.Equal((3, "web-new"), (done.CurrentReplicas, done.CurrentRevision));
    }

    [Theory]
    [InlineData("web-0", 0)]
    [InlineData("web-12", 12)]
    [InlineData("web-01", null)]
    [InlineData("web-", null)]
    [InlineData("web-x", null)]
    [InlineData("other-1", null)]
    public void A_name_tells_the_place(string name, int? ordinal) =>
        Assert.Equal(ordinal, StatefulSetPlan.OrdinalOf(Set(1, "Parallel", 0), new PodDocument { Metadata = new ObjectMeta { Name = name } }));

    static StatefulSetDocument Set(int replicas, string policy, int partition) => new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = "dev", Uid = "web", Generation = 4 },
        Spec = new StatefulSetSpec { Replicas = replicas, PodManagementPolicy = policy, UpdateStrategy = new UpdateStrategy { Type = "RollingUpdate", RollingUpdate = new RollingSetUpdate { Partition = partition } } },
        Status = new StatefulSetStatus { CurrentRevision = "web-old", UpdateRevision = "web-new" },
    };

    static List<PodDocument> Pods(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pod => new PodDocument
    {
        Metadata = new ObjectMeta
        {
            Name = "web-" + pod[..^1], Uid = pod, DeletionTimestamp = pod[^1] == 'l' ? Now : null,
            Labels = new Dictionary<string, string> { [RevisionPlan.Label] = pod[^1] == 'o' ? "web-old" : "web-new" },
        },
        Status = new PodStatus
        {
            Phase = pod[^1] == 'f' ? "Failed" : "Running",
            Conditions = pod[^1] is 'n' or 'o' ? [new Condition { Type = "Ready", Status = "True", LastTransitionTime = Now.AddHours(-1) }] : null,
        },
    })];
}
