using Kube.Agent.Pods;

namespace Kube.Agent.Status;

/// <summary>Makes a pod's status from what is known of its containers. Pure.</summary>
static class PodStatusBuilder
{
    /// <summary>Makes the status.</summary>
    /// <param name="pod">The pod, with the status that the API has.</param>
    /// <param name="observation">Its containers.</param>
    /// <param name="views">What the planner says of containers, by name.</param>
    /// <param name="outcome">How the pod stands as a whole.</param>
    /// <param name="now">The time.</param>
    public static PodStatus Build(Pod pod, PodObservation observation, IReadOnlyDictionary<string, ContainerView> views, PodOutcome outcome, DateTimeOffset now)
    {
        ContainerStatus StatusOf(ContainerSpec container, bool isInit) =>
            ContainerStatusBuilder.Build(pod, container, isInit, observation, views.GetValueOrDefault(container.Name) ?? ContainerView.None);

        var init = pod.Spec.InitContainers.Select(container => StatusOf(container, isInit: true)).ToArray();
        var main = pod.Spec.Containers.Select(container => StatusOf(container, isInit: false)).ToArray();
        var previous = pod.Status;
        var phase = previous.IsFinal ? previous.Phase
            : outcome is { Over: true, Reason: not null } ? PodPhase.Failed
            : PodPhases.Of(pod.Spec, init, main, outcome.Over);
        // What still has to be stopped (side-cars) keeps the pod from its final phase.
        if (!outcome.Over && !previous.IsFinal && phase is PodPhase.Succeeded or PodPhase.Failed)
            phase = previous.Phase;

        var ip = PodIPOf(pod, observation, outcome.Over || previous.IsFinal);
        return new PodStatus
        {
            Phase = phase,
            Reason = previous.IsFinal ? previous.Reason : outcome.Reason,
            Message = previous.IsFinal ? previous.Message : outcome.Message,
            HostIP = observation.HostIP,
            HostIPs = [new AddressStatus(observation.HostIP)],
            PodIP = ip,
            PodIPs = ip is null ? null : [new AddressStatus(ip)],
            StartTime = previous.StartTime ?? KubeTime.Truncate(now),
            QosClass = previous.QosClass ?? QosClass.Of(pod.Spec),
            Conditions = PodConditions.Build(pod, phase, init, main, now),
            InitContainerStatuses = init.Length == 0 ? null : init,
            ContainerStatuses = main,
        };
    }

    static string? PodIPOf(Pod pod, PodObservation observation, bool over)
    {
        if (observation.NewestSandbox is not { IsRunning: true } sandbox)
            return over || pod.IsTerminating ? pod.Status.PodIP : null;
        return pod.Spec.HostNetwork ? observation.HostIP : sandbox.Container.Address is { Length: > 0 } address ? address : null;
    }
}

/// <summary>How a pod stands as a whole.</summary>
/// <param name="Over">Nothing of it runs and nothing will.</param>
/// <param name="Reason">Why the node ends it, such as <c>DeadlineExceeded</c>; null: it ends by itself or not at all.</param>
/// <param name="Message">The sentence that goes with it.</param>
sealed record PodOutcome(bool Over, string? Reason = null, string? Message = null)
{
    public static PodOutcome GoesOn { get; } = new(Over: false);
}
