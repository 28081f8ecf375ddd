using Kube.Agent.Status;

namespace Kube.Agent;

/// <summary>Which container's log is meant, or why there is none: the kubelet's <c>validateContainerLogStatus</c>. Pure.</summary>
/// <param name="Id">The engine's id.</param>
/// <param name="Refusal">Why there is none.</param>
readonly record struct LogSource(string? Id, string? Refusal)
{
    public static LogSource Find(string pod, string container, PodStatus? status, bool previous)
    {
        LogSource Refuse(string why) => new(null, why);
        if (status?.Find(container) is not { } known)
            return Refuse($"container \"{container}\" in pod \"{pod}\" is not available");

        var last = IdOf(known.LastState.Terminated?.ContainerID);
        if (previous)
            return last is null ? Refuse($"previous terminated container \"{container}\" in pod \"{pod}\" not found") : new(last, null);
        if (known.State.Running is not null && IdOf(known.ContainerID) is { } running)
            return new(running, null);
        if (known.State.Terminated is { } terminated)
            return (IdOf(terminated.ContainerID) ?? last) is { } ended ? new(ended, null) : Refuse($"container \"{container}\" in pod \"{pod}\" is terminated");
        if (last is not null)
            return new(last, null);
        return Refuse(known.State.Waiting?.Reason switch
        {
            Reasons.ErrImagePull => $"container \"{container}\" in pod \"{pod}\" is waiting to start: image can't be pulled",
            Reasons.ImagePullBackOff => $"container \"{container}\" in pod \"{pod}\" is waiting to start: trying and failing to pull image",
            { } reason => $"container \"{container}\" in pod \"{pod}\" is waiting to start: {reason}",
            null => $"container \"{container}\" in pod \"{pod}\" is waiting to start - no logs yet",
        });
    }

    static string? IdOf(string? containerId) => containerId?.Split("://", 2) is [_, { Length: > 0 } id] ? id : null;
}
