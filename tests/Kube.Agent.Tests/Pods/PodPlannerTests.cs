using Kube.Agent.Pods;
using Kube.Agent.Probes;
using Kube.Agent.Runtime;
using Kube.Agent.Status;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Pods;

public class PodPlannerTests
{
    static PodPlan Plan(Pod pod, PodObservation observation, double now = 100) => PodPlanner.Plan(pod, observation, At(now));

    static WaitingState? WaitingOf(PodPlan plan, string container = "c") => plan.Status.Find(container)?.State.Waiting;

    [Fact]
    public void A_new_pod_gets_volumes_then_a_sandbox_then_its_image_then_its_container()
    {
        Assert.Equal("volumes", Text(Plan(One(), Nothing)));
        Assert.Equal("sandbox 0", Text(Plan(One(), Nothing with { Volumes = new VolumesState.Ready(null) })));
        Assert.Equal("pull c", Text(Plan(One(), Observation() with { Images = new Dictionary<string, ImageState>() })));
        var create = Plan(One(), Observation());
        Assert.Equal("create c 0 in s0", Text(create));
        Assert.Equal((PodPhase.Pending, "ContainerCreating"), (create.Status.Phase, WaitingOf(create)?.Reason));
        var running = Plan(One(), Observation(Running()));
        Assert.Equal("", Text(running));
        Assert.Null(running.WakeAt);
        Assert.Equal(PodPhase.Running, running.Status.Phase);
    }

    [Fact]
    public void Volumes_that_failed_are_tried_again_in_their_time()
    {
        var failed = Nothing with { Volumes = new VolumesState.Failed("no such config map", At(110)) };
        var plan = Plan(One(), failed);
        Assert.Equal("", Text(plan));
        Assert.Equal(At(110), plan.WakeAt);
        Assert.Equal("volumes", Text(Plan(One(), failed, 110)));
    }

    [Fact]
    public void Files_of_volumes_are_kept_up_to_date_while_containers_run()
    {
        var ready = Observation(Running()) with { Volumes = new VolumesState.Ready(At(160)) };
        Assert.Equal(At(160), Plan(One(), ready).WakeAt);
        Assert.Equal("volumes", Text(Plan(One(), ready, 160)));

        var adopted = Pod("{'containers':[{'name':'c','image':'busybox:1.35'}],'volumes':[{'name':'v'}]}");
        Assert.Equal("volumes", Text(Plan(adopted, Observation(Running()) with { Volumes = new VolumesState.Unknown() })));
    }

    [Fact]
    public void A_sandbox_that_failed_is_tried_again_in_its_time_and_shown()
    {
        var failed = Nothing with { Volumes = new VolumesState.Ready(null), SandboxFailure = new SandboxFailure("port is taken", At(110)) };
        var plan = Plan(One(), failed);
        Assert.Equal("", Text(plan));
        Assert.Equal(At(110), plan.WakeAt);
        Assert.Equal(new WaitingState("ContainerCreating") { Message = "port is taken" }, WaitingOf(plan));
        Assert.Equal("sandbox 0", Text(Plan(One(), failed, 110)));
    }

    [Fact]
    public void A_sandbox_that_was_made_and_not_started_is_started() =>
        Assert.Equal("start s0", Text(Plan(One(), Observation() with { Sandboxes = [Sandbox(RuntimeState.Created)] })));

    [Fact]
    public void A_container_that_was_made_and_not_started_is_started() =>
        Assert.Equal("start c0", Text(Plan(One(), Observation(Created()))));

    [Theory]
    [InlineData("Always", 0, "create c 1 in s0 after 0s")]
    [InlineData("Always", 3, "create c 1 in s0 after 0s")]
    [InlineData("OnFailure", 3, "create c 1 in s0 after 0s")]
    [InlineData("OnFailure", 0, "")]
    [InlineData("Never", 3, "")]
    [InlineData("Never", 0, "")]
    public void What_has_ended_is_restarted_by_the_policy(string policy, int exitCode, string expected) =>
        Assert.Equal(expected, Text(Plan(One(policy), Observation(Exited(exitCode)))));

    [Theory]
    [InlineData("OnFailure", 0, "Succeeded")]
    [InlineData("Never", 0, "Succeeded")]
    [InlineData("Never", 3, "Failed")]
    public void A_pod_that_is_done_has_its_final_phase(string policy, int exitCode, string expected) =>
        Assert.Equal(expected, Plan(One(policy), Observation(Exited(exitCode))).Status.Phase.ToString());

