using Kube.Agent.Status;

namespace Kube.Agent.Tests;

public class LogSourceTests
{
    static readonly ContainerState Running = new() { Running = new RunningState(null) };

    static ContainerState Ended(string? id) => new() { Terminated = new TerminatedState(1) { ContainerID = id } };

    static ContainerState Waiting(string reason) => new() { Waiting = new WaitingState(reason) };

    static LogSource Find(ContainerState state, ContainerState? last = null, string? id = null, bool previous = false) => LogSource.Find(
        "web", "c", new PodStatus { ContainerStatuses = [new ContainerStatus { Name = "c", State = state, LastState = last ?? ContainerState.None, ContainerID = id }] }, previous);

    [Fact]
    public void The_running_container_is_meant() => Assert.Equal("new", Find(Running, Ended("docker://old"), "docker://new").Id);

    [Fact]
    public void Of_an_ended_one_its_own_log_else_the_last() =>
        Assert.Equal(("new", "old"), (Find(Ended("docker://new"), Ended("docker://old")).Id, Find(Ended(null), Ended("docker://old")).Id));

    [Fact]
    public void Of_a_waiting_one_the_last() => Assert.Equal("old", Find(Waiting("CrashLoopBackOff"), Ended("docker://old")).Id);

    [Fact]
    public void The_previous_one_is_the_last_state() => Assert.Equal("old", Find(Running, Ended("docker://old"), "docker://new", previous: true).Id);

    [Theory]
    [InlineData("ContainerCreating", "container \"c\" in pod \"web\" is waiting to start: ContainerCreating")]
    [InlineData("PodInitializing", "container \"c\" in pod \"web\" is waiting to start: PodInitializing")]
    [InlineData("ErrImagePull", "container \"c\" in pod \"web\" is waiting to start: image can't be pulled")]
    [InlineData("ImagePullBackOff", "container \"c\" in pod \"web\" is waiting to start: trying and failing to pull image")]
    public void One_that_has_not_started_says_what_it_waits_for(string reason, string expected) => Assert.Equal(expected, Find(Waiting(reason)).Refusal);

    [Fact]
    public void What_is_not_there_is_named()
    {
        Assert.Equal("previous terminated container \"c\" in pod \"web\" not found", Find(Running, id: "docker://new", previous: true).Refusal);
        Assert.Equal("previous terminated container \"c\" in pod \"web\" not found", Find(Running, Ended(null), "docker://new", previous: true).Refusal);
        Assert.Equal("container \"c\" in pod \"web\" is terminated", Find(Ended(null)).Refusal);
        Assert.Equal("container \"c\" in pod \"web\" is not available", LogSource.Find("web", "c", PodStatus.Empty, false).Refusal);
        Assert.Equal("container \"c\" in pod \"web\" is not available", LogSource.Find("web", "c", null, false).Refusal);
    }
}
