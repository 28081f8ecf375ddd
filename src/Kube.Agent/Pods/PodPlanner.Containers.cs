using Kube.Agent.Probes;
using Kube.Agent.Status;

namespace Kube.Agent.Pods;

/// <summary>One container: keep it running, restart it in its time, or let it be.</summary>
static partial class PodPlanner
{
    /// <summary>How long a failed pull or start is shown as such, before the wait for the next one is: long enough to be seen.</summary>
    internal static readonly TimeSpan ErrorShown = TimeSpan.FromSeconds(2);

    /// <summary>Does for a container what its policy asks for. False when it is over for good.</summary>
    static bool Keep(Planning plan, ContainerSpec container, ObservedContainer sandbox, RestartPolicy policy)
    {
        var newest = plan.Observation.Newest(plan.Pod, container.Name);
        var hash = ContainerHash.Of(container);
        if (newest is { IsRunning: true })
        {
            if (newest.Identity.Hash != hash && newest.Identity.Hash.Length > 0)
                plan.Stop(newest, Grace(plan.Pod.Spec), $"Container {container.Name} definition changed, will be restarted");
            else if (plan.Observation.Probes.GetValueOrDefault(newest.Id)?.Failed is { } failed)
                plan.Stop(newest, ProbeGrace(plan.Pod.Spec, container, failed), $"Container {container.Name} failed {failed.ToString().ToLowerInvariant()} probe{(policy == RestartPolicy.Never ? "" : ", will be restarted")}");
            return true;
        }

        if (newest is { HasEnded: false } created && created.Identity.SandboxId == sandbox.Id)
        {
            if (!Retry(plan, container))
                plan.Do(new PodAction.StartContainer(container.Name, created.Id, created.Attempt));
            return true;
        }

        if (newest is null or { HasEnded: false })
        {
            if (plan.ExitCodeOf(container) is { } lost && !Restarts(policy, lost))
                return false;
            Start(plan, container, sandbox, TimeSpan.Zero);
            return true;
        }

        var changed = newest.Identity.Hash != hash && newest.Identity.Hash.Length > 0;
        if (!changed && !Restarts(policy, newest.Container.ExitCode))
            return false;

        if (newest.CannotRun && plan.WaitsUntil(newest.EndedAt + ErrorShown))
        {
            plan.Show(container, Reasons.RunContainerError, newest.Container.Error);
            return true;
        }
        var wait = RestartBackoff.After(newest, hash);
        if (plan.WaitsUntil(newest.EndedAt + wait))
        {
            if (plan.WaitingReasonBefore(container) != Reasons.CrashLoopBackOff)
                plan.Tell(PodAction.RecordEvent.Warning, "BackOff", $"Back-off restarting failed container {container.Name} in pod {plan.Pod.FullName}", container);
            plan.Show(container, Reasons.CrashLoopBackOff, $"back-off {RestartBackoff.Format(wait)} restarting failed container={container.Name} pod={plan.Pod.FullName}");
        }
        else
            Start(plan, container, sandbox, wait);
        return true;
    }

    /// <summary>Makes the next attempt as soon as its image is there.</summary>
    static void Start(Planning plan, ContainerSpec container, ObservedContainer sandbox, TimeSpan wait)
    {
        // An attempt that is over shows its end until there is more to say than that the next one is on its way.
        plan.ShowRestart(container);
        if (Retry(plan, container) || !HasVolumes(plan))
            return;

        switch (plan.Observation.Images.GetValueOrDefault(container.Name))
        {
            case null:
                plan.Do(new PodAction.PullImage(container));
                break;
            case ImageState.Pulling { After: { } failed }:
                plan.Show(container, BackedOff(failed.Reason), BackedOff(container, failed));
                break;
            case ImageState.Pulling { Progress: var progress }:
                if (progress is not null && plan.Observation.Newest(plan.Pod, container.Name) is null)
                    plan.Show(container, plan.DefaultReason, progress);
                break;
            case ImageState.Ready ready:
                var attempt = plan.NextAttempt(container);
                plan.Do(new PodAction.CreateContainer(container, attempt, sandbox.Id, ready.ImageId, attempt == 0 ? null : wait));
                break;
            case ImageState.Failed failed:
                ShowFailedImage(plan, container, failed);
                break;
        }
    }

    static void ShowFailedImage(Planning plan, ContainerSpec container, ImageState.Failed failed)
    {
        if (failed.Reason != Reasons.ErrImagePull)
        {
            plan.Show(container, failed.Reason, failed.Message);
            if (failed.RetryAt is { } retry && !plan.WaitsUntil(retry))
                plan.Do(new PodAction.PullImage(container));
            return;
        }
        if (plan.WaitsUntil(failed.At + ErrorShown))
        {
            plan.Show(container, failed.Reason, failed.Message);
            return;
        }
        plan.Show(container, Reasons.ImagePullBackOff, BackedOff(container, failed));
        if (plan.WaitingReasonBefore(container) != Reasons.ImagePullBackOff)
        {
            plan.Tell(PodAction.RecordEvent.Normal, "BackOff", $"Back-off pulling image \"{container.Image}\"", container);
            plan.Tell(PodAction.RecordEvent.Warning, "Failed", "Error: ImagePullBackOff", container);
        }
        if (failed.RetryAt is { } due && !plan.WaitsUntil(due))
            plan.Do(new PodAction.PullImage(container));
    }

    static string BackedOff(string reason) => reason == Reasons.ErrImagePull ? Reasons.ImagePullBackOff : reason;

    static string BackedOff(ContainerSpec container, ImageState.Failed failed) =>
        failed.Reason == Reasons.ErrImagePull ? $"Back-off pulling image \"{container.Image}\": {failed.Reason}: {failed.Message}" : failed.Message;

    /// <summary>Whether the last try failed and the next one is not due yet.</summary>
    static bool Retry(Planning plan, ContainerSpec container)
    {
        if (plan.Observation.Failures.GetValueOrDefault(container.Name) is not { } failure || failure.Attempt != plan.NextAttempt(container))
            return false;
        plan.Show(container, failure.Reason, failure.Message);
        return plan.WaitsUntil(failure.RetryAt);
    }

    /// <summary>The grace period of the probe that has failed, else the pod's.</summary>
    static TimeSpan ProbeGrace(PodSpec spec, ContainerSpec container, ProbeType failed) =>
        GracePeriod.Of((failed == ProbeType.Startup ? container.StartupProbe : container.LivenessProbe)?.TerminationGracePeriodSeconds ?? spec.GracePeriodSeconds);
}
