using System.Text;
using Kube.Agent.Pods;
using Kube.Agent.Status;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Status;

public class StatusPatchTests
{
    static string? Patch(PodStatus before, PodStatus after) => StatusPatch.Between("u1", null, before, after, AgentJson.Default.PodStatus) is { } patch ? Encoding.UTF8.GetString(patch) : null;

    [Fact]
    public void Nothing_changed_is_no_patch()
    {
        Assert.Null(Patch(PodStatus.Empty, PodStatus.Empty));
        Assert.Null(Patch(WasRunning(), WasRunning()));
    }

    [Fact]
    public void Only_what_changed_is_in_the_patch_and_what_is_gone_is_null()
    {
        var before = new PodStatus { Phase = PodPhase.Running, PodIP = "10.0.0.1", PodIPs = [new AddressStatus("10.0.0.1")], HostIP = "h", Reason = "r" };
        Assert.Equal("""{"metadata":{"uid":"u1"},"status":{"phase":"Succeeded","reason":null}}""", Patch(before, before with { Phase = PodPhase.Succeeded, Reason = null }));
        Assert.Equal("""{"metadata":{"uid":"u1"},"status":{"podIP":null,"podIPs":null}}""", Patch(before, before with { PodIP = null, PodIPs = null }));
    }

    [Fact]
    public void Times_are_whole_seconds_of_utc()
    {
        var later = new PodStatus { StartTime = new DateTimeOffset(2026, 5, 6, 9, 8, 7, 654, TimeSpan.FromHours(2)) };
        Assert.Equal("""{"metadata":{"uid":"u1"},"status":{"startTime":"2026-05-06T07:08:07Z"}}""", Patch(PodStatus.Empty, later));
        Assert.Null(Patch(later, later with { StartTime = later.StartTime!.Value.AddMilliseconds(300) }));
    }

    [Fact]
    public void A_container_is_written_as_the_kubelet_writes_it()
    {
        var status = new PodStatus { ContainerStatuses = [new ContainerStatus { Name = "c", State = new ContainerState { Running = new RunningState(Start) }, Ready = true, Started = true, ImageID = "i", Image = "b", ContainerID = "docker://1", RestartCount = 1, LastState = new ContainerState { Terminated = new TerminatedState(1) { Reason = "Error", FinishedAt = Start } } }] };
        Assert.Equal(
            """{"metadata":{"uid":"u1"},"status":{"containerStatuses":[{"name":"c","state":{"running":{"startedAt":"2026-01-02T03:04:05Z"}},"lastState":{"terminated":{"exitCode":1,"reason":"Error","finishedAt":"2026-01-02T03:04:05Z"}},"ready":true,"restartCount":1,"image":"b","imageID":"i","containerID":"docker://1","started":true}]}}""",
            Patch(PodStatus.Empty, status));
    }
}
