namespace Kube;

/// <summary>One template that a workload has had.</summary>
public sealed class KubeRolloutRevision
{
    /// <summary>The workload's namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>The workload's kind.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The workload's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The number, which rises; going back to an old template gives it a new one.</summary>
    public long Revision { get; init; }

    /// <summary>Whether it is the newest, to which the workload is rolled out.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>What the annotation <c>kubernetes.io/change-cause</c> said when it was rolled out.</summary>
    public string? ChangeCause { get; init; }

    /// <summary>The images of its containers.</summary>
    public string[] Images { get; init; } = [];

    /// <summary>When the template was there first, in local time.</summary>
    public DateTime? CreationTimestamp { get; init; }

    /// <summary>The time since then.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>The template of its pods.</summary>
    public KubeMap? Template { get; init; }

    /// <summary>Where it was read.</summary>
    public KubeConnection? Connection { get; init; }
}
