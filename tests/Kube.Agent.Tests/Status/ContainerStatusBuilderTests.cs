using Kube.Agent.Pods;
using Kube.Agent.Status;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Status;

public class ContainerStatusBuilderTests
{
    static readonly ContainerView Restarts = ContainerView.None with { Restarts = true };

    static ContainerStatus Build(PodObservation observation, ContainerView? view = null, PodStatus? previous = null, Pod? pod = null, double? deletedAt = null)
    {
        pod ??= One(status: previous, deletedAt: deletedAt);
        return ContainerStatusBuilder.Build(pod, pod.Spec.Containers[0], isInit: false, observation, view ?? ContainerView.None);
    }

    [Fact]
    public void With_nothing_known_the_container_waits()
    {
        var status = Build(Nothing);
        Assert.Equal(new WaitingState("ContainerCreating"), status.State.Waiting);
        Assert.Equal(("c", "busybox:1.35", "", null, 0, false, false), (status.Name, status.Image, status.ImageID, status.ContainerID, status.RestartCount, status.Ready, status.Started));
        Assert.Equal(ContainerState.None, status.LastState);
    }

    [Theory]
    [InlineData("busybox", "busybox:latest")]
    [InlineData("docker.io/library/busybox:1", "busybox:1")]
    [InlineData("r.example:5000/a/b", "r.example:5000/a/b:latest")]
    [InlineData("NOT AN IMAGE", "NOT AN IMAGE")]
    public void The_image_is_named_in_full(string image, string expected) =>
        Assert.Equal(expected, Build(Nothing, pod: Pod($"{{'containers':[{{'name':'c','image':'{image}'}}]}}")).Image);

    [Fact]
    public void A_running_container_is_started_and_ready()
    {
        var status = Build(Observation(Running(attempt: 2, startedAt: 8)));
        Assert.Equal(At(8), status.State.Running!.StartedAt);
        Assert.Equal((true, true, 2, "docker://c2"), (status.Ready, status.Started, status.RestartCount, status.ContainerID));
    }

    [Theory]
    [InlineData(0, false, "Completed")]
    [InlineData(1, false, "Error")]
    [InlineData(137, false, "Error")]
    [InlineData(137, true, "OOMKilled")]
    [InlineData(0, true, "OOMKilled")]
    [InlineData(255, false, "Error")]
    public void A_finished_container_is_terminated(int exitCode, bool oom, string reason)
    {
        var status = Build(Observation(Exited(exitCode, startedAt: 2, finishedAt: 5, oom: oom)));
        Assert.Equal(new TerminatedState(exitCode) { Reason = reason, StartedAt = At(2), FinishedAt = At(5), ContainerID = "docker://c0" }, status.State.Terminated);
        Assert.Equal((false, false), (status.Ready, status.Started));
    }

    [Fact]
    public void A_start_that_failed_is_an_end_of_its_own()
    {
        var status = Build(Observation(Created(exitCode: 127, error: "no such file", createdAt: 4)));
        Assert.Equal(new TerminatedState(127) { Reason = "ContainerCannotRun", Message = "no such file", FinishedAt = At(4), ContainerID = "docker://c0" }, status.State.Terminated);
    }

    [Fact]
    public void One_that_is_made_and_not_started_waits()
    {
        var status = Build(Observation(Created(attempt: 1), Exited(3)));
        Assert.Equal("ContainerCreating", status.State.Waiting!.Reason);
        Assert.Equal((1, 3), (status.RestartCount, status.LastState.Terminated!.ExitCode));
    }

    [Fact]
    public void The_attempt_before_is_the_last_state()
    {
        var status = Build(Observation(Running(attempt: 3), Exited(4, attempt: 2), Exited(9, attempt: 1)));
        Assert.Equal(4, status.LastState.Terminated!.ExitCode);
    }

    [Fact]
    public void Without_the_attempt_before_the_api_remembers_it()
    {
        var ended = new TerminatedState(4) { Reason = "Error", ContainerID = "docker://c2" };
        PodStatus Before(int restartCount, ContainerState state, TerminatedState? last = null) => new()
        {
            ContainerStatuses = [new ContainerStatus { Name = "c", RestartCount = restartCount, State = state, LastState = new ContainerState { Terminated = last } }],
        };
        var terminated = new ContainerState { Terminated = ended };
        var running = new ContainerState { Running = new RunningState(Start) };
        Assert.Equal(ended, Build(Observation(Running(attempt: 3)), previous: Before(2, terminated)).LastState.Terminated);
        Assert.Equal(ended, Build(Observation(Running(attempt: 3)), previous: Before(3, running, ended)).LastState.Terminated);
        Assert.Equal(ended, Build(Observation(Running(attempt: 3)), previous: Before(2, new ContainerState { Waiting = new WaitingState("CrashLoopBackOff") }, ended)).LastState.Terminated);
        Assert.Equal((137, "ContainerStatusUnknown"), Build(Observation(Running(attempt: 3)), previous: Before(2, running)).LastState.Terminated is { } lost ? (lost.ExitCode, lost.Reason) : default);
        Assert.Equal(ContainerState.None, Build(Observation(Running(attempt: 3))).LastState);
    }

    [Fact]
    public void A_restart_that_waits_shows_the_wait_and_the_end_before_it()
    {
        var status = Build(Observation(Exited(1, attempt: 5), Exited(2, attempt: 4)), new ContainerView("CrashLoopBackOff", "m", Restarts: true));
        Assert.Equal(new WaitingState("CrashLoopBackOff") { Message = "m" }, status.State.Waiting);
        Assert.Equal((1, 5), (status.LastState.Terminated!.ExitCode, status.RestartCount));
        // Without a reason to wait it is the end that shows.
        Assert.Equal(1, Build(Observation(Exited(1)), Restarts).State.Terminated!.ExitCode);
    }

