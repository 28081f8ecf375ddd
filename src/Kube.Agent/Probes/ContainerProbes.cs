using Kube.Agent.Pods;
using Kube.Agent.Status;

namespace Kube.Agent.Probes;

/// <summary>The probes of one attempt of a container: which are to be tried, and what they say together. Pure.</summary>
sealed record ContainerProbes
{
    public ProbeState? Startup { get; private init; }
    public ProbeState? Liveness { get; private init; }
    public ProbeState? Readiness { get; private init; }

    /// <summary>Whether the pod is being deleted: nothing is killed or restarted for a probe's sake then.</summary>
    public bool Terminating { get; init; }

    /// <summary>Whether pods have addresses that this machine reaches.</summary>
    public required bool ReachesPods { get; init; }

    /// <summary>The probes of a container that has just been seen running.</summary>
    /// <param name="container">The container.</param>
    /// <param name="startedAt">When it was started.</param>
    /// <param name="before">Its status in the API if that is of this very attempt: another agent's findings hold until a probe says otherwise.</param>
    /// <param name="reachesPods">Whether this machine reaches the pods' addresses.</param>
    public static ContainerProbes Begin(ContainerSpec container, DateTimeOffset startedAt, ContainerStatus? before, bool reachesPods)
    {
        ProbeState? Of(ProbeType type, ProbeSpec? spec, bool passed) => spec is null ? null : ProbeState.Begin(type, spec, startedAt, passed);
        return new ContainerProbes
        {
            Startup = Of(ProbeType.Startup, container.StartupProbe, before?.Started == true),
            Liveness = Of(ProbeType.Liveness, container.LivenessProbe, passed: false),
            Readiness = Of(ProbeType.Readiness, container.ReadinessProbe, before?.Ready == true),
            ReachesPods = reachesPods,
        };
    }

    /// <summary>The probe to try, at its time; null: there is nothing to try (for now). Until the startup probe has passed there is none but that.</summary>
    public ProbeState? ToTry(ProbeType type)
    {
        var state = type switch
        {
            ProbeType.Startup => Startup,
            ProbeType.Liveness => Liveness,
            _ => Readiness,
        };
        return state is null or { IsOver: true }
            || (type != ProbeType.Startup && !Started)
            || (type != ProbeType.Readiness && Terminating)
            || ProbeSupport.Refusal(state.Spec, ReachesPods) is not null ? null : state;
    }

    public ContainerProbes After(ProbeType type, ProbeOutcome outcome, DateTimeOffset begunAt) => type switch
    {
        ProbeType.Startup => this with { Startup = Startup?.After(outcome, begunAt) },
        ProbeType.Liveness => this with { Liveness = Liveness?.After(outcome, begunAt) },
        _ => this with { Readiness = Readiness?.After(outcome, begunAt) },
    };

    public ProbeResults Results => new(
        Started,
        Readiness is null or { Verdict: ProbeVerdict.Passes },
        Terminating ? null
            : Startup is { Verdict: ProbeVerdict.Fails } ? ProbeType.Startup
            : Liveness is { Verdict: ProbeVerdict.Fails } ? ProbeType.Liveness
            : null);

    bool Started => Startup is null or { Verdict: ProbeVerdict.Passes };
}
