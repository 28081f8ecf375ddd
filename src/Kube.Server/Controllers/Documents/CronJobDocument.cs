using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>Of a cron job, what its loop looks at.</summary>
sealed record CronJobDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public CronJobSpec Spec { get; init; } = new();

    public CronJobStatus Status { get; init; } = new();
}

sealed record CronJobSpec
{
    public string Schedule { get; init; } = "";

    public string? TimeZone { get; init; }

    public long? StartingDeadlineSeconds { get; init; }

    public string? ConcurrencyPolicy { get; init; }

    public bool? Suspend { get; init; }

    public int? SuccessfulJobsHistoryLimit { get; init; }

    public int? FailedJobsHistoryLimit { get; init; }

    /// <summary>The jobs' document, as it is.</summary>
    public JsonElement JobTemplate { get; init; }
}

sealed record CronJobStatus
{
    public IReadOnlyList<ObjectReference>? Active { get; init; }

    public DateTimeOffset? LastScheduleTime { get; init; }

    public DateTimeOffset? LastSuccessfulTime { get; init; }
}

sealed record ObjectReference
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }
}
