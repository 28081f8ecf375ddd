using Kube.Module.Objects;
using Kube.Module.Rollouts;

namespace Kube.Module.Waiting;

/// <summary>Whether an object works, as its kind has it.</summary>
static class Readiness
{
    /// <summary>Judges one state of an object of any kind.</summary>
    public static WaitVerdict Judge(KubeObject subject)
    {
        var (spec, status) = (subject.GetDocument().GetMap("spec"), subject.GetDocument().GetMap("status"));
        return (subject.Kind, ApiGroup.Of(subject.ApiVersion)) switch
        {
            ("Pod", "") => new WaitCondition.Condition("Ready", "True").Judge(subject),
            ("Deployment" or "StatefulSet" or "DaemonSet", "apps") => new WaitCondition.RolledOut().Judge(subject),
            ("ReplicaSet", "apps") or ("ReplicationController", "") => new WaitCondition.Scaled((int)RolloutStatus.Number(spec, "replicas", 1)).Judge(subject),
            ("Job", "batch") => OfJob(spec, status),
            ("Namespace", "") => OfPhase(status, "Active"),
            ("PersistentVolumeClaim", "") => OfPhase(status, "Bound"),
            ("PersistentVolume", "") => OfPhase(status, "Available", "Bound"),
            _ => OfConditions(subject, status),
        };
    }

    static WaitVerdict OfJob(KubeMap? spec, KubeMap? status) =>
        Condition(status, "Complete") is { } complete && IsTrue(complete) ? new WaitVerdict.Met()
        : Condition(status, "Failed") is { } failed && IsTrue(failed) ? new WaitVerdict.Never($"it has failed: {failed["message"] ?? failed["reason"]}")
        : Condition(status, "Suspended") is { } suspended && IsTrue(suspended) ? new WaitVerdict.NotYet("it is suspended")
        : new WaitVerdict.NotYet($"{RolloutStatus.Number(status, "succeeded")} of {RolloutStatus.Number(spec, "completions", 1)} pods have succeeded");

    static WaitVerdict OfPhase(KubeMap? status, params string[] wanted) => status?["phase"] is not string phase ? new WaitVerdict.NotYet("it has no phase yet")
        : wanted.Contains(phase) ? new WaitVerdict.Met()
        : new WaitVerdict.NotYet($"it is {phase}");

    static WaitVerdict OfConditions(KubeObject subject, KubeMap? status)
    {
        if (RolloutStatus.Number(subject.GetDocument().GetMap("metadata"), "generation") is var generation && RolloutStatus.Number(status, "observedGeneration", generation) < generation)
            return new WaitVerdict.NotYet("its controller has not seen the change yet");
        if ((Condition(status, "Ready") ?? Condition(status, "Available") ?? Condition(status, "Established")) is { } condition)
            return IsTrue(condition) ? new WaitVerdict.Met() : new WaitVerdict.NotYet(StuckReason.Of(subject));
        // Config maps and their like have nothing to become; a custom resource may only not have been looked at yet.
        return IsBuiltIn(subject.ApiVersion) && Condition(status, null) is null ? new WaitVerdict.Met()
            : new WaitVerdict.NotYet("its status says nothing of being ready; Condition=TYPE and JsonPath=PATH=VALUE wait for what it does say");
    }

    static KubeMap? Condition(KubeMap? status, string? type) => status?.GetMaps("conditions").FirstOrDefault(condition => type is null || condition["type"] as string == type);

    static bool IsTrue(KubeMap condition) => condition["status"] as string == "True";

    // Groups of Kubernetes' own have no dot, or end so.
    static bool IsBuiltIn(string apiVersion) => ApiGroup.Of(apiVersion) is var group && (!group.Contains('.') || group.EndsWith(".k8s.io", StringComparison.Ordinal));
}
