using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Agent.Status;
using Kube.Agent.Tests.Pods;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Status;

public class PodStatusBuilderTests
{
    static readonly Dictionary<string, ContainerView> NoViews = [];

    static PodStatus Build(Pod pod, PodObservation observation, bool over = false, double now = 100) =>
        PodStatusBuilder.Build(pod, observation, NoViews, new PodOutcome(over), At(now));

    [Fact]
    public void Addresses_are_the_sandboxes_and_the_nodes()
    {
        var status = Build(One(), Observation(Running()));
        Assert.Equal(("192.0.2.1", "10.0.0.7"), (status.HostIP, status.PodIP));
        Assert.Equal([new AddressStatus("192.0.2.1")], status.HostIPs!);
        Assert.Equal([new AddressStatus("10.0.0.7")], status.PodIPs!);
    }

    [Fact]
    public void On_the_nodes_network_the_nodes_address_is_the_pods() =>
        Assert.Equal("192.0.2.1", Build(Pod("{'hostNetwork':true,'containers':[{'name':'c','image':'x'}]}"), Observation()).PodIP);

    [Fact]
    public void Without_a_sandbox_there_is_no_address_unless_the_pod_is_done()
    {
        var before = new PodStatus { PodIP = "10.0.0.9" };
        var gone = Observation() with { Sandboxes = [Sandbox(RuntimeState.Exited)] };
        Assert.Null(Build(One(status: before), gone).PodIP);
        Assert.Null(Build(One(status: before), gone).PodIPs);
        Assert.Equal("10.0.0.9", Build(One(status: before), gone, over: true).PodIP);
        Assert.Equal("10.0.0.9", Build(One(status: before with { Phase = PodPhase.Succeeded }), gone).PodIP);
        Assert.Equal("10.0.0.9", Build(One(status: before, deletedAt: 130), gone).PodIP);
    }

    [Fact]
    public void The_start_time_is_set_once()
    {
        Assert.Equal(At(100), Build(One(), Nothing).StartTime);
        Assert.Equal(At(7), Build(One(status: new PodStatus { StartTime = At(7) }), Nothing).StartTime);
        Assert.Equal(At(100), PodStatusBuilder.Build(One(), Nothing, NoViews, PodOutcome.GoesOn, At(100.9)).StartTime);
    }

    [Theory]
    [InlineData("{}", "BestEffort")]
    [InlineData("{'requests':{'cpu':'100m'}}", "Burstable")]
    [InlineData("{'limits':{'memory':'1Gi'}}", "Burstable")]
    [InlineData("{'limits':{'memory':'1Gi','cpu':'1'}}", "Guaranteed")]
    [InlineData("{'limits':{'memory':'1Gi','cpu':'1'},'requests':{'cpu':'1000m','memory':'1024Mi'}}", "Guaranteed")]
    [InlineData("{'limits':{'memory':'1Gi','cpu':'1'},'requests':{'cpu':'500m'}}", "Burstable")]
    [InlineData("{'requests':{'cpu':'0'}}", "BestEffort")]
    [InlineData("{'limits':{'ephemeral-storage':'1Gi'}}", "BestEffort")]
    [InlineData("{'limits':{'cpu':1,'memory':1024}}", "Guaranteed")]
    public void The_quality_of_service_is_kubernetes(string resources, string expected) =>
        Assert.Equal(expected, Build(Pod($"{{'containers':[{{'name':'c','image':'x','resources':{resources}}}]}}"), Nothing).QosClass);

    [Fact]
    public void One_container_without_limits_keeps_a_pod_from_being_guaranteed() => Assert.Equal("Burstable", QosClass.Of(Pod(
        "{'containers':[{'name':'a','image':'x','resources':{'limits':{'cpu':'1','memory':'1Gi'}}},{'name':'b','image':'x'}]}").Spec));

