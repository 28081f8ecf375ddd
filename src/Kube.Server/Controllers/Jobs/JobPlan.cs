using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Jobs;

/// <summary>What a job is to do now. Pure.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/workloads/controllers/job/</remarks>
sealed record JobPlan
{
    // The next pod after a failure: 10 s, doubling, 10 minutes at most.
    static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LastBackoff = TimeSpan.FromMinutes(10);

    // As kube-controller-manager: so many creations at most in one go.
    const int Burst = 500;

    public required JobStatus Status { get; init; }

    /// <summary>How many pods to create; of an indexed job, the indexes are <see cref="Indexes"/>.</summary>
    public int Create { get; private init; }

    public IReadOnlyList<int> Indexes { get; private init; } = [];

    public IReadOnlyList<PodDocument> Delete { get; private init; } = [];

    /// <summary>What has come to pass, for an event: its type, reason and message.</summary>
    public (string Type, string Reason, string Message)? Event { get; private init; }

    /// <summary>When to look again without a change.</summary>
    public TimeSpan? Again { get; private init; }

    /// <param name="job">The job; not finished.</param>
    /// <param name="own">Its pods, the ended ones too.</param>
    /// <param name="expected">Pods that were created and have not been seen yet.</param>
    /// <param name="leaving">Whether a pod is going.</param>
    /// <param name="time">The time.</param>
    public static JobPlan Decide(JobDocument job, IReadOnlyList<PodDocument> own, int expected, Func<PodDocument, bool> leaving, DateTimeOffset time)
    {
        var now = WholeSeconds.Of(time);
        var tally = JobTally.Of(job, own, leaving);
        var status = job.Status with
        {
            Active = tally.Active.Count, Ready = tally.Active.Count(p => p.IsReady), Terminating = tally.Terminating, Succeeded = tally.Succeeded, Failed = tally.Failed,
            CompletedIndexes = job.IsIndexed ? IndexRanges.Write(tally.DoneIndexes) : null,
        };
        if (job.Metadata.DeletionTimestamp is not null) return new JobPlan { Status = status };
        if (job.Spec.Suspend == true) return Suspend(job, status, tally, now);
        status = Resume(job, status, now, out var resumed);
        status = status with { StartTime = status.StartTime ?? now };
        if (Failure(job, status, tally, now) is { } failure) return Finish(status, tally, "Failed", failure.Reason, failure.Message, now);
        if (IsComplete(job, tally)) return Finish(status with { CompletionTime = now }, tally, "Complete", "CompletionsReached", "Reached expected number of succeeded pods", now);
        var plan = new JobPlan { Status = status, Event = resumed ? ("Normal", "Resumed", "Job resumed") : null, Again = UntilDeadline(job, status, now) };
        return plan.Fill(job, tally, expected, time);
    }

    /// <summary>When a finished job is to be removed; null: never.</summary>
    public static TimeSpan? Expiry(JobDocument job, DateTimeOffset now)
    {
        if (job.Spec.TtlSecondsAfterFinished is not { } seconds || !job.IsFinished) return null;
        var end = job.Status.Conditions!.First(c => c.Type is "Complete" or "Failed" && c.Status == "True").LastTransitionTime ?? now;
        return end.AddSeconds(seconds) is var at && at > now ? at - now : TimeSpan.Zero;
    }

    JobPlan Fill(JobDocument job, JobTally tally, int expected, DateTimeOffset now)
    {
        var parallelism = job.Spec.Parallelism ?? 1;
        // Without a number of completions, the first success is a sign to the others to come to an end.
        var wanted = job.Spec.Completions is { } completions ? Math.Min(parallelism, completions - tally.Succeeded) : tally.Succeeded > 0 ? tally.Active.Count : parallelism;
        var present = tally.Active.Count + expected;
        if (tally.Active.Count > wanted)
            return expected > 0 ? this : this with { Delete = [.. Replication.DeletionOrder.Sort(tally.Active, now).Take(tally.Active.Count - wanted)] };
        var missing = Math.Clamp(wanted - present, 0, Burst);
        if (missing == 0) return this;
        if (BackoffLeft(tally, now) is { } left) return this with { Again = Least(Again, left) };
        if (!job.IsIndexed) return this with { Create = missing };
        // Which indexes are taken is known once all that were created have been seen.
        if (expected > 0) return this;
        var indexes = Enumerable.Range(0, job.Spec.Completions ?? 0).Where(i => !tally.DoneIndexes.Contains(i) && !tally.ActiveIndexes.Contains(i)).Take(missing).ToArray();
        return this with { Create = indexes.Length, Indexes = indexes };
    }