    [Fact]
    public void A_restart_waits_and_says_so()
    {
        var plan = Plan(One(), Observation(Exited(1, attempt: 1, finishedAt: 95, startedAt: 94, backoff: 0), Exited(1, attempt: 0)));
        Assert.Equal("", Text(plan));
        Assert.Equal(At(105), plan.WakeAt);
        Assert.Equal(new WaitingState("CrashLoopBackOff") { Message = "back-off 10s restarting failed container=c pod=web_shop(u1)" }, WaitingOf(plan));
        Assert.Equal(1, plan.Status.Find("c")!.LastState.Terminated!.ExitCode);
        Assert.Equal(1, plan.Status.Find("c")!.RestartCount);
        Assert.Equal(PodPhase.Running, plan.Status.Phase);
        Assert.Equal(["BackOff: Back-off restarting failed container c in pod web_shop(u1)"], EventsOf(plan));
        // Told once, and made when its time has come.
        Assert.Empty(EventsOf(Plan(One(status: plan.Status), Observation(Exited(1, attempt: 1, finishedAt: 95, startedAt: 94, backoff: 0)))));
        Assert.Equal("create c 2 in s0 after 10s", Text(Plan(One(status: plan.Status), Observation(Exited(1, attempt: 1, finishedAt: 95, startedAt: 94, backoff: 0)), 105)));
    }

    [Fact]
    public void Another_image_makes_another_container()
    {
        var running = Plan(One("Never"), Observation(Running(image: "busybox:1.34")));
        Assert.Equal("stop c0 30s", Text(running));
        Assert.Equal(["Container c definition changed, will be restarted"], running.Actions.OfType<PodAction.StopContainer>().Select(stop => stop.Message));
        Assert.Equal("create c 3 in s0 after 0s", Text(Plan(One(), Observation(Exited(1, attempt: 2, finishedAt: 99, image: "busybox:1.34", backoff: 160)))));
    }

    [Fact]
    public void A_container_that_cannot_run_shows_why_and_is_tried_again()
    {
        var plan = Plan(One(), Observation(Created(exitCode: 127, error: "exec: \"nope\": not found", createdAt: 99)));
        Assert.Equal("", Text(plan));
        Assert.Equal(At(101), plan.WakeAt);
        Assert.Equal(new WaitingState("RunContainerError") { Message = "exec: \"nope\": not found" }, WaitingOf(plan));
        Assert.Equal(("ContainerCannotRun", 127), (plan.Status.Find("c")!.LastState.Terminated!.Reason, plan.Status.Find("c")!.LastState.Terminated!.ExitCode));
        Assert.Equal("create c 1 in s0 after 0s", Text(Plan(One(), Observation(Created(exitCode: 127, createdAt: 99)), 101)));
        Assert.Equal("CrashLoopBackOff", WaitingOf(Plan(One(), Observation(Created(exitCode: 127, attempt: 1, createdAt: 99, backoff: 0)), 102))?.Reason);
        var never = Plan(One("Never"), Observation(Created(exitCode: 127, createdAt: 99)));
        Assert.Equal((PodPhase.Failed, "ContainerCannotRun"), (never.Status.Phase, never.Status.Find("c")!.State.Terminated!.Reason));
    }

    [Fact]
    public void A_container_that_could_not_be_made_is_tried_again_in_its_time()
    {
        var failed = Observation() with { Failures = new Dictionary<string, StartFailure> { ["c"] = new("CreateContainerConfigError", "configmap \"x\" not found", 0, At(110)) } };
        var plan = Plan(One(), failed);
        Assert.Equal("", Text(plan));
        Assert.Equal(At(110), plan.WakeAt);
        Assert.Equal(new WaitingState("CreateContainerConfigError") { Message = "configmap \"x\" not found" }, WaitingOf(plan));
        Assert.Equal("create c 0 in s0", Text(Plan(One(), failed, 110)));
        // The failure of an attempt long past means nothing for the next.
        Assert.Equal("create c 1 in s0 after 0s", Text(Plan(One(), failed with { Containers = [Exited(1)] })));
    }

