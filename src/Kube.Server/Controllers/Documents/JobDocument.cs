using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>Of a job, what its loop and its cron job's look at.</summary>
sealed record JobDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public JobSpec Spec { get; init; } = new();

    public JobStatus Status { get; init; } = new();

    public bool IsIndexed => Spec.CompletionMode == "Indexed";

    public bool IsFinished => Has("Complete") || Has("Failed");

    public bool Has(string condition) => Status.Conditions?.Any(c => c.Type == condition && c.Status == "True") == true;
}

sealed record JobSpec
{
    public int? Parallelism { get; init; }

    public int? Completions { get; init; }

    public long? ActiveDeadlineSeconds { get; init; }

    public int? BackoffLimit { get; init; }

    public int? TtlSecondsAfterFinished { get; init; }

    public string? CompletionMode { get; init; }

    public bool? Suspend { get; init; }

    public LabelSelector Selector { get; init; } = new();

    /// <summary>The pods' document, as it is.</summary>
    public JsonElement Template { get; init; }
}

sealed record JobStatus
{
    public int Active { get; init; }

    public int? Ready { get; init; }

    public int? Terminating { get; init; }

    public int Succeeded { get; init; }

    public int Failed { get; init; }

    public string? CompletedIndexes { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? CompletionTime { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}
