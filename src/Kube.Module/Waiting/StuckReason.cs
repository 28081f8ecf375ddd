namespace Kube.Module.Waiting;

/// <summary>What holds an object up, in its own words.</summary>
static class StuckReason
{
    /// <summary>The most telling thing that the object's status says.</summary>
    public static string Of(KubeObject subject)
    {
        if (subject is not KubePod pod) return ConditionOf(subject) ?? "its status does not say why";
        var troubled = pod.ContainerStatuses.FirstOrDefault(status => status.State == KubeContainerState.Waiting && status.Message is not null)
            ?? pod.ContainerStatuses.FirstOrDefault(status => !status.Ready && status.ContainerType == KubeContainerType.Container);
        var detail = troubled is null ? ConditionOf(pod) : $"container {troubled.Container} is {troubled.State}" + Colon(troubled.Reason) + Colon(troubled.Message);
        return pod.State + Colon(detail);
    }

    static string? ConditionOf(KubeObject subject) => subject.GetDocument().GetMap("status")?.GetMaps("conditions")
        .Where(map => map["status"] as string == "False")
        .Select(map => map["message"] as string ?? map["reason"] as string)
        .FirstOrDefault(text => !string.IsNullOrEmpty(text));

    static string Colon(string? text) => string.IsNullOrEmpty(text) ? "" : ": " + text;
}