    [Fact]
    public void A_vanished_container_is_restarted_by_the_policy_and_counted()
    {
        var always = Plan(One(status: WasRunning(restartCount: 2)), Observation());
        Assert.Equal("create c 3 in s0 after 0s", Text(always));
        Assert.Equal((3, 137, "ContainerStatusUnknown"), (always.Status.Find("c")!.RestartCount, always.Status.Find("c")!.LastState.Terminated!.ExitCode, always.Status.Find("c")!.LastState.Terminated!.Reason));
        Assert.Equal("ContainerCreating", WaitingOf(always)?.Reason);
        // The same again after that status is in the API.
        Assert.Equal("create c 3 in s0 after 0s", Text(Plan(One(status: always.Status), Observation())));
        // An older attempt that is still there is not taken for the newest.
        Assert.Equal("create c 3 in s0 after 0s", Text(Plan(One(status: WasRunning(restartCount: 2)), Observation(Exited(1, attempt: 1)))));

        var never = Plan(One("Never", WasRunning()), Observation());
        Assert.Equal("", Text(never));
        Assert.Equal((PodPhase.Failed, 137), (never.Status.Phase, never.Status.Find("c")!.State.Terminated!.ExitCode));
    }

    [Fact]
    public void A_container_that_was_removed_after_its_end_counts_once()
    {
        var waiting = Waiting("CrashLoopBackOff", restartCount: 4, new TerminatedState(1) { Reason = "Error" });
        Assert.Equal("create c 5 in s0 after 0s", Text(Plan(One(status: waiting), Observation())));
    }

    [Fact]
    public void A_lost_sandbox_is_replaced_once_nothing_runs_in_it()
    {
        var lost = Observation(Running(), Exited(0, "d")) with { Sandboxes = [Sandbox(RuntimeState.Exited)] };
        Assert.Equal("stop c0 30s", Text(Plan(One(), lost)));
        var stopped = Plan(One(), lost with { Containers = [Exited(137)] });
        Assert.Equal("sandbox 1", Text(stopped));
        Assert.Equal(["SandboxChanged: Pod sandbox changed, it will be killed and re-created."], EventsOf(stopped));
        Assert.Null(stopped.Status.PodIP);
        var renewed = lost with { Containers = [Exited(137)], Sandboxes = [Sandbox(RuntimeState.Exited), Sandbox(attempt: 1)] };
        Assert.Equal("create c 1 in s1 after 0s; remove sandbox s0", Text(Plan(One(), renewed)));
    }

    [Theory]
    [InlineData("Never", 0, "Succeeded")]
    [InlineData("Never", 137, "Failed")]
    [InlineData("OnFailure", 0, "Succeeded")]
    public void A_lost_sandbox_of_a_pod_that_is_done_is_not_replaced(string policy, int exitCode, string phase)
    {
        var plan = Plan(One(policy), Observation(Exited(exitCode)) with { Sandboxes = [Sandbox(RuntimeState.Exited)] });
        Assert.Equal("", Text(plan));
        Assert.Equal(phase, plan.Status.Phase.ToString());
    }

    [Fact]
    public void A_lost_sandbox_of_a_pod_that_was_only_half_started_is_replaced() =>
        Assert.Equal("sandbox 1", Text(Plan(
            Pod("{'restartPolicy':'Never','containers':[{'name':'a','image':'x'},{'name':'b','image':'x'}]}"),
            Observation(Exited(0, "a")) with { Sandboxes = [Sandbox(RuntimeState.Exited)] })));

    [Fact]
    public void Nothing_is_restarted_in_a_pod_whose_end_is_known()
    {
        var done = new PodStatus { Phase = PodPhase.Succeeded, ContainerStatuses = [] };
        var plan = Plan(One(status: done), Observation(Exited(1)));
        Assert.Equal("stop s0 0s", Text(plan));
        Assert.Equal(PodPhase.Succeeded, plan.Status.Phase);
        Assert.Equal("", Text(Plan(One(status: done), Observation(Exited(1)) with { Sandboxes = [Sandbox(RuntimeState.Exited)] })));
    }

    [Fact]
    public void The_sandbox_stays_until_the_api_knows_that_the_pod_is_done() =>
        Assert.Equal("", Text(Plan(One("Never"), Observation(Exited(0)))));

    [Fact]
    public void All_but_the_two_newest_attempts_and_the_newest_sandbox_are_pruned()
    {
        var plan = Plan(One(), Observation(Running(attempt: 3), Exited(1, attempt: 2), Exited(1, attempt: 1), Exited(1, attempt: 0)) with { Sandboxes = [Sandbox(RuntimeState.Exited), Sandbox(attempt: 1), Sandbox(RuntimeState.Exited, 2)] });
        Assert.Contains("remove c1; remove c0", Text(plan));
        Assert.Contains("remove sandbox s0", Text(plan));
        Assert.DoesNotContain("remove sandbox s2", Text(plan));
    }

