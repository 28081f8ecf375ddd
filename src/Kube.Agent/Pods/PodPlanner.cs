using Kube.Agent.Probes;
using Kube.Agent.Runtime;
using Kube.Agent.Status;

namespace Kube.Agent.Pods;

/// <summary>
/// Decides what to do about a pod: the kubelet's <c>SyncPod</c> and <c>computePodActions</c> as one pure function. Each call decides from
/// what is there alone, so an agent that starts in the middle goes on where another stopped.
/// </summary>
static partial class PodPlanner
{
    const string DeadlineMessage = "Pod was active on the node longer than the specified deadline";

    /// <summary>Plans for a pod that the API has.</summary>
    public static PodPlan Plan(Pod pod, PodObservation observation, DateTimeOffset now)
    {
        var plan = new Planning(pod, observation, now);
        if (pod.IsTerminating)
            Terminate(plan);
        else if (pod.Status.IsFinal)
            WindDown(plan, Grace(pod.Spec), PodOutcome.GoesOn with { Over = true });
        else if (pod.Spec.ActiveDeadlineSeconds is { } deadline && !plan.WaitsUntil((pod.Status.StartTime ?? now).AddSeconds(deadline)))
            Exceed(plan);
        else if (PodSupport.Refusals(pod.Spec) is { Count: > 0 } refusals)
            Refuse(plan, string.Join("; ", refusals));
        else
            Live(plan);
        Prune(plan);
        return plan.Finish();
    }

    static void Exceed(Planning plan)
    {
        if (plan.Pod.Status.Reason != Reasons.DeadlineExceeded)
            plan.Tell(PodAction.RecordEvent.Warning, Reasons.DeadlineExceeded, DeadlineMessage);
        WindDown(plan, Grace(plan.Pod.Spec), new PodOutcome(Over: true, Reasons.DeadlineExceeded, DeadlineMessage));
    }

    static void Refuse(Planning plan, string message)
    {
        foreach (var container in plan.AllContainers)
        {
            if (plan.Observation.Newest(plan.Pod, container.Name) is null)
                plan.Show(container, Reasons.CreateContainerConfigError, message);
        }
        if (plan.WaitingReasonBefore(plan.Pod.Spec.Containers[0]) != Reasons.CreateContainerConfigError)
            plan.Tell(PodAction.RecordEvent.Warning, "Failed", $"Error: {message}");
    }

    static void Live(Planning plan)
    {
        var (pod, observation) = (plan.Pod, plan.Observation);
        foreach (var notice in PodSupport.Notices(pod.Spec))
            plan.Do(new PodAction.RecordEvent(PodAction.RecordEvent.Warning, "NotSupported", notice) { IsStanding = true });
        if (!pod.Spec.Containers.Any(container => WantsToRun(plan, container)))
        {
            WindDown(plan, Grace(pod.Spec), new PodOutcome(Over: true));
            return;
        }
        var sandbox = observation.NewestSandbox;
        if (sandbox is not { IsRunning: true } || observation.Stopping.ContainsKey(sandbox.Id))
        {
            NewSandbox(plan, sandbox);
            return;
        }

        foreach (var container in plan.AllContainers)
        {
            foreach (var refusal in ProbeSupport.Refusals(container, observation.ReachesPods))
                plan.Do(new PodAction.RecordEvent(PodAction.RecordEvent.Warning, "Unhealthy", refusal, container.Name) { IsStanding = true });
        }
        RefreshVolumes(plan);
        // What runs in a sandbox that is no longer the pod's would not be found under the pod's address.
        foreach (var stray in observation.Containers.Where(container => container.IsRunning && container.Identity.SandboxId is { } id && id != sandbox.Id))
            plan.Stop(stray, Grace(pod.Spec), $"Stopping container {stray.Identity.Container}");

        var initialized = pod.Spec.Containers.Any(container => observation.Attempts(container.Name).Any(attempt => attempt.Identity.SandboxId == sandbox.Id));
        if (Initialize(plan, sandbox, initialized) is var progress && progress != InitProgress.Done)
        {
            if (progress == InitProgress.Failed)
                WindDown(plan, Grace(pod.Spec), new PodOutcome(Over: true));
            return;
        }

        foreach (var container in pod.Spec.Containers)
            Keep(plan, container, sandbox, pod.Spec.RestartPolicy);
    }

    enum InitProgress
    {
        Done,
        Waits,
        Failed,
    }

