namespace Kube;

/// <summary>A node.</summary>
public sealed class KubeNode : KubeObject
{
    internal KubeNode(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    const string RolePrefix = "node-role.kubernetes.io/";

    /// <summary>kubectl's STATUS: Ready, NotReady or Unknown, and <c>,SchedulingDisabled</c> where it takes no new pods.</summary>
    public string State
    {
        get
        {
            string state = "Unknown";
            foreach (var condition in Now.Status["conditions"u8])
                if (condition["type"u8].Text == "Ready") state = condition["status"u8].Text == "True" ? "Ready" : "NotReady";
            return Unschedulable ? state + ",SchedulingDisabled" : state;
        }
    }

    /// <summary>Whether it takes no new pods.</summary>
    public bool Unschedulable => Now.Spec["unschedulable"u8].Bool ?? false;

    /// <summary>What it runs short of: <c>Memory</c>, <c>Disk</c>, <c>PID</c>; and <c>Network</c> where its network is not set up. Empty where all is well.</summary>
    public string[] Pressure
    {
        get
        {
            var pressure = new List<string>();
            foreach (var condition in Now.Status["conditions"u8])
            {
                if (condition["status"u8].Text != "True" || condition["type"u8].Text is not { } type) continue;
                if (type.EndsWith("Pressure", StringComparison.Ordinal)) pressure.Add(type[..^"Pressure".Length]);
                else if (type == "NetworkUnavailable") pressure.Add("Network");
            }
            return [.. pressure];
        }
    }

    /// <summary>Its roles by its labels, such as <c>control-plane</c>.</summary>
    public string[] Roles
    {
        get
        {
            var roles = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var (key, value) in Now.Labels)
            {
                if (key.StartsWith(RolePrefix, StringComparison.Ordinal) && key.Length > RolePrefix.Length) roles.Add(key[RolePrefix.Length..]);
                else if (key == "kubernetes.io/role" && value.Length > 0) roles.Add(value);
            }
            return [.. roles];
        }
    }

    /// <summary>Why it is not ready, in its own words; null where it is.</summary>
    public string? Message
    {
        get
        {
            foreach (var condition in Now.Status["conditions"u8])
                if (condition["type"u8].Text == "Ready" && condition["status"u8].Text != "True") return condition["message"u8].Text;
            return null;
        }
    }

    /// <summary>What keeps pods off that do not tolerate it, as kubectl writes it: <c>key=value:NoSchedule</c>.</summary>
    public string[] Taints
    {
        get
        {
            var taints = new List<string>();
            foreach (var taint in Now.Spec["taints"u8])
                taints.Add($"{taint["key"u8].Text}{(taint["value"u8].Text is { Length: > 0 } value ? "=" + value : "")}:{taint["effect"u8].Text}");
            return [.. taints];
        }
    }

    /// <summary>Its processors.</summary>
    public decimal? CpuCapacity => Amount("capacity"u8, "cpu"u8);

    /// <summary>Processors that pods may have.</summary>
    public decimal? CpuAllocatable => Amount("allocatable"u8, "cpu"u8);

    /// <summary>Its memory, in bytes.</summary>
    public long? MemoryCapacity => (long?)Amount("capacity"u8, "memory"u8);

    /// <summary>Memory that pods may have, in bytes.</summary>
    public long? MemoryAllocatable => (long?)Amount("allocatable"u8, "memory"u8);

    /// <summary>How many pods it takes.</summary>
    public int? PodCapacity => (int?)Amount("allocatable"u8, "pods"u8);

    /// <summary>The version of its agent.</summary>
    public string? Version => Now.Status["nodeInfo"u8]["kubeletVersion"u8].Text;

    /// <summary>Its address inside the cluster.</summary>
    public string? InternalIP => Address("InternalIP");

    /// <summary>Its address outside.</summary>
    public string? ExternalIP => Address("ExternalIP");

    /// <summary>Its operating system, such as <c>Debian GNU/Linux 12 (bookworm)</c>.</summary>
    public string? OSImage => Now.Status["nodeInfo"u8]["osImage"u8].Text;

    /// <summary>Its kernel's version.</summary>
    public string? KernelVersion => Now.Status["nodeInfo"u8]["kernelVersion"u8].Text;

    /// <summary>What runs its containers, such as <c>docker://29.0.1</c>.</summary>
    public string? ContainerRuntime => Now.Status["nodeInfo"u8]["containerRuntimeVersion"u8].Text;

    decimal? Amount(ReadOnlySpan<byte> list, ReadOnlySpan<byte> resource) => KubeQuantity.TryParse(Now.Status[list][resource].Text ?? "", out var quantity) ? quantity.Value : null;

    string? Address(string type)
    {
        foreach (var address in Now.Status["addresses"u8])
            if (address["type"u8].Text == type) return address["address"u8].Text;
        return null;
    }
}
