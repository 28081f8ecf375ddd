using System.Management.Automation;
using Kube.Module.Rollouts;
using Kube.Module.Watching;

namespace Kube.Module.Waiting;

/// <summary>What is waited for. Judges one state of the object; null is an object that is not there.</summary>
abstract record WaitCondition
{
    WaitCondition() { }

    /// <summary>Whether an object that is not there may be waited for.</summary>
    public virtual bool TakesAbsence => false;

    /// <summary>How things stand.</summary>
    public abstract WaitVerdict Judge(KubeObject? subject);

    /// <summary>Reads <c>Ready</c>, <c>Created</c>, <c>Deleted</c>, <c>Condition=TYPE[=STATUS]</c> or <c>JsonPath=PATH[=VALUE]</c>, and as kubectl has them.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static WaitCondition Parse(string text)
    {
        var (word, rest) = text.IndexOf('=') is var at and >= 0 ? (text[..at].Trim(), text[(at + 1)..].Trim()) : (text.Trim(), null);
        return (word.ToUpperInvariant(), rest) switch
        {
            ("READY", null) => new Ready(),
            ("CREATED" or "CREATE" or "EXISTS", null) => new Created(),
            ("DELETED" or "DELETE", null) => new Deleted(),
            ("CONDITION", { Length: > 0 }) when rest.Split('=', 2, StringSplitOptions.TrimEntries) is var parts && parts.All(part => part.Length > 0) => new Condition(parts[0], parts.ElementAtOrDefault(1) ?? "True"),
            ("JSONPATH", { Length: > 0 }) => PathCondition.Parse(rest),
            _ => throw new FormatException($"'{text}' is nothing to wait for: say Ready, Created, Deleted, Condition=TYPE[=STATUS], JsonPath=PATH[=VALUE], or give a script block."),
        };
    }

    /// <summary>That it works, as its kind has it.</summary>
    public sealed record Ready : WaitCondition
    {
        public override WaitVerdict Judge(KubeObject? subject) => subject is null ? new WaitVerdict.Never("it is gone") : Readiness.Judge(subject);
    }

    /// <summary>That it is there.</summary>
    public sealed record Created : WaitCondition
    {
        public override bool TakesAbsence => true;

        public override WaitVerdict Judge(KubeObject? subject) => subject is null ? new WaitVerdict.NotYet("it is not there yet") : new WaitVerdict.Met();
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
                : new WaitVerdict.NotYet(found is null && subject is not KubePod ? $"it has no condition {Type}" : StuckReason.Of(subject));
        }
    }

    /// <summary>A value in the object, or that there is one.</summary>
    /// <param name="Text">The path as it was written.</param>
    /// <param name="Path">The path.</param>
    /// <param name="Value">The value; null: any.</param>
    public sealed record PathValue(string Text, JsonPath Path, string? Value) : WaitCondition
    {
        public override WaitVerdict Judge(KubeObject? subject) => subject is null ? new WaitVerdict.Never("it is gone")
            : PathCondition.Differs(subject, this) is { } difference ? new WaitVerdict.NotYet(difference)
            : new WaitVerdict.Met();
    }

    /// <summary>What a script block says.</summary>
    public sealed record Script(ScriptBlock Block) : WaitCondition
    {
        public override WaitVerdict Judge(KubeObject? subject) => subject is null ? new WaitVerdict.Never("it is gone")
            : ScriptTest.Holds(Block, subject) ? new WaitVerdict.Met()
            : new WaitVerdict.NotYet(StuckReason.Of(subject));
    }

    /// <summary>The object's end.</summary>
    public sealed record Deleted : WaitCondition
    {
        public override bool TakesAbsence => true;

        public override WaitVerdict Judge(KubeObject? subject) => subject is null ? new WaitVerdict.Met() : new WaitVerdict.NotYet(StuckReason.OfEnd(subject));
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
