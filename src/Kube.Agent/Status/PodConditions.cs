using Kube.Agent.Pods;

namespace Kube.Agent.Status;

/// <summary>The conditions that a node sets, with the kubelet's messages (<c>status/generate.go</c>).</summary>
static class PodConditions
{
    public const string PodScheduled = "PodScheduled";
    public const string Initialized = "Initialized";
    public const string ContainersReady = "ContainersReady";
    public const string Ready = "Ready";

    /// <summary>The previous conditions with the node's own brought up to date; a condition's time changes with its status alone.</summary>
    public static IReadOnlyList<PodCondition> Build(Pod pod, PodPhase phase, IReadOnlyList<ContainerStatus> init, IReadOnlyList<ContainerStatus> main, DateTimeOffset now)
    {
        var containersReady = ContainersReadyOf(pod.Spec, phase, init, main);
        PodCondition[] own =
        [
            new(PodScheduled, PodCondition.True),
            InitializedOf(pod.Spec, phase, init, main),
            containersReady,
            ReadyOf(pod, containersReady),
        ];

        var conditions = pod.Status.Conditions.ToList();
        foreach (var condition in own)
        {
            var index = conditions.FindIndex(existing => existing.Type == condition.Type);
            var previous = index < 0 ? null : conditions[index];
            var stamped = condition with
            {
                LastTransitionTime = previous?.Status == condition.Status ? previous.LastTransitionTime ?? KubeTime.Truncate(now) : KubeTime.Truncate(now),
                ObservedGeneration = previous?.ObservedGeneration,
            };
            if (index < 0)
                conditions.Add(stamped);
            else
                conditions[index] = stamped;
        }
        return conditions;
    }

    static PodCondition InitializedOf(PodSpec spec, PodPhase phase, IReadOnlyList<ContainerStatus> init, IReadOnlyList<ContainerStatus> main)
    {
        if (phase == PodPhase.Succeeded)
            return new PodCondition(Initialized, PodCondition.True) { Reason = Reasons.PodCompleted };
        if (main.Any(PodPhases.HasRun))
            return new PodCondition(Initialized, PodCondition.True);

        var incomplete = spec.InitContainers.Zip(init)
            .Where(pair => pair.First.IsSidecar ? pair.Second.Started != true : !pair.Second.Ready)
            .Select(pair => pair.First.Name)
            .ToArray();
        return incomplete.Length == 0
            ? new PodCondition(Initialized, PodCondition.True)
            : new PodCondition(Initialized, PodCondition.False)
            {
                Reason = Reasons.ContainersNotInitialized,
                Message = $"containers with incomplete status: [{string.Join(' ', incomplete)}]",
            };
    }

    static PodCondition ContainersReadyOf(PodSpec spec, PodPhase phase, IReadOnlyList<ContainerStatus> init, IReadOnlyList<ContainerStatus> main)
    {
        if (phase is PodPhase.Succeeded or PodPhase.Failed)
            return new PodCondition(ContainersReady, PodCondition.False) { Reason = phase == PodPhase.Succeeded ? Reasons.PodCompleted : Reasons.PodFailed };

        var unready = spec.InitContainers.Zip(init).Where(pair => pair.First.IsSidecar && !pair.Second.Ready).Select(pair => pair.First.Name)
            .Concat(main.Where(status => !status.Ready).Select(status => status.Name))
            .ToArray();
        return unready.Length == 0
            ? new PodCondition(ContainersReady, PodCondition.True)
            : new PodCondition(ContainersReady, PodCondition.False)
            {
                Reason = Reasons.ContainersNotReady,
                Message = $"containers with unready status: [{string.Join(' ', unready)}]",
            };
    }

    static PodCondition ReadyOf(Pod pod, PodCondition containersReady)
    {
        if (containersReady.Status != PodCondition.True)
            return containersReady with { Type = Ready };

        var closed = pod.Spec.ReadinessGates
            .Select(gate => (gate.ConditionType, Condition: pod.Status.Condition(gate.ConditionType)))
            .Where(gate => gate.Condition?.Status != PodCondition.True)
            .Select(gate => gate.Condition is null
                ? $"corresponding condition of pod readiness gate \"{gate.ConditionType}\" does not exist."
                : $"the status of pod readiness gate \"{gate.ConditionType}\" is not \"True\", but {gate.Condition.Status}")
            .ToArray();
        return closed.Length == 0
            ? new PodCondition(Ready, PodCondition.True)
            : new PodCondition(Ready, PodCondition.False) { Reason = Reasons.ReadinessGatesNotReady, Message = string.Join(", ", closed) };
    }
}
