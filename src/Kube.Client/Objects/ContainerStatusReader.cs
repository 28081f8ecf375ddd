namespace Kube;

/// <summary>Reads the containers of a pod's document.</summary>
static class ContainerStatusReader
{
    public static KubeContainerStatus[] Read(ObjectFields pod, KubeConnection? connection)
    {
        var result = new List<KubeContainerStatus>();
        Add(pod, connection, KubeContainerType.Init, pod.Spec["initContainers"u8], pod.Status["initContainerStatuses"u8], result);
        Add(pod, connection, KubeContainerType.Container, pod.Spec["containers"u8], pod.Status["containerStatuses"u8], result);
        Add(pod, connection, KubeContainerType.Ephemeral, pod.Spec["ephemeralContainers"u8], pod.Status["ephemeralContainerStatuses"u8], result);
        return [.. result];
    }

    static void Add(ObjectFields pod, KubeConnection? connection, KubeContainerType type, JsonSlice specs, JsonSlice statuses, List<KubeContainerStatus> result)
    {
        // In the order of the spec; a status whose container the spec lacks comes last.
        foreach (var spec in specs)
        {
            string name = spec["name"u8].Text ?? "";
            result.Add(One(pod, connection, type, name, spec, Named(statuses, name)));
        }
        foreach (var status in statuses)
        {
            string name = status["name"u8].Text ?? "";
            if (Named(specs, name).IsMissing) result.Add(One(pod, connection, type, name, default, status));
        }
    }

    static JsonSlice Named(JsonSlice items, string name)
    {
        foreach (var item in items)
            if (item["name"u8].Text == name) return item;
        return default;
    }

    static KubeContainerStatus One(ObjectFields pod, KubeConnection? connection, KubeContainerType type, string name, JsonSlice spec, JsonSlice status)
    {
        var state = State(status["state"u8], out var detail);
        var lastState = State(status["lastState"u8], out var last);
        int? exitCode = detail["exitCode"u8].Int, lastExitCode = last["exitCode"u8].Int;
        return new()
        {
            Namespace = pod.Namespace,
            Pod = pod.Name,
            Container = name,
            ContainerType = type,
            State = state ?? KubeContainerState.Waiting,
            Reason = state is null ? ReasonToWait(pod) : Filled(detail["reason"u8]),
            Message = Filled(detail["message"u8]),
            Ready = status["ready"u8].Bool ?? false,
            Started = status["started"u8].Bool,
            RestartCount = status["restartCount"u8].Int ?? 0,
            ExitCode = exitCode,
            Signal = state switch
            {
                KubeContainerState.Running => null,
                KubeContainerState.Terminated => Signal(detail, exitCode),
                _ => Signal(last, lastExitCode),
            },
            StartedAt = detail["startedAt"u8].Time,
            FinishedAt = detail["finishedAt"u8].Time,
            LastState = lastState,
            LastReason = Filled(last["reason"u8]),
            LastExitCode = lastExitCode,
            LastFinishedAt = last["finishedAt"u8].Time,
            Image = Filled(status["image"u8]) ?? spec["image"u8].Text,
            ImageID = Filled(status["imageID"u8]),
            ContainerID = Filled(status["containerID"u8]),
            Node = pod.Spec["nodeName"u8].Text,
            Connection = connection,
        };
    }

    static KubeContainerState? State(JsonSlice state, out JsonSlice detail)
    {
        detail = state["running"u8];
        if (!detail.IsMissing) return KubeContainerState.Running;
        detail = state["terminated"u8];
        if (!detail.IsMissing) return KubeContainerState.Terminated;
        detail = state["waiting"u8];
        return detail.IsMissing ? null : KubeContainerState.Waiting;
    }

    /// <summary>What the kubelet says of a container before it can tell more. Without a node, or once the pod has finished, nobody is at it.</summary>
    static string? ReasonToWait(ObjectFields pod)
    {
        if (pod.Spec["nodeName"u8].IsMissing || PodState.Of(pod).Phase is "Succeeded" or "Failed") return null;
        return pod.Spec["initContainers"u8].Count > 0 && !IsInitialized(pod) ? "PodInitializing" : "ContainerCreating";
    }

    static bool IsInitialized(ObjectFields pod)
    {
        foreach (var condition in pod.Status["conditions"u8])
            if (condition["type"u8].Text == "Initialized") return condition["status"u8].Text == "True";
        return false;
    }

    /// <summary>A shell, and every runtime, ends with 128 and the signal where a signal ended it; 255 and the like are codes of their own.</summary>
    static int? Signal(JsonSlice terminated, int? exitCode) =>
        terminated["signal"u8].Int is { } named and not 0 ? named : exitCode is > 128 and <= 192 ? exitCode - 128 : null;

    static string? Filled(JsonSlice text) => text.Text is { Length: > 0 } filled ? filled : null;
}
