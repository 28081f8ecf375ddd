namespace Kube.Module.Waiting;

/// <summary>What holds an object up, in its own words.</summary>
static class StuckReason
{
    /// <summary>The most telling thing that the object's status says.</summary>
    public static string Of(KubeObject subject)
    {
        if (subject is not KubePod pod) return ConditionOf(subject) ?? PhaseOf(subject) ?? "its status does not say why";
        var troubled = pod.ContainerStatuses.FirstOrDefault(status => status.State == KubeContainerState.Waiting && status.Message is not null)
            ?? pod.ContainerStatuses.FirstOrDefault(status => !status.Ready && status.ContainerType == KubeContainerType.Container);
        var detail = troubled is null ? ConditionOf(pod) : $"container {troubled.Container} is {troubled.State}" + Colon(troubled.Reason) + Colon(troubled.Message) + Exit(troubled);
        return pod.State + Colon(detail);
    }

    /// <summary>What keeps an object from going.</summary>
    public static string OfEnd(KubeObject subject)
    {
        if (subject.DeletionTimestamp is null) return "nothing has deleted it";
        if (subject.GetDocument().GetMap("metadata")?["finalizers"] is object[] { Length: > 0 } finalizers)
            return $"its finalizers {string.Join(", ", finalizers)} hold it";
        // A namespace says in its conditions what is still in it.
        var remaining = subject.Kind != "Namespace" ? null : Conditions(subject, "True").FirstOrDefault();
        return remaining ?? (subject is KubePod ? "its containers are still ending" : "it is still ending");
    }

    static string? ConditionOf(KubeObject subject) => Conditions(subject, "False").FirstOrDefault();

    static string? PhaseOf(KubeObject subject) => subject.GetDocument().GetMap("status")?["phase"] is string { Length: > 0 } phase ? "it is " + phase : null;

    static IEnumerable<string> Conditions(KubeObject subject, string status) => (subject.GetDocument().GetMap("status")?.GetMaps("conditions") ?? [])
        .Where(map => map["status"] as string == status)
        .Select(map => map["message"] as string is { Length: > 0 } message ? message : map["reason"] as string)
        .OfType<string>();

    static string Exit(KubeContainerStatus container) => (container.ExitCode ?? container.LastExitCode) is { } code and not 0 ? $" (exit code {code})" : "";

    static string Colon(string? text) => string.IsNullOrEmpty(text) ? "" : ": " + text;
}