    [Fact]
    public void A_pod_past_its_deadline_is_stopped_and_failed()
    {
        var pod = Pod("{'activeDeadlineSeconds':60,'terminationGracePeriodSeconds':5,'containers':[{'name':'c','image':'busybox:1.35'}]}", new PodStatus { StartTime = Start });
        Assert.Equal(At(60), Plan(pod, Observation(Running()), 59).WakeAt);
        var late = Plan(pod, Observation(Running()), 60);
        Assert.Equal("stop c0 5s", Text(late));
        Assert.Equal(["DeadlineExceeded: Pod was active on the node longer than the specified deadline"], EventsOf(late));
        Assert.Equal("DeadlineExceeded", late.Status.Reason);
        Assert.False(late.Status.IsFinal);
        var over = Plan(pod with { Status = late.Status }, Observation(Exited(143)), 70);
        Assert.Equal((PodPhase.Failed, "DeadlineExceeded"), (over.Status.Phase, over.Status.Reason));
        Assert.Empty(EventsOf(over));
    }

    [Fact]
    public void A_pod_that_asks_for_what_is_not_done_here_is_refused_by_name()
    {
        var pod = Pod("{'hostIPC':true,'runtimeClassName':'gvisor','containers':[{'name':'c','image':'x','lifecycle':{'preStop':{'exec':{'command':['a']}}}}]}");
        var plan = Plan(pod, Nothing);
        Assert.Equal("", Text(plan));
        Assert.Equal("CreateContainerConfigError", WaitingOf(plan)?.Reason);
        const string refusal = "spec.hostIPC is not supported by this node; spec.runtimeClassName: gvisor is not supported by this node; spec.containers[0].lifecycle.preStop is not supported by this node";
        Assert.Equal(refusal, WaitingOf(plan)?.Message);
        Assert.Equal([$"Failed: Error: {refusal}"], EventsOf(plan));
        Assert.Empty(EventsOf(Plan(pod with { Status = plan.Status }, Nothing)));
    }

    [Theory]
    [InlineData("Always", null, null, null)]
    [InlineData("Always", "Liveness", 20, "Container c failed liveness probe, will be restarted")]
    [InlineData("Always", "Startup", 30, "Container c failed startup probe, will be restarted")]
    [InlineData("OnFailure", "Liveness", 20, "Container c failed liveness probe, will be restarted")]
    [InlineData("Never", "Liveness", 20, "Container c failed liveness probe")]
    public void A_container_whose_probe_has_failed_is_stopped_within_that_probes_grace_period(string policy, string? failed, int? grace, string? message)
    {
        var pod = Pod($"{{'restartPolicy':'{policy}','containers':[{{'name':'c','image':'busybox:1.35','startupProbe':{{'exec':{{'command':['a']}}}},'livenessProbe':{{'exec':{{'command':['a']}},'terminationGracePeriodSeconds':20}}}}]}}");
        ProbeType? type = failed is null ? null : Enum.Parse<ProbeType>(failed);
        var plan = Plan(pod, Observation(Running()) with { Probes = new Dictionary<string, ProbeResults> { ["c0"] = new(true, true, type) } });
        Assert.Equal(failed is null ? "" : $"stop c0 {grace}s", Text(plan));
        Assert.Equal(message, plan.Actions.OfType<PodAction.StopContainer>().SingleOrDefault()?.Message);
    }

    [Fact]
    public void Containers_of_a_pod_live_side_by_side()
    {
        var pod = Pod("{'restartPolicy':'OnFailure','containers':[{'name':'a','image':'x'},{'name':'b','image':'x'}]}");
        Assert.Equal("create a 0 in s0; create b 0 in s0", Text(Plan(pod, Observation())));
        var half = Plan(pod, Observation(Exited(0, "a", image: "x"), Running("b", image: "x")));
        Assert.Equal("", Text(half));
        Assert.Equal(PodPhase.Running, half.Status.Phase);
        Assert.Equal("create b 1 in s0 after 0s", Text(Plan(pod, Observation(Exited(0, "a", image: "x"), Exited(1, "b", image: "x")))));
        Assert.Equal(PodPhase.Succeeded, Plan(pod, Observation(Exited(0, "a", image: "x"), Exited(0, "b", image: "x"))).Status.Phase);
    }
}