    /// <summary>Takes init containers and side-cars in order, each only once the one before it is done, or has started.</summary>
    static InitProgress Initialize(Planning plan, ObservedContainer sandbox, bool initialized)
    {
        var (pod, observation) = (plan.Pod, plan.Observation);
        foreach (var container in pod.Spec.InitContainers)
        {
            if (container.IsSidecar)
            {
                Keep(plan, container, sandbox, RestartPolicy.Always);
                if (!initialized && !HasStarted(plan, container, sandbox))
                    return InitProgress.Waits;
                continue;
            }
            if (initialized)
                continue;

            // Work done in a sandbox that is lost is done again: its traces may be lost too.
            var here = observation.Newest(plan.Pod, container.Name) is { } newest && newest.Identity.SandboxId == sandbox.Id ? newest : null;
            if (here is { HasEnded: true, Container.ExitCode: 0 })
                continue;
            var policy = pod.Spec.RestartPolicy == RestartPolicy.Always ? RestartPolicy.OnFailure : pod.Spec.RestartPolicy;
            if (here is null)
                Start(plan, container, sandbox, TimeSpan.Zero);
            else if (!Keep(plan, container, sandbox, policy))
                return InitProgress.Failed;
            return InitProgress.Waits;
        }
        return InitProgress.Done;
    }

    static bool HasStarted(Planning plan, ContainerSpec container, ObservedContainer sandbox) =>
        plan.Observation.Newest(plan.Pod, container.Name) is { IsRunning: true } newest && newest.Identity.SandboxId == sandbox.Id
        && (container.StartupProbe is null || plan.Observation.Probes.GetValueOrDefault(newest.Id) is { Started: true });

    /// <summary>Stops what still runs in a sandbox that is gone, and makes the next one.</summary>
    static void NewSandbox(Planning plan, ObservedContainer? sandbox)
    {
        var (pod, observation) = (plan.Pod, plan.Observation);
        var reason = pod.Spec.InitContainers.Count > 0 ? Reasons.PodInitializing : Reasons.ContainerCreating;
        foreach (var container in plan.AllContainers)
        {
            if (pod.Spec.InitContainers.Contains(container) || WantsToRun(plan, container))
                plan.Show(container, reason, observation.SandboxFailure?.Message);
        }

        var running = observation.Containers.Where(container => container.IsRunning).ToArray();
        if (running.Length > 0)
        {
            foreach (var container in running)
                plan.Stop(container, Grace(pod.Spec), $"Stopping container {container.Identity.Container}");
            return;
        }
        if (sandbox is { IsRunning: true })
            return;
        if (sandbox is not null && !sandbox.HasEnded && observation.SandboxFailure is null)
            plan.Do(new PodAction.StartContainer(ContainerLabels.SandboxName, sandbox.Id, sandbox.Attempt));
        else if (observation.SandboxFailure is { } failure && plan.WaitsUntil(failure.RetryAt))
            return;
        else if (HasVolumes(plan))
        {
            if (sandbox is not null && observation.SandboxFailure is null)
                plan.Tell(PodAction.RecordEvent.Normal, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
            plan.Do(new PodAction.CreateSandbox(sandbox is null ? 0 : sandbox.Attempt + 1));
        }
    }

    /// <summary>Whether a container runs, has never run, or is to be restarted.</summary>
    static bool WantsToRun(Planning plan, ContainerSpec container)
    {
        var (pod, observation) = (plan.Pod, plan.Observation);
        return plan.ExitCodeOf(container) is not { } exitCode
            || Restarts(pod.Spec.RestartPolicy, exitCode)
            || observation.Newest(plan.Pod, container.Name) is { HasEnded: true } newest && newest.Identity.Hash != ContainerHash.Of(container);
    }

    static bool HasVolumes(Planning plan)
    {
        switch (plan.Observation.Volumes)
        {
            case VolumesState.Ready:
                return true;
            case VolumesState.Failed failed when plan.WaitsUntil(failed.RetryAt):
                return false;
            default:
                plan.Do(new PodAction.PrepareVolumes());
                return false;
        }
    }

    /// <summary>Keeps the files of volumes up to date while containers run.</summary>
    static void RefreshVolumes(Planning plan)
    {
        var due = plan.Observation.Volumes switch
        {
            // A new agent has only found the pod running.
            VolumesState.Unknown => plan.Pod.Spec.Volumes.Count > 0,
            VolumesState.Ready { RefreshAt: { } time } => !plan.WaitsUntil(time),
            VolumesState.Failed { RetryAt: var time } => !plan.WaitsUntil(time),
            _ => false,
        };
        if (due)
            plan.Do(new PodAction.PrepareVolumes());
    }

    static bool Restarts(RestartPolicy policy, int exitCode) => policy switch
    {
        RestartPolicy.Always => true,
        RestartPolicy.OnFailure => exitCode != 0,
        _ => false,
    };

    static TimeSpan Grace(PodSpec spec) => GracePeriod.Of(spec.GracePeriodSeconds);
}
