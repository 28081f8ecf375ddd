namespace Kube;

/// <summary>A pod.</summary>
public sealed class KubePod : KubeObject
{
    internal KubePod(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    /// <summary>kubectl's STATUS, such as <c>Running</c>, <c>CrashLoopBackOff</c> or <c>Init:0/1</c>.</summary>
    public string State => PodState.Of(Now).State;

    /// <summary><c>status.phase</c>: Pending, Running, Succeeded, Failed or Unknown; empty where there is none.</summary>
    public string Phase => PodState.Of(Now).Phase;

    /// <summary>Ready containers of all, such as <c>1/2</c>.</summary>
    public string Ready => PodState.Of(Now).Ready;

    /// <summary>How many containers are ready, side-cars included.</summary>
    public int ReadyContainers => PodState.Of(Now).ReadyContainers;

    /// <summary>How many containers are meant to run side by side.</summary>
    public int TotalContainers => PodState.Of(Now).TotalContainers;

    /// <summary>Restarts of all containers; while the pod initializes, of its init containers.</summary>
    public int RestartCount => PodState.Of(Now).RestartCount;

    /// <summary>When the newest exit that led to a restart was, in local time; null where none is known.</summary>
    public DateTime? LastRestart => PodState.Of(Now).LastRestart?.ToLocalTime();

    /// <summary>The node that it is bound to; null before.</summary>
    public string? Node => Now.Spec["nodeName"u8].Text;

    /// <summary>The node that it waits for while others make room.</summary>
    public string? NominatedNode => Now.Status["nominatedNodeName"u8].Text;

    /// <summary>Its first address.</summary>
    public string? PodIP
    {
        get
        {
            foreach (var address in Now.Status["podIPs"u8]) return address["ip"u8].Text;
            return Now.Status["podIP"u8].Text;
        }
    }

    /// <summary>Its node's address.</summary>
    public string? HostIP => Now.Status["hostIP"u8].Text;

    /// <summary>Guaranteed, Burstable or BestEffort.</summary>
    public string? QosClass => Now.Status["qosClass"u8].Text;

    /// <summary>When its node took it up, in local time.</summary>
    public DateTime? StartTime => Now.Status["startTime"u8].Time;

    /// <summary>What is to say about it: its own message, else that of the first container that waits.</summary>
    public string? Message => Now.Status["message"u8].Text ?? Waiting("initContainerStatuses"u8) ?? Waiting("containerStatuses"u8);

    /// <summary>Readiness gates that have passed of all, such as <c>1/2</c>; null where it has none.</summary>
    public string? ReadinessGates
    {
        get
        {
            int total = 0, passed = 0;
            foreach (var gate in Now.Spec["readinessGates"u8])
            {
                total++;
                string? type = gate["conditionType"u8].Text;
                foreach (var condition in Now.Status["conditions"u8])
                {
                    if (condition["type"u8].Text != type) continue;
                    if (condition["status"u8].Text == "True") passed++;
                    break;
                }
            }
            return total == 0 ? null : $"{passed}/{total}";
        }
    }

    /// <summary>The images of its containers.</summary>
    public string[] Images => PodSpecText.Each(Now.Spec, "image"u8);

    /// <summary>The state of each container: init containers, containers, ephemeral ones, also those that have no status yet.</summary>
    public KubeContainerStatus[] ContainerStatuses => ContainerStatusReader.Read(Now, Connection);

    string? Waiting(ReadOnlySpan<byte> statuses)
    {
        foreach (var status in Now.Status[statuses])
            if (status["state"u8]["waiting"u8]["message"u8].Text is { Length: > 0 } message) return message;
        return null;
    }
}
