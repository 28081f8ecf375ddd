using Kube.Module.Rollouts;

namespace Kube.Module.Waiting;

/// <summary>What is waited for. Judges one state of the object; null is an object that is not there.</summary>
abstract record WaitCondition
{
    WaitCondition() { }

    /// <summary>How things stand.</summary>
    public abstract WaitVerdict Judge(KubeObject? subject);

    /// <summary>Reads <c>Ready</c>, <c>Deleted</c> or <c>Condition=TYPE[=STATUS]</c>.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static WaitCondition Parse(string text)
    {
        if (text.Equals("Ready", StringComparison.OrdinalIgnoreCase)) return new Condition("Ready", "True");
        if (text.Equals("Deleted", StringComparison.OrdinalIgnoreCase)) return new Deleted();
        var parts = text.Split('=', 3, StringSplitOptions.TrimEntries);
        return parts.Length >= 2 && parts[0].Equals("Condition", StringComparison.OrdinalIgnoreCase) && parts.All(part => part.Length > 0)
            ? new Condition(parts[1], parts.ElementAtOrDefault(2) ?? "True")
            : throw new FormatException($"'{text}' is nothing to wait for: say Ready, Deleted or Condition=TYPE[=STATUS].");
    }

    /// <summary>A condition in the object's status.</summary>
    public sealed record Condition(string Type, string Status) : WaitCondition
    {
        public override WaitVerdict Judge(KubeObject? subject)
        {
            if (subject is null) return new WaitVerdict.Never("it is gone");
            var found = subject.GetDocument().GetMap("status")?.GetMaps("conditions").FirstOrDefault(map => string.Equals(map["type"] as string, Type, StringComparison.OrdinalIgnoreCase));
            if (string.Equals(found?["status"] as string, Status, StringComparison.OrdinalIgnoreCase)) return new WaitVerdict.Met();
            return subject is KubePod { Phase: "Succeeded" or "Failed" } pod
                ? new WaitVerdict.Never($"it has finished: {pod.State}")
                : new WaitVerdict.NotYet(StuckReason.Of(subject));
        }
    }

    /// <summary>The object's end.</summary>
    public sealed record Deleted : WaitCondition
    {
        public override WaitVerdict Judge(KubeObject? subject) => subject is null ? new WaitVerdict.Met() : new WaitVerdict.NotYet(StuckReason.Of(subject));
    }

    /// <summary>As many pods as a scale asks for, all ready.</summary>
    public sealed record Scaled(int Replicas) : WaitCondition
    {
        public override WaitVerdict Judge(KubeObject? subject)
        {
            if (subject is null) return new WaitVerdict.Never("it is gone");
            var (metadata, spec, status) = (subject.GetDocument().GetMap("metadata"), subject.GetDocument().GetMap("spec"), subject.GetDocument().GetMap("status"));
            if (RolloutStatus.Number(spec, "replicas", Replicas) is var wanted && wanted != Replicas) return new WaitVerdict.Never($"it has been scaled to {wanted} meanwhile");
            if (RolloutStatus.Number(metadata, "generation") > RolloutStatus.Number(status, "observedGeneration")) return new WaitVerdict.NotYet("its controller has not seen the change yet");
            var there = RolloutStatus.Number(status, "replicas");
            // Kinds of other makers need not count the ready ones.
            var counts = subject.ApiVersion is "v1" or "apps/v1" || status?.ContainsKey("readyReplicas") == true;
            var ready = counts ? RolloutStatus.Number(status, "readyReplicas") : there;
            return there == Replicas && ready == Replicas ? new WaitVerdict.Met() : new WaitVerdict.NotYet($"there are {there}, {ready} of them ready");
        }
    }

    /// <summary>Pods of the newest template alone.</summary>
    public sealed record RolledOut : WaitCondition
    {
        public override WaitVerdict Judge(KubeObject? subject) => subject is null ? new WaitVerdict.Never("it is gone")
            : RolloutStatus.IsManual(subject) ? new WaitVerdict.Never("its update strategy is OnDelete: a pod is replaced once somebody removes it")
            : RolloutStatus.Judge(subject);
    }
}
