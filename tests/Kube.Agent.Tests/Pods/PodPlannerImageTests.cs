using Kube.Agent.Pods;
using Kube.Agent.Status;
using static Kube.Agent.Tests.Pods.Given;

namespace Kube.Agent.Tests.Pods;

public class PodPlannerImageTests
{
    static PodPlan Plan(ImageState? image, double now = 100, PodStatus? status = null, params ObservedContainer[] containers) => PodPlanner.Plan(
        One(status: status),
        Observation(containers) with { Images = image is null ? new Dictionary<string, ImageState>() : new Dictionary<string, ImageState> { ["c"] = image } },
        At(now));

    static WaitingState? WaitingOf(PodPlan plan) => plan.Status.Find("c")!.State.Waiting;

    static readonly ImageState.Failed Refused = new("ErrImagePull", "failed to pull image \"busybox:1.35\": as ann at r (from f): unauthorized", At(100), At(110));

    [Fact]
    public void Progress_is_the_waiting_message()
    {
        Assert.Equal("pull c", Text(Plan(null)));
        Assert.Equal(new WaitingState("ContainerCreating"), WaitingOf(Plan(new ImageState.Pulling(null, null))));
        Assert.Equal(new WaitingState("ContainerCreating") { Message = "half" }, WaitingOf(Plan(new ImageState.Pulling("half", null))));
    }

    [Fact]
    public void A_failed_pull_is_an_error_first_and_then_a_wait()
    {
        var error = Plan(Refused);
        Assert.Equal("", Text(error));
        Assert.Equal(new WaitingState("ErrImagePull") { Message = Refused.Message }, WaitingOf(error));
        Assert.Equal(At(102), error.WakeAt);

        var wait = Plan(Refused, 102, error.Status);
        Assert.Equal("", Text(wait));
        Assert.Equal(new WaitingState("ImagePullBackOff") { Message = $"Back-off pulling image \"busybox:1.35\": ErrImagePull: {Refused.Message}" }, WaitingOf(wait));
        Assert.Equal(["BackOff: Back-off pulling image \"busybox:1.35\"", "Failed: Error: ImagePullBackOff"], EventsOf(wait));
        Assert.Equal(At(110), wait.WakeAt);
        Assert.Empty(EventsOf(Plan(Refused, 103, wait.Status)));

        var again = Plan(Refused, 110, wait.Status);
        Assert.Equal("pull c", Text(again));
        Assert.Equal("ImagePullBackOff", WaitingOf(again)?.Reason);
        // While the next pull is under way the last failure is still what people want to know.
        Assert.Equal("ImagePullBackOff", WaitingOf(Plan(new ImageState.Pulling("half", Refused), 111, again.Status))?.Reason);
        Assert.Equal(PodPhase.Pending, again.Status.Phase);
    }

    [Theory]
    [InlineData("ErrImageNeverPull")]
    [InlineData("ImageInspectError")]
    public void Other_failures_are_shown_as_they_are_and_tried_again(string reason)
    {
        var failed = new ImageState.Failed(reason, "why", At(100), At(110));
        Assert.Equal(new WaitingState(reason) { Message = "why" }, WaitingOf(Plan(failed)));
        Assert.Equal("", Text(Plan(failed, 109)));
        Assert.Equal("pull c", Text(Plan(failed, 110)));
        Assert.Equal(reason, WaitingOf(Plan(new ImageState.Pulling(null, failed), 110))?.Reason);
    }

    [Fact]
    public void A_wrong_name_is_not_tried_again()
    {
        var plan = Plan(new ImageState.Failed("InvalidImageName", "why", At(0), null), 10_000);
        Assert.Equal("", Text(plan));
        Assert.Null(plan.WakeAt);
        Assert.Equal("InvalidImageName", WaitingOf(plan)?.Reason);
    }

    [Fact]
    public void A_restart_that_waits_for_its_image_shows_the_last_end()
    {
        var failing = Plan(Refused, 102, null, Exited(1));
        Assert.Equal("ImagePullBackOff", WaitingOf(failing)?.Reason);
        Assert.Equal(1, failing.Status.Find("c")!.LastState.Terminated!.ExitCode);
        // As long as all goes well it is the end itself that shows.
        Assert.Equal(1, Plan(new ImageState.Pulling("half", null), 102, null, Exited(1)).Status.Find("c")!.State.Terminated!.ExitCode);
    }
}
