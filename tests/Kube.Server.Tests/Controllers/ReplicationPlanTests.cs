using System.Text.Json;
using Kube.Agent.Status;
using Kube.Server.Controllers;
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
        var plan = ReplicationPlan.Decide(Controller(2), Claim(Controller(2), pods).Own, 0, p => p.Metadata.DeletionTimestamp is not null || p.Metadata.Name == "asked", Now);
        Assert.Equal(["alive"], plan.Active.Select(p => p.Metadata.Name));
        Assert.Equal(1, plan.Create);
    }

    [Fact]
    public void A_matching_pod_of_nobody_is_adopted_and_counts()
    {
        Assert.Equal(["orphan"], Claim(Controller(1), [Pod("orphan", null)]).Adopt.Select(p => p.Metadata.Name));
        Assert.Equal(0, Decide(Controller(1), [Pod("orphan", null)]).Create);
    }

    [Fact]
    public void One_that_has_an_owner_but_no_controller_is_adopted_too() =>
        Assert.Single(Claim(Controller(1), [Pod("owned", Other with { Controller = null })]).Adopt);

    [Fact]
    public void Pods_of_others_and_pods_that_do_not_match_are_left_alone()
    {
        PodDocument[] pods = [Pod("theirs", Other), Pod("unlike", null, "db"), WithMetadata(Pod("unlabelled", null), m => m with { Labels = null })];
        var claim = Claim(Controller(1), pods);
        Assert.Empty(claim.Adopt);
        Assert.Empty(claim.Release);
        Assert.Empty(claim.Own);
        Assert.Equal(1, Decide(Controller(1), pods).Create);
    }

    [Fact]
    public void One_of_its_own_that_no_longer_matches_is_released_and_replaced()
    {
        Assert.Equal(["debugged"], Claim(Controller(1), [Pod("debugged", Mine, "quarantine")]).Release.Select(p => p.Metadata.Name));
        Assert.Equal(1, Decide(Controller(1), [Pod("debugged", Mine, "quarantine")]).Create);
    }

    [Fact]
    public void What_ended_or_is_going_is_neither_adopted_nor_released()
    {
        PodDocument[] pods =
        [
            Pod("done", null) with { Status = new PodStatus { Phase = "Succeeded" } },
            WithMetadata(Pod("stopping", null), m => m with { DeletionTimestamp = Now }),
            WithMetadata(Pod("unlike", Mine, "db"), m => m with { DeletionTimestamp = Now }),
        ];
        var claim = Claim(Controller(1), pods);
        Assert.Empty(claim.Own);
        Assert.Empty(claim.Release);
    }

    [Fact]
    public void While_it_is_deleted_it_does_nothing()
    {
        var controller = Controller(3) with { Metadata = Controller(3).Metadata with { DeletionTimestamp = Now } };
        PodDocument[] pods = [Pod("a", Mine), Pod("b", null), Pod("c", Mine, "quarantine")];
        var claim = Claim(controller, pods);
        Assert.Empty(claim.Adopt);
        Assert.Empty(claim.Release);
        var plan = Decide(controller, pods);
        Assert.Empty(plan.Delete);
        Assert.Equal(0, plan.Create);
    }

    [Theory]
    [InlineData("a", "In", true, "1", "2")]
    [InlineData("a", "In", false, "2")]
    [InlineData("a", "NotIn", true, "2")]
    [InlineData("a", "NotIn", false, "1")]
    [InlineData("b", "NotIn", true, "1")]
    [InlineData("b", "In", false, "1")]
    [InlineData("a", "Exists", true)]
    [InlineData("b", "Exists", false)]
    [InlineData("a", "DoesNotExist", false)]
    [InlineData("b", "DoesNotExist", true)]
    [InlineData("a", "Equals", false, "1")]
    public void A_selector_s_expressions(string key, string operation, bool matches, params string[] values) =>
        Assert.Equal(matches, new LabelSelector { MatchExpressions = [new LabelRequirement { Key = key, Operator = operation, Values = values }] }.Matches(new Dictionary<string, string> { ["a"] = "1" }));

    [Fact]
    public void An_empty_selector_matches_nothing() => Assert.False(new LabelSelector().Matches(new Dictionary<string, string>()));

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
            Placed("restarted", running with { ContainerStatuses = [new ContainerState { RestartCount = 1 }, new ContainerState { RestartCount = 7 }] }),
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
        var pod = JsonSerializer.Deserialize<JsonElement>(PodTemplate.ToPod(template.RootElement, Controller(1).Metadata, ReplicationManager.ReplicationControllers));
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
        Assert.Equal(TimeSpan.FromSeconds(20), ReplicationStatus.NextAvailable(pods, 30, Now));
        Assert.Null(ReplicationStatus.NextAvailable([pods[0], pods[2]], 30, Now));
    }

    [Fact]
    public void A_failure_is_a_condition_that_goes_when_it_is_over()
    {
        var failed = ReplicationStatus.Of(Controller(1), [], "quota", Now);
        var condition = Assert.Single(failed.Conditions!);
        Assert.Equal(("ReplicaFailure", "True", "FailedCreate", "quota"), (condition.Type, condition.Status, condition.Reason, condition.Message));
        var later = Controller(1) with { Status = failed };
        Assert.Null(StatusPatch.Between(later.Metadata.Uid, null, failed, ReplicationStatus.Of(later, [], "quota", Now.AddMinutes(5)), DocumentJson.Default.ReplicaSetStatus));
        Assert.Empty(ReplicationStatus.Of(later, [], null, Now).Conditions!);
    }

    [Fact]
    public void What_was_created_is_expected_until_it_is_seen_or_given_up()
    {
        var expectations = new Expectations();
        Create(expectations, "dev/web", "1", isKnown: false);
        Create(expectations, "dev/web", "2", isKnown: true);
        Create(expectations, "dev/db", "3", isKnown: false);
        Assert.Equal(1, expectations.Expected("dev/web", Now));
        expectations.Seen("1", leaves: false);
        Assert.Equal(0, expectations.Expected("dev/web", Now));
        Assert.Equal(1, expectations.Expected("dev/db", Now));
        Assert.Equal(0, expectations.Expected("dev/db", Now.AddMinutes(6)));
    }

    [Fact]
    public void What_was_deleted_leaves_until_that_failed_or_is_given_up()
    {
        var expectations = new Expectations();
        expectations.Deleted("1", Now);
        // Told of its end, a decision may still be under way about what it was before.
        expectations.Seen("1", leaves: true);
        Assert.True(expectations.IsLeaving("1", Now));
        Assert.False(expectations.IsLeaving("1", Now.AddMinutes(6)));
        expectations.NotDeleted("1");
        Assert.False(expectations.IsLeaving("1", Now));
    }

    [Fact]
    public void What_came_and_went_before_the_answer_to_its_creation_is_not_waited_for()
    {
        var expectations = new Expectations();
        expectations.Creating();
        expectations.Creating();
        expectations.Seen("1", leaves: false);
        expectations.Seen("1", leaves: true);
        expectations.Created("dev/web", "1", () => false, Now);
        expectations.NotCreated();
        Assert.Equal(0, expectations.Expected("dev/web", Now));
        Create(expectations, "dev/web", "2", isKnown: false);
        Assert.Equal(1, expectations.Expected("dev/web", Now));
    }

    static void Create(Expectations expectations, string controller, string uid, bool isKnown)
    {
        expectations.Creating();
        expectations.Created(controller, uid, () => isKnown, Now);
    }

    static PodClaim Claim(ReplicaSetDocument controller, IEnumerable<PodDocument> pods) => PodClaim.Of(controller.Metadata, controller.Spec.Selector, pods);

    static ReplicationPlan Decide(ReplicaSetDocument controller, IEnumerable<PodDocument> pods, int expected = 0) =>
        ReplicationPlan.Decide(controller, Claim(controller, pods).Own, expected, _ => false, Now);

    static ReplicaSetDocument Controller(int? replicas) => new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = "dev", Uid = "rc", Generation = 4 },
        Spec = new ReplicaSetSpec { Replicas = replicas, Selector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } } },
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
