using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>Of a daemon set, what its loop looks at.</summary>
sealed record DaemonSetDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public DaemonSetSpec Spec { get; init; } = new();

    public DaemonSetStatus Status { get; init; } = new();
}

sealed record DaemonSetSpec
{
    public LabelSelector Selector { get; init; } = new();

    /// <summary>The pods' document, as it is.</summary>
    public JsonElement Template { get; init; }

    public UpdateStrategy UpdateStrategy { get; init; } = new();

    public int MinReadySeconds { get; init; }

    public int? RevisionHistoryLimit { get; init; }
}

/// <summary>How pods of an old template make way.</summary>
sealed record UpdateStrategy
{
    public string? Type { get; init; }

    public RollingSetUpdate? RollingUpdate { get; init; }
}

sealed record RollingSetUpdate
{
    public JsonElement MaxUnavailable { get; init; }

    public int Partition { get; init; }
}

sealed record DaemonSetStatus
{
    public int CurrentNumberScheduled { get; init; }

    public int NumberMisscheduled { get; init; }

    public int DesiredNumberScheduled { get; init; }

    public int NumberReady { get; init; }

    public long ObservedGeneration { get; init; }

    public int UpdatedNumberScheduled { get; init; }

    public int NumberAvailable { get; init; }

    public int NumberUnavailable { get; init; }
}
