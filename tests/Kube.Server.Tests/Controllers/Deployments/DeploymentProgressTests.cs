using Kube.Server.Controllers.Deployments;
using Kube.Server.Controllers.Documents;
using static Kube.Server.Controllers.Deployments.DeploymentProgress;
using static Kube.Server.Tests.Controllers.Deployments.DeploymentSamples;

namespace Kube.Server.Tests.Controllers.Deployments;

public class DeploymentProgressTests
{
    [Fact]
    public void It_counts_over_all_sets()
    {
        var newest = Set("new", 2, 1, 2);
        var status = Of(Deployment(4, unavailable: "1"), newest, [newest, Set("old", 3, 2, 1)], true, Now);
        Assert.Equal((5, 2, 3, 3, 2, 2L), (status.Replicas, status.UpdatedReplicas, status.ReadyReplicas, status.AvailableReplicas, status.UnavailableReplicas, status.ObservedGeneration));
        Assert.Equal("Available True MinimumReplicasAvailable Deployment has minimum availability.", Text(status, "Available"));
        Assert.Equal("Available False MinimumReplicasUnavailable Deployment does not have minimum availability.", Text(Of(Deployment(4), newest, [newest], true, Now), "Available"));
    }

    [Fact]
    public void Its_progress_from_a_new_set_to_the_end()
    {
        var created = Of(Deployment(2), null, [], true, Now, (Step.Created, "web-1", ""));
        Assert.Equal("Progressing True NewReplicaSetCreated Created new replica set \"web-1\"", Text(created, "Progressing"));
        var half = Later(created, 2, 1, 5);
        Assert.Equal("Progressing True ReplicaSetUpdated ReplicaSet \"new\" is progressing.", Text(half, "Progressing"));
        // The same state a minute later is no progress.
        Assert.Equal(half.Conditions, Later(half, 2, 1, 60).Conditions);
        var done = Later(half, 2, 2, 70);
        Assert.Equal("Progressing True NewReplicaSetAvailable ReplicaSet \"new\" has successfully progressed.", Text(done, "Progressing"));
        var progress = done.Conditions!.Single(c => c.Type == "Progressing");
        Assert.Equal((Now, Now.AddSeconds(70)), (progress.LastTransitionTime, progress.LastUpdateTime));
        // A pod that is lost later is not an update that goes wrong.
        Assert.Equal(Text(done, "Progressing"), Text(Later(done, 2, 1, 9000), "Progressing"));
    }

    [Fact]
    public void Without_progress_for_too_long_it_has_failed_until_it_progresses()
    {
        var half = Later(Of(Deployment(2), null, [], true, Now, (Step.Created, "web-1", "")), 2, 1, 0);
        Assert.Equal(TimeSpan.FromSeconds(601), Deadline(Deployment(2), half, Now));
        Assert.Equal(TimeSpan.Zero, Deadline(Deployment(2), half, Now.AddHours(1)));
        var late = Later(half, 2, 1, 601);
        Assert.Equal("Progressing False ProgressDeadlineExceeded ReplicaSet \"new\" has timed out progressing.", Text(late, "Progressing"));
        Assert.Null(Deadline(Deployment(2), late, Now));
        Assert.StartsWith("Progressing True NewReplicaSetAvailable", Text(Later(late, 2, 2, 700), "Progressing"));
    }

    [Fact]
    public void It_tells_when_it_is_paused_and_resumed()
    {
        var paused = Deployment(2) with { Spec = Deployment(2).Spec with { Paused = true } };
        var status = Of(paused, null, [], false, Now);
        Assert.Equal("Progressing Unknown DeploymentPaused Deployment is paused", Text(status, "Progressing"));
        Assert.Null(Deadline(paused, status, Now));
        Assert.Equal("Progressing Unknown DeploymentResumed Deployment is resumed", Text(Of(Deployment(2) with { Status = status }, null, [], false, Now), "Progressing"));
    }

    [Fact]
    public void A_set_that_cannot_make_pods_shows_until_it_can()
    {
        var failing = Set("new", 2, 0, 1);
        failing = failing with { Status = failing.Status with { Conditions = [new Condition { Type = "ReplicaFailure", Status = "True", Reason = "FailedCreate", Message = "quota" }] } };
        var status = Of(Deployment(2), failing, [failing], true, Now);
        Assert.Equal("ReplicaFailure True FailedCreate quota", Text(status, "ReplicaFailure"));
        Assert.Null(Text(Of(Deployment(2) with { Status = status }, Set("new", 2, 0, 1), [Set("new", 2, 0, 1)], true, Now), "ReplicaFailure"));
    }

    [Fact]
    public void A_set_that_could_not_be_made_and_one_that_was_found()
    {
        Assert.Equal("Progressing False ReplicaSetCreateError Failed to create new replica set \"web-1\": no", Text(Of(Deployment(1), null, [], true, Now, (Step.NotCreated, "web-1", "no")), "Progressing"));
        var set = Set("new", 1, 0, 1);
        var before = Deployment(1) with { Status = new DeploymentStatus { Replicas = 1, UpdatedReplicas = 1 } };
        Assert.Equal("Progressing True FoundNewReplicaSet Found new replica set \"new\"", Text(Of(before, set, [set], true, Now, (Step.Found, "new", "")), "Progressing"));
    }

    [Fact]
    public void Without_a_deadline_there_is_no_such_condition()
    {
        var deployment = Deployment(1) with { Spec = Deployment(1).Spec with { ProgressDeadlineSeconds = null } };
        Assert.Null(Text(Of(deployment, null, [], true, Now, (Step.Created, "web-1", "")), "Progressing"));
    }

    static DeploymentStatus Later(DeploymentStatus before, int size, int available, int seconds)
    {
        var set = Set("new", size, available, 1);
        return Of(Deployment(size) with { Status = before }, set, [set], true, Now.AddSeconds(seconds), (Step.Found, "new", ""));
    }

    static string? Text(DeploymentStatus status, string type) =>
        status.Conditions?.FirstOrDefault(c => c.Type == type) is { } c ? $"{c.Type} {c.Status} {c.Reason} {c.Message}" : null;
}