    [Fact]
    public void One_that_vanished_while_it_ran_counts_as_a_restart()
    {
        var status = Build(Observation(), Restarts, WasRunning(restartCount: 1));
        Assert.Equal("ContainerCreating", status.State.Waiting!.Reason);
        var last = status.LastState.Terminated!;
        Assert.Equal((2, 137, "ContainerStatusUnknown", "docker://old"), (status.RestartCount, last.ExitCode, last.Reason, last.ContainerID));
    }

    [Theory]
    [InlineData(true, "Running")]
    [InlineData(false, "Succeeded")]
    [InlineData(false, "Failed")]
    public void One_that_vanished_from_a_pod_that_ends_is_terminated_and_does_not_count(bool deleted, string phase)
    {
        var status = Build(Observation(), Restarts, WasRunning(restartCount: 1, Enum.Parse<PodPhase>(phase)), deletedAt: deleted ? 130 : null);
        Assert.Equal((1, 137), (status.RestartCount, status.State.Terminated!.ExitCode));
    }

    [Fact]
    public void An_end_that_the_runtime_has_forgotten_stays()
    {
        var before = new PodStatus { ContainerStatuses = [new ContainerStatus { Name = "c", RestartCount = 2, ContainerID = "docker://old", ImageID = "docker://i", State = new ContainerState { Terminated = new TerminatedState(3) } }] };
        Assert.Equal((3, 2), Build(Observation(), previous: before) is var kept ? (kept.State.Terminated!.ExitCode, kept.RestartCount) : default);
        var restarts = Build(Observation(), Restarts, before);
        Assert.Equal(("ContainerCreating", 3, 2), (restarts.State.Waiting!.Reason, restarts.LastState.Terminated!.ExitCode, restarts.RestartCount));
    }

    [Theory]
    [InlineData(null, "docker://sha256:1")]
    [InlineData("busybox@sha256:2", "docker-pullable://busybox@sha256:2")]
    public void The_image_id_is_the_registries_if_they_know_it(string? digest, string expected)
    {
        var digests = digest is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["sha256:1"] = digest };
        Assert.Equal(expected, Build(Observation(Running()) with { RepoDigests = digests }).ImageID);
    }

    [Fact]
    public void Ids_name_the_runtime() =>
        Assert.Equal("simulated://c0", Build(Observation(Running()) with { RuntimeScheme = "simulated" }).ContainerID);

    [Fact]
    public void Last_words_are_the_message() =>
        Assert.Equal("bye", Build(Observation(Exited(1)) with { TerminationMessages = new Dictionary<string, string> { ["c0"] = "bye" } }).State.Terminated!.Message);

    [Theory]
    [InlineData("'readinessProbe':{'tcpSocket':{'port':1}}", false, false)]
    [InlineData("'readinessProbe':{'tcpSocket':{'port':1}}", true, true)]
    [InlineData("'livenessProbe':{'exec':{'command':['a']}}", false, true)]
    [InlineData("'livenessProbe':{'httpGet':{'port':1}}", false, false)]
    [InlineData("'livenessProbe':{'httpGet':{'port':1,'host':'192.0.2.3'}}", false, true)]
    [InlineData("'startupProbe':{'grpc':{'port':1}}", true, false)]
    public void One_with_a_probe_that_cannot_be_run_is_never_ready(string probe, bool reachesPods, bool ready)
    {
        var observation = Observation(Running()) with { ReachesPods = reachesPods, Probes = new Dictionary<string, ProbeResults> { ["c0"] = new(true, true, null) } };
        Assert.Equal(ready, Build(observation, pod: Pod($"{{'containers':[{{'name':'c','image':'busybox:1.35',{probe}}}]}}")).Ready);
    }

    [Theory]
    [InlineData(true, true, null, true, true)]
    [InlineData(true, false, null, true, false)]
    [InlineData(false, true, null, false, false)]
    [InlineData(false, false, null, false, false)]
    [InlineData(true, true, "Liveness", true, true)]
    [InlineData(null, null, null, false, false)]
    public void One_that_is_probed_is_ready_when_it_has_started_and_its_probe_passes(bool? startupPasses, bool? readinessPasses, string? failed, bool started, bool ready)
    {
        var probes = new Dictionary<string, ProbeResults>();
        if (startupPasses is { } startup && readinessPasses is { } readiness)
            probes["c0"] = new ProbeResults(startup, readiness, failed is null ? null : Enum.Parse<Kube.Agent.Probes.ProbeType>(failed));
        const string probe = "{'exec':{'command':['a']}}";
        var status = Build(Observation(Running()) with { Probes = probes }, pod: Pod($"{{'containers':[{{'name':'c','image':'busybox:1.35','startupProbe':{probe},'readinessProbe':{probe}}}]}}"));
        Assert.Equal((started, ready), (status.Started, status.Ready));
    }

    [Fact]
    public void An_init_container_is_ready_when_it_is_done()
    {
        var pod = Pod("{'initContainers':[{'name':'i','image':'busybox:1.35'}],'containers':[{'name':'c','image':'busybox:1.35'}]}");
        ContainerStatus Of(ObservedContainer container) => ContainerStatusBuilder.Build(pod, pod.Spec.InitContainers[0], isInit: true, Observation(container), ContainerView.None);
        Assert.True(Of(Exited(0, "i")).Ready);
        Assert.False(Of(Exited(1, "i")).Ready);
        Assert.False(Of(Running("i")).Ready);
        Assert.Equal("PodInitializing", ContainerStatusBuilder.Build(pod, pod.Spec.Containers[0], isInit: false, Observation(), ContainerView.None).State.Waiting!.Reason);
    }
}
