using Kube.Server.Controllers.Documents;
using Kube.Server.Kinds.Batch;

namespace Kube.Server.Controllers.Jobs;

/// <summary>What a cron job is to do now. Pure.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/</remarks>
sealed record CronJobPlan
{
    // Beyond that the times that were missed tell of a clock that is wrong or of a long stop.
    const int MostMissed = 100;

    public required CronJobStatus Status { get; init; }

    /// <summary>The time whose job is to be started; null: none is due.</summary>
    public DateTimeOffset? Start { get; private init; }

    /// <summary>Jobs that ended and are beyond the history's limits.</summary>
    public IReadOnlyList<JobDocument> Forget { get; private init; } = [];

    /// <summary>Jobs that run and make room for the next one.</summary>
    public IReadOnlyList<JobDocument> Replace { get; private init; } = [];

    public IReadOnlyList<(string Type, string Reason, string Message)> Events { get; private init; } = [];

    /// <summary>When to look again without a change.</summary>
    public TimeSpan? Again { get; private init; }

    /// <param name="cronJob">The cron job.</param>
    /// <param name="own">The jobs that it controls.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="zone">By whose clock.</param>
    /// <param name="now">The time.</param>
    public static CronJobPlan Decide(CronJobDocument cronJob, IReadOnlyList<JobDocument> own, CronSchedule schedule, TimeZoneInfo zone, DateTimeOffset now)
    {
        var plan = Settle(cronJob, own);
        if (cronJob.Metadata.DeletionTimestamp is not null || cronJob.Spec.Suspend == true) return plan;
        var next = schedule.Next(now, zone);
        plan = plan with { Again = next is null ? null : next - now };
        var (due, missed) = Due(cronJob, schedule, zone, now);
        if (missed > MostMissed)
            plan = plan.With("Warning", "TooManyMissedTimes", $"too many missed start times (> {MostMissed}). Set or decrease .spec.startingDeadlineSeconds or check clock skew");
        if (due is not { } time || time == cronJob.Status.LastScheduleTime) return plan;
        if (cronJob.Spec.StartingDeadlineSeconds is { } deadline && time.AddSeconds(deadline) < now)
            return plan.With("Warning", "MissSchedule", $"Missed scheduled time to start a job: {time:R}");
        var running = own.Where(j => !j.IsFinished).ToList();
        if (running.Count > 0 && cronJob.Spec.ConcurrencyPolicy == "Forbid")
            return plan.With("Normal", "JobAlreadyActive", "Not starting job because prior execution is running and concurrency policy is Forbid");
        return plan with { Start = time, Replace = cronJob.Spec.ConcurrencyPolicy == "Replace" ? running : [] };
    }

    /// <summary>The name of the job of a time: the same for the same time, so that it is never started twice.</summary>
    public static string JobName(CronJobDocument cronJob, DateTimeOffset time) => $"{cronJob.Metadata.Name}-{time.ToUnixTimeSeconds() / 60}";

    static CronJobPlan Settle(CronJobDocument cronJob, IReadOnlyList<JobDocument> own)
    {
        var events = new List<(string, string, string)>();
        foreach (var reference in cronJob.Status.Active ?? [])
            switch (own.FirstOrDefault(j => j.Metadata.Uid == reference.Uid))
            {
                case null:
                    events.Add(("Normal", "MissingJob", $"Active job went missing: {reference.Name}"));
                    break;
                case { IsFinished: true } job:
                    events.Add(("Normal", "SawCompletedJob", $"Saw completed job: {job.Metadata.Name}, condition: {(job.Has("Complete") ? "Complete" : "Failed")}"));
                    break;
            }
        var succeeded = own.Where(j => j.Has("Complete")).ToList();
        var failed = own.Where(j => j.Has("Failed")).ToList();
        return new CronJobPlan
        {
            Status = cronJob.Status with
            {
                Active = [.. own.Where(j => !j.IsFinished).OrderBy(j => j.Metadata.Name, StringComparer.Ordinal).Select(Reference)],
                LastSuccessfulTime = succeeded.Select(j => j.Status.CompletionTime).Append(cronJob.Status.LastSuccessfulTime).Max(),
            },
            Forget = [.. Oldest(succeeded, cronJob.Spec.SuccessfulJobsHistoryLimit), .. Oldest(failed, cronJob.Spec.FailedJobsHistoryLimit)],
            Events = events,
        };
    }

    // The last time that has come, and how many there were since the one before.
    static (DateTimeOffset? Due, int Missed) Due(CronJobDocument cronJob, CronSchedule schedule, TimeZoneInfo zone, DateTimeOffset now)
    {
        var from = cronJob.Status.LastScheduleTime ?? cronJob.Metadata.CreationTimestamp ?? now;
        if (cronJob.Spec.StartingDeadlineSeconds is { } deadline && now.AddSeconds(-Math.Min(deadline, int.MaxValue)) is var earliest && earliest > from) from = earliest;
        var missed = 0;
        for (var time = schedule.Next(from, zone); time <= now && missed <= MostMissed; time = schedule.Next(time.Value, zone)) missed++;
        return (missed == 0 ? null : Last(schedule, zone, from, now), missed);
    }

    // Looked for from close by first: a schedule of every minute has missed many in a year.
    static DateTimeOffset? Last(CronSchedule schedule, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset now)
    {
        for (var back = TimeSpan.FromMinutes(1); ; back *= 2)
        {
            var start = now - back > from ? now - back : from;
            DateTimeOffset? last = null;
            for (var time = schedule.Next(start, zone); time <= now; time = schedule.Next(time.Value, zone)) last = time;
            if (last is not null || start == from) return last;
        }
    }

    static IEnumerable<JobDocument> Oldest(List<JobDocument> jobs, int? limit) =>
        jobs.Where(j => j.Metadata.DeletionTimestamp is null).OrderBy(j => j.Status.StartTime ?? j.Metadata.CreationTimestamp).ThenBy(j => j.Metadata.Name, StringComparer.Ordinal)
            .Take(Math.Max(0, jobs.Count - (limit ?? int.MaxValue)));

    static ObjectReference Reference(JobDocument job) =>
        new() { ApiVersion = "batch/v1", Kind = "Job", Namespace = job.Metadata.Namespace, Name = job.Metadata.Name, Uid = job.Metadata.Uid, ResourceVersion = job.Metadata.ResourceVersion };

    CronJobPlan With(string type, string reason, string message) => this with { Events = [.. Events, (type, reason, message)] };
}
