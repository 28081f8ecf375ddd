using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Jobs;
using Kube.Server.Kinds.Batch;

namespace Kube.Server.Tests.Controllers.Jobs;

public class CronJobPlanTests
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 30, TimeSpan.Zero);
    static readonly DateTimeOffset Due = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_time_that_has_come_starts_a_job_once()
    {
        var plan = Decide(CronJob());
        Assert.Equal((Due, TimeSpan.FromSeconds(30)), (plan.Start, plan.Again));
        Assert.Equal($"tick-{Due.ToUnixTimeSeconds() / 60}", CronJobPlan.JobName(CronJob(), Due));
        Assert.Null(Decide(CronJob() with { Status = new CronJobStatus { LastScheduleTime = Due } }).Start);
    }

    [Fact]
    public void After_a_long_stop_the_last_time_alone_counts()
    {
        var plan = Decide(CronJob() with { Status = new CronJobStatus { LastScheduleTime = Due.AddDays(-300) } });
        Assert.Equal(Due, plan.Start);
        Assert.Equal("TooManyMissedTimes", Assert.Single(plan.Events).Reason);
        Assert.Empty(Decide(CronJob() with { Status = new CronJobStatus { LastScheduleTime = Due.AddMinutes(-20) } }).Events);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(40, true)]
    public void One_that_is_too_late_is_not_started(int deadline, bool starts)
    {
        var plan = Decide(CronJob() with { Spec = CronJob().Spec with { StartingDeadlineSeconds = deadline } });
        Assert.Equal(starts, plan.Start is not null);
    }

    [Theory]
    [InlineData("Allow", true, 0)]
    [InlineData("Forbid", false, 0)]
    [InlineData("Replace", true, 1)]
    public void While_one_runs(string policy, bool starts, int replaced)
    {
        var plan = Decide(CronJob() with { Spec = CronJob().Spec with { ConcurrencyPolicy = policy } }, Job("running"));
        Assert.Equal((starts, replaced), (plan.Start is not null, plan.Replace.Count));
        Assert.Equal("running", Assert.Single(plan.Status.Active!).Name);
    }

    [Fact]
    public void Suspended_or_deleted_it_starts_nothing()
    {
        Assert.Null(Decide(CronJob() with { Spec = CronJob().Spec with { Suspend = true } }).Start);
        Assert.Null(Decide(CronJob() with { Metadata = CronJob().Metadata with { DeletionTimestamp = Now } }).Start);
    }

    [Fact]
    public void Old_jobs_go_by_their_kind_and_what_happened_is_told()
    {
        var cronJob = CronJob() with
        {
            Spec = CronJob().Spec with { SuccessfulJobsHistoryLimit = 1, FailedJobsHistoryLimit = 0 },
            Status = new CronJobStatus { LastScheduleTime = Due, Active = [new ObjectReference { Name = "c2", Uid = "c2" }, new ObjectReference { Name = "lost", Uid = "lost" }] },
        };
        var plan = Decide(cronJob, Job("c1", "Complete", 1), Job("c2", "Complete", 2), Job("f1", "Failed", 1));
        Assert.Equal(["c1", "f1"], plan.Forget.Select(j => j.Metadata.Name));
        Assert.Equal(["Saw completed job: c2, condition: Complete", "Active job went missing: lost"], plan.Events.Select(e => e.Message));
        Assert.Equal(Due.AddHours(2), plan.Status.LastSuccessfulTime);
        Assert.Empty(plan.Status.Active!);
    }

    static CronJobPlan Decide(CronJobDocument cronJob, params JobDocument[] jobs) =>
        CronJobPlan.Decide(cronJob, jobs, CronSchedule.Parse(cronJob.Spec.Schedule), TimeZoneInfo.Utc, Now);

    static CronJobDocument CronJob() => new()
    {
        Metadata = new ObjectMeta { Name = "tick", Namespace = "dev", Uid = "tick", CreationTimestamp = Due.AddSeconds(-10) },
        Spec = new CronJobSpec { Schedule = "* * * * *", ConcurrencyPolicy = "Allow" },
    };

    static JobDocument Job(string name, string? condition = null, int hour = 0) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "dev", Uid = name },
        Status = new JobStatus
        {
            StartTime = Due.AddHours(hour), CompletionTime = condition == "Complete" ? Due.AddHours(hour) : null,
            Conditions = condition is null ? null : [new Condition { Type = condition, Status = "True" }],
        },
    };
}
