using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Agent.Status;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Pods;

public class PodPlannerInitTests
{
    static PodPlan Plan(Pod pod, PodObservation observation, double now = 100) => PodPlanner.Plan(pod, observation, At(now));

    static Pod TwoSteps(string policy = "Always", PodStatus? status = null) =>
        Pod($"{{'restartPolicy':'{policy}','initContainers':[{{'name':'i','image':'x'}},{{'name':'j','image':'x'}}],'containers':[{{'name':'c','image':'x'}}]}}", status);

    static Pod WithSidecars(string policy = "Always", double? deletedAt = null, long? grace = null, PodStatus? status = null, string probe = "") => Pod(
        $"{{'restartPolicy':'{policy}','terminationGracePeriodSeconds':20,'initContainers':[{{'name':'s','image':'x','restartPolicy':'Always'{probe}}},{{'name':'t','image':'x','restartPolicy':'Always'}}],'containers':[{{'name':'c','image':'x'}}]}}",
        status, deletedAt, grace);

    static ObservedContainer On(string name, int attempt = 0, string sandbox = SandboxId) => Running(name, attempt, image: "x", sandbox: sandbox);

    static ObservedContainer Off(string name, int exitCode = 0, int attempt = 0, double finishedAt = 1, int? backoff = null, string sandbox = SandboxId) =>
        Exited(exitCode, name, attempt, image: "x", finishedAt: finishedAt, backoff: backoff, sandbox: sandbox);

    [Fact]
    public void Init_containers_run_one_after_the_other()
    {
        var first = Plan(TwoSteps(), Observation());
        Assert.Equal("create i 0 in s0", Text(first));
        Assert.All(["i", "j", "c"], name => Assert.Equal("PodInitializing", first.Status.Find(name)!.State.Waiting!.Reason));
        Assert.Equal("containers with incomplete status: [i j]", first.Status.Condition("Initialized")!.Message);
        Assert.Equal("", Text(Plan(TwoSteps(), Observation(On("i")))));
        var second = Plan(TwoSteps(), Observation(Off("i")));
        Assert.Equal("create j 0 in s0", Text(second));
        Assert.True(second.Status.Find("i")!.Ready);
        Assert.Equal(PodPhase.Pending, second.Status.Phase);
        var main = Plan(TwoSteps(), Observation(Off("i"), Off("j")));
        Assert.Equal("create c 0 in s0", Text(main));
        Assert.Equal("True", main.Status.Condition("Initialized")!.Status);
    }

    [Theory]
    [InlineData("Always")]
    [InlineData("OnFailure")]
    public void A_failed_init_container_is_restarted_with_back_off(string policy)
    {
        Assert.Equal("create i 1 in s0 after 0s", Text(Plan(TwoSteps(policy), Observation(Off("i", 1)))));
        var waits = Plan(TwoSteps(policy), Observation(Off("i", 1, attempt: 1, finishedAt: 99, backoff: 0)));
        Assert.Equal("", Text(waits));
        Assert.Equal("CrashLoopBackOff", waits.Status.Find("i")!.State.Waiting!.Reason);
        Assert.Equal(PodPhase.Pending, waits.Status.Phase);
        Assert.Equal(At(109), waits.WakeAt);
    }

    [Fact]
    public void A_failed_init_container_fails_a_pod_that_is_never_restarted()
    {
        var plan = Plan(TwoSteps("Never"), Observation(Off("i", 2)));
        Assert.Equal("", Text(plan));
        Assert.Equal(PodPhase.Failed, plan.Status.Phase);
        Assert.Equal("PodInitializing", plan.Status.Find("c")!.State.Waiting!.Reason);
    }

    [Fact]
    public void Init_containers_are_not_run_again_beside_containers_that_have_started()
    {
        // Somebody removed what was done.
        Assert.Equal("", Text(Plan(TwoSteps(), Observation(On("c")))));
        Assert.Equal("create c 1 in s0 after 0s", Text(Plan(TwoSteps(), Observation(Off("c", 1)))));
    }