    static JobPlan Suspend(JobDocument job, JobStatus status, JobTally tally, DateTimeOffset now)
    {
        if (job.Has("Suspended")) return new JobPlan { Status = status, Delete = tally.Active };
        var conditions = With(status, new Condition { Type = "Suspended", Status = "True", Reason = "JobSuspended", Message = "Job suspended", LastProbeTime = now, LastTransitionTime = now });
        // The deadline counts from the next start.
        return new JobPlan { Status = status with { StartTime = null, Conditions = conditions }, Delete = tally.Active, Event = ("Normal", "Suspended", "Job suspended") };
    }

    static JobStatus Resume(JobDocument job, JobStatus status, DateTimeOffset now, out bool resumed)
    {
        resumed = job.Has("Suspended");
        return resumed
            ? status with { StartTime = now, Conditions = With(status, new Condition { Type = "Suspended", Status = "False", Reason = "JobResumed", Message = "Job resumed", LastProbeTime = now, LastTransitionTime = now }) }
            : status;
    }

    static (string Reason, string Message)? Failure(JobDocument job, JobStatus status, JobTally tally, DateTimeOffset now)
    {
        var limit = job.Spec.BackoffLimit ?? 6;
        if (tally.Failed > limit || (tally.Restarts > 0 && tally.Restarts >= limit)) return ("BackoffLimitExceeded", "Job has reached the specified backoff limit");
        if (job.Spec.ActiveDeadlineSeconds is { } seconds && now - status.StartTime!.Value >= TimeSpan.FromSeconds(seconds))
            return ("DeadlineExceeded", "Job was active longer than specified deadline");
        return null;
    }

    static bool IsComplete(JobDocument job, JobTally tally) =>
        job.Spec.Completions is { } completions ? tally.Succeeded >= completions : tally.Succeeded > 0 && tally.Active.Count == 0;

    static JobPlan Finish(JobStatus status, JobTally tally, string condition, string reason, string message, DateTimeOffset now) => new()
    {
        Status = status with
        {
            Active = 0, Ready = 0, Terminating = status.Terminating + tally.Active.Count,
            Conditions = With(status, new Condition { Type = condition, Status = "True", Reason = reason, Message = message, LastProbeTime = now, LastTransitionTime = now }),
        },
        Delete = tally.Active,
        Event = condition == "Complete" ? ("Normal", "Completed", "Job completed") : ("Warning", reason, message),
    };

    static Condition[] With(JobStatus status, Condition condition) => [.. (status.Conditions ?? []).Where(c => c.Type != condition.Type), condition];

    static TimeSpan? UntilDeadline(JobDocument job, JobStatus status, DateTimeOffset now) =>
        job.Spec.ActiveDeadlineSeconds is { } seconds ? status.StartTime!.Value.AddSeconds(Math.Min(seconds, int.MaxValue)) - now : null;

    static TimeSpan? BackoffLeft(JobTally tally, DateTimeOffset now)
    {
        if (tally.FailuresInARow == 0 || tally.LastFailure is not { } last) return null;
        var wait = TimeSpan.FromTicks(Math.Min(LastBackoff.Ticks, FirstBackoff.Ticks << Math.Min(tally.FailuresInARow - 1, 10)));
        return last + wait > now ? last + wait - now : null;
    }

    static TimeSpan Least(TimeSpan? one, TimeSpan other) => one is { } some && some < other ? some : other;
}
