using Kube.Agent.Pods;

namespace Kube.Agent.Status;

/// <summary>A pod's phase from its containers' statuses: the kubelet's <c>getPhase</c>.</summary>
static class PodPhases
{
    /// <param name="pod">The pod.</param>
    /// <param name="init">The statuses of its init containers, in order.</param>
    /// <param name="main">The statuses of its containers, in order.</param>
    /// <param name="over">Whether nothing runs any more and nothing will.</param>
    public static PodPhase Of(PodSpec pod, IReadOnlyList<ContainerStatus> init, IReadOnlyList<ContainerStatus> main, bool over)
    {
        var pendingInit = false;
        var pendingSidecar = false;
        var running = 0;
        foreach (var (container, status) in pod.InitContainers.Zip(init))
        {
            if (container.IsSidecar)
            {
                pendingSidecar |= status.State.Running is not null ? status.Started != true : Ended(status) is null;
                running += status.State.Running is null ? 0 : 1;
                continue;
            }
            switch (Ended(status))
            {
                case null: pendingInit = true; break;
                case { ExitCode: not 0 } when pod.RestartPolicy == RestartPolicy.Never: return PodPhase.Failed;
                // One that failed and will be tried again has not done its work either.
                case { ExitCode: not 0 }: pendingInit = true; break;
            }
        }

        var (waiting, stopped, succeeded) = (0, 0, 0);
        foreach (var status in main)
        {
            if (status.State.Running is not null)
                running++;
            else if (Ended(status) is { } ended)
                (stopped, succeeded) = (stopped + 1, succeeded + (ended.ExitCode == 0 && status.State.Terminated is not null ? 1 : 0));
            else
                waiting++;
        }

        // Once a container has started, the side-cars and init containers before it no longer keep the pod pending.
        var initialized = main.Any(HasRun);
        if (waiting > 0 || ((pendingInit || pendingSidecar) && !initialized))
            return PodPhase.Pending;
        if (over)
            return stopped == succeeded ? PodPhase.Succeeded : PodPhase.Failed;
        if (running > 0 || pod.RestartPolicy == RestartPolicy.Always)
            return PodPhase.Running;
        if (stopped == succeeded)
            return PodPhase.Succeeded;
        return pod.RestartPolicy == RestartPolicy.Never ? PodPhase.Failed : PodPhase.Running;
    }

    /// <summary>Whether it runs or has run.</summary>
    public static bool HasRun(ContainerStatus status) => status.State.Running is not null || Ended(status) is not null;

    static TerminatedState? Ended(ContainerStatus status) => status.State.Terminated ?? (status.State.Waiting is not null ? status.LastState.Terminated : null);
}