    [Fact]
    public void A_new_sandbox_is_initialized_anew()
    {
        var lost = Observation(Off("i"), Off("j"), Off("c", 137)) with { Sandboxes = [Sandbox(RuntimeState.Exited)] };
        var plan = Plan(TwoSteps(), lost);
        Assert.Equal("sandbox 1", Text(plan));
        Assert.Equal("PodInitializing", plan.Status.Find("i")!.State.Waiting!.Reason);
        var renewed = lost with { Sandboxes = [Sandbox(attempt: 1)] };
        Assert.Equal("create i 1 in s1 after 0s", Text(Plan(TwoSteps(), renewed)));
        Assert.Equal("create j 1 in s1 after 0s", Text(Plan(TwoSteps(), renewed with { Containers = [Off("i", attempt: 1, sandbox: "s1"), Off("j"), Off("c", 137)] })));
        Assert.Equal("create c 1 in s1 after 0s", Text(Plan(TwoSteps(), renewed with { Containers = [Off("i", attempt: 1, sandbox: "s1"), Off("j", attempt: 1, sandbox: "s1"), Off("c", 137)] })));
    }

    [Fact]
    public void A_side_car_starts_before_what_follows_and_stays()
    {
        Assert.Equal("create s 0 in s0", Text(Plan(WithSidecars(), Observation())));
        Assert.Equal("create t 0 in s0", Text(Plan(WithSidecars(), Observation(On("s")))));
        Assert.Equal("create c 0 in s0", Text(Plan(WithSidecars(), Observation(On("s"), On("t")))));
        var running = Plan(WithSidecars(), Observation(On("s"), On("t"), On("c")));
        Assert.Equal("", Text(running));
        Assert.Equal((PodPhase.Running, "True"), (running.Status.Phase, running.Status.Condition("Ready")!.Status));
    }

    [Fact]
    public void What_follows_a_side_car_waits_for_its_startup_probe()
    {
        var pod = WithSidecars(probe: ",'startupProbe':{'tcpSocket':{'port':80}}");
        Assert.Equal("", Text(Plan(pod, Observation(On("s")))));
        Assert.Equal("create t 0 in s0", Text(Plan(pod, Observation(On("s")) with { Probes = new Dictionary<string, ProbeResults> { ["s0"] = new(true, false, null) } })));
    }

    [Theory]
    [InlineData("Never")]
    [InlineData("Always")]
    public void A_side_car_is_restarted_whatever_the_policy(string policy)
    {
        var plan = Plan(WithSidecars(policy), Observation(Off("s", 0), On("t"), On("c")));
        Assert.Equal("create s 1 in s0 after 0s", Text(plan));
        Assert.Equal("containers with unready status: [s]", plan.Status.Condition("Ready")!.Message);
    }

    [Fact]
    public void Side_cars_end_after_the_containers_from_the_last_to_the_first()
    {
        var pod = WithSidecars("Never", status: new PodStatus { Phase = PodPhase.Running });
        var done = Plan(pod, Observation(On("s"), On("t"), Off("c")));
        Assert.Equal("stop t0 20s", Text(done));
        Assert.Equal(PodPhase.Running, done.Status.Phase);
        Assert.Equal("stop s0 20s", Text(Plan(pod, Observation(On("s"), Off("t"), Off("c")))));
        var over = Plan(pod, Observation(Off("s", 143), Off("t", 143), Off("c")));
        Assert.Equal(PodPhase.Succeeded, over.Status.Phase);
    }

    [Fact]
    public void Deletion_stops_containers_before_side_cars_within_one_grace_period()
    {
        var pod = WithSidecars(deletedAt: 110, grace: 20);
        Assert.Equal("stop c0 20s", Text(Plan(pod, Observation(On("s"), On("t"), On("c")), 90)));
        Assert.Equal("stop t0 12s", Text(Plan(pod, Observation(On("s"), On("t"), Off("c")), 98)));
        Assert.Equal("stop s0 2s", Text(Plan(pod, Observation(On("s"), Off("t"), Off("c")), 120)));
    }
}
