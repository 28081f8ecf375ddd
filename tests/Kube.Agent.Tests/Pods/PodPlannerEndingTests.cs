using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Agent.Status;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Pods;

public class PodPlannerEndingTests
{
    static PodPlan Plan(Pod pod, PodObservation observation, double now = 100) => PodPlanner.Plan(pod, observation, At(now));

    static PodObservation Stopping(string id, double deadline, params ObservedContainer[] containers) =>
        Observation(containers) with { Stopping = new Dictionary<string, DateTimeOffset> { [id] = At(deadline) } };

    [Theory]
    [InlineData(30L, "stop c0 30s")]
    [InlineData(7L, "stop c0 7s")]
    // Nobody is killed without a moment's notice.
    [InlineData(0L, "stop c0 2s")]
    [InlineData(1L, "stop c0 2s")]
    [InlineData(null, "stop c0 30s")]
    public void A_deleted_pod_gets_its_grace_period(long? grace, string expected)
    {
        var plan = Plan(One(deletedAt: 130, grace: grace), Observation(Running()));
        Assert.Equal(expected, Text(plan));
        Assert.Equal("Stopping container c", plan.Actions.OfType<PodAction.StopContainer>().Single().Message);
    }

    [Fact]
    public void A_container_is_told_to_stop_once() =>
        Assert.Equal("", Text(Plan(One(deletedAt: 130, grace: 30), Stopping("c0", 130, Running()))));

    [Fact]
    public void A_shorter_grace_period_counts_from_when_it_was_given()
    {
        var plan = Plan(One(deletedAt: 105, grace: 5), Stopping("c0", 130, Running()));
        Assert.Equal("stop c0 5s", Text(plan));
        Assert.Null(plan.Actions.OfType<PodAction.StopContainer>().Single().Message);
    }

    [Fact]
    public void The_sandbox_goes_last_and_then_the_pod()
    {
        var sandbox = Plan(One(deletedAt: 130, grace: 30), Observation(Exited(143)));
        Assert.Equal("stop s0 0s", Text(sandbox));
        Assert.Equal(PodPhase.Failed, sandbox.Status.Phase);
        var over = Observation(Exited(143)) with { Sandboxes = [Sandbox(RuntimeState.Exited)] };
        Assert.Equal("delete", Text(Plan(One(deletedAt: 130, grace: 30), over)));
        Assert.Equal("", Text(Plan(One(deletedAt: 130, grace: 30), over with { DeletionAsked = true })));
    }

    [Fact]
    public void A_deleted_pod_that_never_began_is_deleted_at_once()
    {
        var plan = Plan(One(deletedAt: 130, grace: 30), Nothing);
        Assert.Equal("delete", Text(plan));
        Assert.Equal(PodPhase.Pending, plan.Status.Phase);
    }

    [Fact]
    public void Nothing_of_a_deleted_pod_is_restarted()
    {
        Assert.Equal("stop s0 0s", Text(Plan(One(deletedAt: 130, grace: 30), Observation(Exited(1)))));
        Assert.Equal("stop c0 30s", Text(Plan(One(deletedAt: 130, grace: 30), Observation(Running()) with { Sandboxes = [Sandbox(RuntimeState.Exited)] })));
    }

    [Fact]
    public void A_container_that_vanished_from_a_deleted_pod_is_over_and_does_not_count_as_a_restart()
    {
        var plan = Plan(One(status: WasRunning(restartCount: 2), deletedAt: 130, grace: 30), Observation());
        var status = plan.Status.Find("c")!;
        Assert.Equal((2, 137, "ContainerStatusUnknown"), (status.RestartCount, status.State.Terminated!.ExitCode, status.State.Terminated.Reason));
    }

    [Fact]
    public void What_is_left_of_a_pod_is_stopped_and_removed()
    {
        var running = Observation(Running(), Exited(0, "d"));
        Assert.Equal("stop c0 30s", Text(PodPlanner.PlanRemoval(running, null, At(100))));
        Assert.Equal("stop c0 2s", Text(PodPlanner.PlanRemoval(running, TimeSpan.FromSeconds(2), At(100))));
        Assert.Equal("stop s0 0s", Text(PodPlanner.PlanRemoval(running with { Containers = [Exited(0)] }, null, At(100))));
        Assert.Equal("remove c0; remove d0; remove sandbox s0; remove sandbox s1; remove volumes", Text(PodPlanner.PlanRemoval(
            running with { Containers = [Exited(0), Exited(0, "d")], Sandboxes = [Sandbox(RuntimeState.Exited), Sandbox(RuntimeState.Created, 1)] }, null, At(100))));
        Assert.Equal("remove volumes", Text(PodPlanner.PlanRemoval(Nothing, null, At(100))));
    }
}
