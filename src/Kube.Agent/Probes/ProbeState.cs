using Kube.Agent.Pods;

namespace Kube.Agent.Probes;

/// <summary>What a probe says once its thresholds are reached.</summary>
enum ProbeVerdict
{
    Undecided,
    Passes,
    Fails,
}

/// <summary>One probe of one attempt of a container: how its tries add up, as in the kubelet's <c>worker.go</c>.</summary>
/// <param name="Type">What it is for.</param>
/// <param name="Spec">Its thresholds and times.</param>
/// <param name="DueAt">When the next try is due.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Last">Whether the last try that said anything succeeded; null: there was none.</param>
/// <param name="Run">How many tries in a row have said the same.</param>
sealed record ProbeState(ProbeType Type, ProbeSpec Spec, DateTimeOffset DueAt, ProbeVerdict Verdict, bool? Last = null, int Run = 0)
{
    public static ProbeState Begin(ProbeType type, ProbeSpec spec, DateTimeOffset containerStartedAt, bool passed) =>
        new(type, spec, containerStartedAt.AddSeconds(spec.InitialDelaySeconds), passed ? ProbeVerdict.Passes : ProbeVerdict.Undecided);

    /// <summary>
    /// Whether nothing more is to be tried: a startup probe that has passed, and one for whose failure the container is to be killed.
    /// </summary>
    public bool IsOver => Type switch
    {
        ProbeType.Startup => Verdict != ProbeVerdict.Undecided,
        ProbeType.Liveness => Verdict == ProbeVerdict.Fails,
        _ => false,
    };

    /// <summary>Adds the outcome of a try that began at a time.</summary>
    public ProbeState After(ProbeOutcome outcome, DateTimeOffset begunAt)
    {
        var next = this with { DueAt = begunAt.AddSeconds(Spec.PeriodSeconds) };
        if (IsOver || outcome is ProbeOutcome.Unknown)
            return next;
        var success = outcome is not ProbeOutcome.Failure;
        var run = Last == success ? Run + 1 : 1;
        next = next with { Last = success, Run = run };
        return run < (success ? Spec.SuccessThreshold : Spec.FailureThreshold) ? next
            : next with { Verdict = success ? ProbeVerdict.Passes : ProbeVerdict.Fails };
    }
}