    [Theory]
    // Containers a and b: r running, e ended with 0, f ended with 1, w waiting, l waiting after an end with 1, L after one with 0.
    [InlineData("Always", "ww", false, "Pending")]
    [InlineData("Always", "rw", false, "Pending")]
    [InlineData("Always", "ew", false, "Pending")]
    [InlineData("Always", "rr", false, "Running")]
    [InlineData("Always", "re", false, "Running")]
    [InlineData("Always", "rl", false, "Running")]
    [InlineData("Always", "ee", false, "Running")]
    [InlineData("Always", "ll", false, "Running")]
    [InlineData("OnFailure", "re", false, "Running")]
    [InlineData("OnFailure", "ef", false, "Running")]
    [InlineData("OnFailure", "el", false, "Running")]
    [InlineData("OnFailure", "ee", true, "Succeeded")]
    [InlineData("Never", "rf", false, "Running")]
    [InlineData("Never", "ee", true, "Succeeded")]
    [InlineData("Never", "ef", true, "Failed")]
    [InlineData("Never", "ff", true, "Failed")]
    [InlineData("Always", "ef", true, "Failed")]
    public void The_phase_follows_from_the_containers(string policy, string states, bool over, string expected)
    {
        ContainerStatus StatusOf(char state) => new()
        {
            Name = "x",
            State = state switch
            {
                'r' => new ContainerState { Running = new RunningState(Start) },
                'e' or 'f' => new ContainerState { Terminated = new TerminatedState(state == 'e' ? 0 : 1) },
                _ => new ContainerState { Waiting = new WaitingState("r") },
            },
            LastState = state is 'l' or 'L' ? new ContainerState { Terminated = new TerminatedState(state == 'l' ? 1 : 0) } : ContainerState.None,
        };
        var spec = Pod($"{{'restartPolicy':'{policy}','containers':[{{'name':'a','image':'x'}},{{'name':'b','image':'x'}}]}}").Spec;
        Assert.Equal(expected, PodPhases.Of(spec, [], [.. states.Select(StatusOf)], over).ToString());
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    public void A_final_phase_and_its_reason_stay(string phase)
    {
        var before = new PodStatus { Phase = Enum.Parse<PodPhase>(phase), Reason = "Evicted", Message = "why" };
        var status = Build(One(status: before), Observation(Running()));
        Assert.Equal((phase, "Evicted", "why"), (status.Phase.ToString(), status.Reason, status.Message));
    }

    [Fact]
    public void Conditions_of_a_running_pod_are_true()
    {
        var status = Build(One(), Observation(Running()));
        Assert.Equal(["PodScheduled", "Initialized", "ContainersReady", "Ready"], status.Conditions.Select(condition => condition.Type));
        Assert.All(status.Conditions, condition => Assert.Equal(("True", At(100)), (condition.Status, condition.LastTransitionTime)));
    }

    [Fact]
    public void Unready_containers_are_named_in_order()
    {
        var pod = Pod("{'containers':[{'name':'a','image':'x'},{'name':'b','image':'x'},{'name':'c','image':'x'}]}");
        var status = Build(pod, Observation(Running("b", image: "x")));
        foreach (var type in (string[])["ContainersReady", "Ready"])
            Assert.Equal(("False", "ContainersNotReady", "containers with unready status: [a c]"), Words(status.Condition(type)!));
    }

    [Theory]
    [InlineData("Succeeded", 0, "PodCompleted", "True", "PodCompleted")]
    [InlineData("Failed", 1, "PodFailed", "True", null)]
    public void A_finished_pod_is_not_ready_and_says_why(string phase, int exitCode, string reason, string initialized, string? initializedReason)
    {
        var status = Build(One("Never"), Observation(Exited(exitCode)), over: true);
        Assert.Equal(phase, status.Phase.ToString());
        Assert.Equal(("False", reason, null), Words(status.Condition("Ready")!));
        Assert.Equal(("False", reason, null), Words(status.Condition("ContainersReady")!));
        Assert.Equal((initialized, initializedReason, null), Words(status.Condition("Initialized")!));
    }

    [Fact]
    public void A_condition_keeps_its_time_while_it_keeps_its_status()
    {
        var first = Build(One(), Observation(), now: 10);
        var second = Build(One(status: first), Observation(Running()), now: 20);
        Assert.Equal((At(10), At(20)), (second.Condition("Initialized")!.LastTransitionTime, second.Condition("Ready")!.LastTransitionTime));
        var third = Build(One(status: second), Observation(Running()), now: 30);
        Assert.Equal(second.Conditions, third.Conditions);
        Assert.Equal(At(40), Build(One(status: third), Observation(Exited(1)), now: 40).Condition("Ready")!.LastTransitionTime);
    }

    [Fact]
    public void Conditions_of_others_stay()
    {
        var before = new PodStatus { Conditions = [new PodCondition("example.com/x", "Unknown") { Message = "m", LastTransitionTime = Start }, new PodCondition("PodScheduled", "True") { LastTransitionTime = At(3) }] };
        var status = Build(One(status: before), Observation(Running()));
        Assert.Equal(before.Conditions[0], status.Conditions[0]);
        Assert.Equal(At(3), status.Condition("PodScheduled")!.LastTransitionTime);
        Assert.Equal(5, status.Conditions.Count);
    }

    [Fact]
    public void Readiness_gates_hold_a_pod_back()
    {
        var pod = Pod("{'readinessGates':[{'conditionType':'a'},{'conditionType':'b'}],'containers':[{'name':'c','image':'busybox:1.35'}]}", new PodStatus { Conditions = [new PodCondition("a", "False")] });
        var status = Build(pod, Observation(Running()));
        Assert.Equal("True", status.Condition("ContainersReady")!.Status);
        Assert.Equal(("False", "ReadinessGatesNotReady", "the status of pod readiness gate \"a\" is not \"True\", but False, corresponding condition of pod readiness gate \"b\" does not exist."), Words(status.Condition("Ready")!));
        Assert.Equal("True", Build(pod with { Status = new PodStatus { Conditions = [new PodCondition("a", "True"), new PodCondition("b", "True")] } }, Observation(Running())).Condition("Ready")!.Status);
    }

    static (string, string?, string?) Words(PodCondition condition) => (condition.Status, condition.Reason, condition.Message);
}
