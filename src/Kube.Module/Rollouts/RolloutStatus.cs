using System.Globalization;
using Kube.Module.Waiting;

namespace Kube.Module.Rollouts;

/// <summary>How far deployments, stateful and daemon sets are with their newest template.</summary>
static class RolloutStatus
{
    /// <summary>Judges one state of a workload. The rules are those by which Kubernetes' own tools judge.</summary>
    public static WaitVerdict Judge(KubeObject workload)
    {
        var (spec, status) = (workload.GetDocument().GetMap("spec"), workload.GetDocument().GetMap("status"));
        var generation = Number(workload.GetDocument().GetMap("metadata"), "generation");
        if (generation > Number(status, "observedGeneration")) return new WaitVerdict.NotYet("its controller has not seen the change yet");
        return workload.Kind switch
        {
            "Deployment" => OfDeployment(spec, status),
            "StatefulSet" => OfStatefulSet(spec, status),
            _ => OfDaemonSet(status),
        };
    }

    /// <summary>Whether its pods are replaced only when somebody deletes them.</summary>
    public static bool IsManual(KubeObject workload) => workload.GetDocument().GetMap("spec")?.GetMap("updateStrategy")?["type"] as string == "OnDelete";

    static WaitVerdict OfDeployment(KubeMap? spec, KubeMap? status)
    {
        var (wanted, updated) = (Number(spec, "replicas", 1), Number(status, "updatedReplicas"));
        if (Condition(status, "Progressing") is { } progress && progress["reason"] as string == "ProgressDeadlineExceeded")
            return new WaitVerdict.Never($"it has exceeded its progress deadline: {progress["message"]}");
        if (Condition(status, "ReplicaFailure") is { } failure && failure["status"] as string == "True")
            return new WaitVerdict.NotYet($"pods cannot be made: {failure["message"]}");
        if (spec?["paused"] is true) return new WaitVerdict.NotYet("it is paused");
        if (updated < wanted) return new WaitVerdict.NotYet($"{updated} of {wanted} pods are of the new template");
        if (Number(status, "replicas") > updated) return new WaitVerdict.NotYet($"{Number(status, "replicas") - updated} old pods are still to end");
        return Enough(Number(status, "availableReplicas"), updated, "available");
    }

    static WaitVerdict OfStatefulSet(KubeMap? spec, KubeMap? status)
    {
        var (wanted, updated) = (Number(spec, "replicas", 1), Number(status, "updatedReplicas"));
        if (Number(status, "readyReplicas") < wanted) return Enough(Number(status, "readyReplicas"), wanted, "ready");
        if (Number(spec?.GetMap("updateStrategy")?.GetMap("rollingUpdate"), "partition") is var partition and > 0)
            return Enough(updated, Math.Max(0, wanted - partition), "of the new template");
        return status?["updateRevision"] as string == status?["currentRevision"] as string ? new WaitVerdict.Met() : new WaitVerdict.NotYet($"{updated} of {wanted} pods are of the new template");
    }

    static WaitVerdict OfDaemonSet(KubeMap? status)
    {
        var (wanted, updated) = (Number(status, "desiredNumberScheduled"), Number(status, "updatedNumberScheduled"));
        return updated < wanted ? Enough(updated, wanted, "of the new template") : Enough(Number(status, "numberAvailable"), wanted, "available");
    }

    static WaitVerdict Enough(long there, long wanted, string what) =>
        there >= wanted ? new WaitVerdict.Met() : new WaitVerdict.NotYet($"{there} of {wanted} pods are {what}");

    static KubeMap? Condition(KubeMap? status, string type) => status?.GetMaps("conditions").FirstOrDefault(condition => condition["type"] as string == type);

    internal static long Number(KubeMap? map, string field, long absent = 0) => map?[field] is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : absent;
}
