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
}
