namespace Kube.Agent;

/// <summary>Which part of a log is read, and how it is written: Kubernetes' <c>PodLogOptions</c>.</summary>
public sealed record NodeLogRequest
{
    /// <summary>Go on with what is written from now.</summary>
    public bool Follow { get; init; }

    /// <summary>The log of the attempt before this one.</summary>
    public bool Previous { get; init; }

    /// <summary>Lines from the end; null: all.</summary>
    public int? TailLines { get; init; }

    /// <summary>Only what is not older; null: all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Start each line with its time (RFC 3339, to the nanosecond).</summary>
    public bool Timestamps { get; init; }

    /// <summary>End after so many bytes; null: no limit.</summary>
    public long? LimitBytes { get; init; }
}
