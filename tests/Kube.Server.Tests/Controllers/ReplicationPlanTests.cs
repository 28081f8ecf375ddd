using System.Text.Json;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Replication;

namespace Kube.Server.Tests.Controllers;

public class ReplicationPlanTests
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly OwnerReference Mine = new() { ApiVersion = "v1", Kind = "ReplicationController", Name = "web", Uid = "rc", Controller = true };
    static readonly OwnerReference Other = Mine with { Name = "other", Uid = "other" };

    [Theory]
    [InlineData(3, 0, 0, 3, 0)]
    [InlineData(3, 1, 0, 2, 0)]
    [InlineData(3, 3, 0, 0, 0)]
    [InlineData(3, 5, 0, 0, 2)]
    [InlineData(0, 2, 0, 0, 2)]
    [InlineData(3, 1, 2, 0, 0)]
    [InlineData(3, 1, 1, 1, 0)]
    [InlineData(1000, 0, 0, 500, 0)]
    [InlineData(0, 700, 0, 0, 500)]
    // Which ones are too many is known only once all that were created have been seen.
    [InlineData(1, 2, 1, 0, 0)]
    [InlineData(null, 0, 0, 1, 0)]
    public void Missing_and_surplus(int? wanted, int present, int expected, int create, int delete)
    {
        var plan = Decide(Controller(wanted), Enumerable.Range(0, present).Select(i => Pod($"p{i}", Mine)), expected);
        Assert.Equal((create, delete), (plan.Create, plan.Delete.Count));
        Assert.Equal(present, plan.Active.Count);
    }

    [Fact]
    public void Pods_that_ended_or_leave_do_not_count()
    {
        var pods = new[]
        {
            Pod("done", Mine) with { Status = new PodStatus { Phase = "Succeeded" } },
            Pod("failed", Mine) with { Status = new PodStatus { Phase = "Failed" } },
            WithMetadata(Pod("stopping", Mine), m => m with { DeletionTimestamp = Now }),
            Pod("asked", Mine),
            Pod("alive", Mine),
        };
        var plan = ReplicationPlan.Decide(Controller(2), pods, 0, p => p.Metadata.Name == "asked", Now);
        Assert.Equal(["alive"], plan.Active.Select(p => p.Metadata.Name));
        Assert.Equal(1, plan.Create);
    }

    [Fact]
    public void A_matching_pod_of_nobody_is_adopted_and_counts()
    {
        var plan = Decide(Controller(1), [Pod("orphan", null)]);
        Assert.Equal(["orphan"], plan.Adopt.Select(p => p.Metadata.Name));
        Assert.Equal(0, plan.Create);
    }

    [Fact]
    public void One_that_has_an_owner_but_no_controller_is_adopted_too() =>
        Assert.Single(Decide(Controller(1), [Pod("owned", Other with { Controller = null })]).Adopt);

    [Fact]
    public void Pods_of_others_and_pods_that_do_not_match_are_left_alone()
    {
        var plan = Decide(Controller(1), [Pod("theirs", Other), Pod("unlike", null, "db"), WithMetadata(Pod("unlabelled", null), m => m with { Labels = null })]);
        Assert.Empty(plan.Adopt);
        Assert.Empty(plan.Release);
        Assert.Empty(plan.Active);
        Assert.Equal(1, plan.Create);
    }

    [Fact]
    public void One_of_its_own_that_no_longer_matches_is_released_and_replaced()
    {
        var plan = Decide(Controller(1), [Pod("debugged", Mine, "quarantine")]);
        Assert.Equal(["debugged"], plan.Release.Select(p => p.Metadata.Name));
        Assert.Equal(1, plan.Create);
    }

    [Fact]
    public void While_it_is_deleted_it_does_nothing()
    {
        var controller = Controller(3) with { Metadata = Controller(3).Metadata with { DeletionTimestamp = Now } };
        var plan = Decide(controller, [Pod("a", Mine), Pod("b", null), Pod("c", Mine, "quarantine")]);
        Assert.Empty(plan.Adopt);
        Assert.Empty(plan.Release);
        Assert.Empty(plan.Delete);
        Assert.Equal(0, plan.Create);
    }

    [Fact]
    public void An_empty_selector_matches_nothing() => Assert.False(ReplicationPlan.Matches(new Dictionary<string, string>(), new Dictionary<string, string>()));

    [Fact]
    public void The_least_useful_go_first()
    {
        var ready = new Condition { Type = "Ready", Status = "True", LastTransitionTime = Now.AddHours(-1) };
        var running = new PodStatus { Phase = "Running", Conditions = [ready] };
        PodDocument[] inOrder =
        [
            Pod("unscheduled", Mine) with { Status = new PodStatus { Phase = "Pending" } },
            Placed("pending", new PodStatus { Phase = "Pending" }),
            Placed("unknown", new PodStatus { Phase = "Unknown" }),
            Placed("not-ready", new PodStatus { Phase = "Running" }),
            WithMetadata(Placed("cheap", running), m => m with { Annotations = new Dictionary<string, string> { ["controller.kubernetes.io/pod-deletion-cost"] = "-5" } }),
            Placed("crowded-1", running, "crowded"),
            Placed("crowded-2", running, "crowded"),
            Placed("ready-lately", running with { Conditions = [ready with { LastTransitionTime = Now.AddSeconds(-1) }] }),
            Placed("restarted", running with { ContainerStatuses = [new ContainerRestarts { RestartCount = 1 }, new ContainerRestarts { RestartCount = 7 }] }),
            Placed("young", running, created: Now.AddMinutes(-1)),
            Placed("old", running),
            WithMetadata(Placed("dear", running), m => m with { Annotations = new Dictionary<string, string> { ["controller.kubernetes.io/pod-deletion-cost"] = "5" } }),
        ];
        var shuffled = inOrder.Reverse().ToArray();
        Random.Shared.Shuffle(shuffled);
        Assert.Equal(inOrder.Select(p => p.Metadata.Name), DeletionOrder.Sort(shuffled, Now).Select(p => p.Metadata.Name));
    }

    [Fact]
    public void A_pod_is_the_template_with_an_owner()
    {
        using var template = JsonDocument.Parse("""{"metadata":{"name":"ignored","labels":{"app":"web"},"annotations":{"a":"b"},"creationTimestamp":null},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        var pod = JsonSerializer.Deserialize<JsonElement>(PodTemplate.ToPod(template.RootElement, Controller(1).Metadata, "v1", "ReplicationController"));
        Assert.Equal("""
            {"apiVersion":"v1","kind":"Pod","metadata":{"generateName":"web-","namespace":"dev","labels":{"app":"web"},"annotations":{"a":"b"},"ownerReferences":[{"apiVersion":"v1","kind":"ReplicationController","name":"web","uid":"rc","controller":true,"blockOwnerDeletion":true}]},"spec":{"containers":[{"name":"c","image":"i"}]}}
            """, pod.GetRawText());
    }

    [Fact]
    public void Status_counts_ready_available_and_fully_labelled()
    {
        var controller = Controller(3);
        controller = controller with { Spec = controller.Spec with { MinReadySeconds = 30, Template = JsonDocument.Parse("""{"metadata":{"labels":{"app":"web","tier":"front"}}}""").RootElement } };
        PodDocument[] pods = [Ready("a", 60), Ready("b", 10), Pod("c", Mine)];
        pods[0] = WithMetadata(pods[0], m => m with { Labels = new Dictionary<string, string> { ["app"] = "web", ["tier"] = "front" } });
        var status = ReplicationStatus.Of(controller, pods, null, Now);
        Assert.Equal((3, 1, 2, 1, 4L), (status.Replicas, status.FullyLabeledReplicas, status.ReadyReplicas, status.AvailableReplicas, status.ObservedGeneration));
        Assert.Equal(TimeSpan.FromSeconds(20), ReplicationStatus.NextAvailable(controller, pods, Now));
        Assert.Null(ReplicationStatus.NextAvailable(controller, [pods[0], pods[2]], Now));
    }

    [Fact]
    public void A_failure_is_a_condition_that_goes_when_it_is_over()
    {
        var failed = ReplicationStatus.Of(Controller(1), [], "quota", Now);
        var condition = Assert.Single(failed.Conditions!);
        Assert.Equal(("ReplicaFailure", "True", "FailedCreate", "quota"), (condition.Type, condition.Status, condition.Reason, condition.Message));
        var later = Controller(1) with { Status = failed };
        Assert.True(ReplicationStatus.Equal(failed, ReplicationStatus.Of(later, [], "quota", Now.AddMinutes(5))));
        Assert.Empty(ReplicationStatus.Of(later, [], null, Now).Conditions!);
    }

    [Fact]
    public void What_was_created_is_expected_until_it_is_seen_or_given_up()
    {
        var expectations = new Expectations();
        expectations.Created("dev/web", "1", () => false, Now);
        expectations.Created("dev/web", "2", () => true, Now);
        expectations.Created("dev/db", "3", () => false, Now);
        Assert.Equal(1, expectations.Expected("dev/web", Now));
        expectations.Seen("1", leaves: false);
        Assert.Equal(0, expectations.Expected("dev/web", Now));
        Assert.Equal(1, expectations.Expected("dev/db", Now));
        Assert.Equal(0, expectations.Expected("dev/db", Now.AddMinutes(6)));
    }

    [Fact]
    public void What_was_deleted_leaves_until_that_is_seen_or_given_up()
    {
        var expectations = new Expectations();
        expectations.Deleted("1", Now);
        Assert.True(expectations.IsLeaving("1", Now));
        expectations.Seen("1", leaves: false);
        Assert.True(expectations.IsLeaving("1", Now));
        Assert.False(expectations.IsLeaving("1", Now.AddMinutes(6)));
        expectations.Seen("1", leaves: true);
        Assert.False(expectations.IsLeaving("1", Now));
    }

    static ReplicationPlan Decide(ReplicationControllerDocument controller, IEnumerable<PodDocument> pods, int expected = 0) =>
        ReplicationPlan.Decide(controller, pods, expected, _ => false, Now);

    static ReplicationControllerDocument Controller(int? replicas) => new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = "dev", Uid = "rc", Generation = 4 },
        Spec = new ReplicationControllerSpec { Replicas = replicas, Selector = new Dictionary<string, string> { ["app"] = "web" } },
    };

    static PodDocument Pod(string name, OwnerReference? owner, string app = "web") => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = "dev",
            Uid = name,
            CreationTimestamp = Now.AddDays(-1),
            Labels = new Dictionary<string, string> { ["app"] = app },
            OwnerReferences = owner is null ? null : [owner],
        },
    };

    static PodDocument Ready(string name, int seconds) => Pod(name, Mine) with
    {
        Status = new PodStatus { Phase = "Running", Conditions = [new Condition { Type = "Ready", Status = "True", LastTransitionTime = Now.AddSeconds(-seconds) }] },
    };

    static PodDocument Placed(string name, PodStatus status, string? node = null, DateTimeOffset? created = null) =>
        WithMetadata(Pod(name, Mine), m => m with { CreationTimestamp = created ?? m.CreationTimestamp }) with { Status = status, Spec = new PodSpec { NodeName = node ?? "node-of-" + name } };

    static PodDocument WithMetadata(PodDocument pod, Func<ObjectMeta, ObjectMeta> change) => pod with { Metadata = change(pod.Metadata) };
}
