using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Jobs;

namespace Kube.Server.Tests.Controllers.Jobs;

public class JobPlanTests
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    // Pods by their first letter: Running, Succeeded, Failed (an hour ago), Leaving.
    [Theory]
    [InlineData(1, 1, "", 0, 1, 0)]
    [InlineData(5, 2, "", 0, 2, 0)]
    [InlineData(5, 2, "", 1, 1, 0)]
    [InlineData(5, 2, "R", 0, 1, 0)]
    [InlineData(5, 2, "SSSS", 0, 1, 0)]
    [InlineData(5, 2, "SSSSR", 0, 0, 0)]
    [InlineData(5, 2, "FF", 0, 2, 0)]
    [InlineData(5, 1, "RRR", 0, 0, 2)]
    [InlineData(5, 0, "RR", 0, 0, 2)]
    [InlineData(5, 2, "LR", 0, 1, 0)]
    // Without a number of completions a first success means that no more are begun.
    [InlineData(null, 3, "R", 0, 2, 0)]
    [InlineData(null, 3, "SR", 0, 0, 0)]
    public void Pods_are_made_as_far_as_they_are_needed(int? completions, int parallelism, string pods, int expected, int create, int delete)
    {
        var plan = Decide(Job(completions, parallelism), pods, expected);
        Assert.Equal((create, delete), (plan.Create, plan.Delete.Count));
        Assert.Equal(Now, plan.Status.StartTime);
        Assert.Null(plan.Status.Conditions);
    }

    [Theory]
    [InlineData(2, 2, "SS", "Complete True CompletionsReached Reached expected number of succeeded pods")]
    [InlineData(null, 2, "SS", "Complete True CompletionsReached Reached expected number of succeeded pods")]
    [InlineData(0, 1, "", "Complete True CompletionsReached Reached expected number of succeeded pods")]
    [InlineData(2, 2, "FFFR", "Failed True BackoffLimitExceeded Job has reached the specified backoff limit")]
    public void It_ends(int? completions, int parallelism, string pods, string condition)
    {
        var plan = Decide(Job(completions, parallelism), pods);
        var end = Assert.Single(plan.Status.Conditions!);
        Assert.Equal(condition, $"{end.Type} {end.Status} {end.Reason} {end.Message}");
        Assert.Equal(pods.Count(p => p == 'R'), plan.Delete.Count);
        Assert.Equal(0, plan.Create);
        Assert.Equal(end.Type == "Complete" ? Now : null, plan.Status.CompletionTime);
    }

    [Fact]
    public void The_next_pod_after_a_failure_waits()
    {
        var failed = Pod('F', 0, Now.AddSeconds(-4));
        var plan = JobPlan.Decide(Job(1, 1), [failed], 0, _ => false, Now);
        Assert.Equal((0, TimeSpan.FromSeconds(6)), (plan.Create, plan.Again));
        plan = JobPlan.Decide(Job(1, 1), [failed, Pod('F', 1, Now.AddSeconds(-5))], 0, _ => false, Now);
        Assert.Equal((0, TimeSpan.FromSeconds(16)), (plan.Create, plan.Again));
        Assert.Equal(1, JobPlan.Decide(Job(1, 1), [failed], 0, _ => false, Now.AddSeconds(6)).Create);
    }

    [Fact]
    public void It_fails_when_it_runs_for_too_long()
    {
        var job = Job(1, 1) with { Spec = Job(1, 1).Spec with { ActiveDeadlineSeconds = 60 }, Status = new JobStatus { StartTime = Now.AddSeconds(-50) } };
        Assert.Equal(TimeSpan.FromSeconds(10), Decide(job, "R").Again);
        Assert.Equal("DeadlineExceeded", JobPlan.Decide(job, [Pod('R', 0)], 0, _ => false, Now.AddSeconds(10)).Status.Conditions!.Single().Reason);
    }

    [Fact]
    public void Restarts_in_place_count_against_the_limit()
    {
        var pod = Pod('R', 0) with
        {
            Spec = new PodSpec { RestartPolicy = "OnFailure" },
            Status = new PodStatus { Phase = "Running", ContainerStatuses = [new ContainerState { RestartCount = 2 }] },
        };
        Assert.Equal("BackoffLimitExceeded", JobPlan.Decide(Job(1, 1), [pod], 0, _ => false, Now).Status.Conditions!.Single().Reason);
        Assert.Null(JobPlan.Decide(Job(1, 1), [pod with { Status = pod.Status with { ContainerStatuses = [new ContainerState { RestartCount = 1 }] } }], 0, _ => false, Now).Status.Conditions);
    }

    [Fact]
    public void Suspended_it_stops_its_pods_and_begins_anew_when_resumed()
    {
        var job = Job(2, 2) with { Spec = Job(2, 2).Spec with { Suspend = true }, Status = new JobStatus { StartTime = Now.AddHours(-1) } };
        var plan = Decide(job, "RR");
        Assert.Equal((2, "Suspended", "True"), (plan.Delete.Count, plan.Status.Conditions!.Single().Type, plan.Status.Conditions!.Single().Status));
        Assert.Null(plan.Status.StartTime);
        var resumed = Decide(Job(2, 2) with { Status = plan.Status }, "");
        Assert.Equal((2, "False", "JobResumed", Now), (resumed.Create, resumed.Status.Conditions!.Single().Status, resumed.Status.Conditions!.Single().Reason, resumed.Status.StartTime));
    }

    [Fact]
    public void Of_an_indexed_one_each_index_runs_until_it_succeeds()
    {
        var job = Job(5, 3) with { Spec = Job(5, 3).Spec with { CompletionMode = "Indexed" }, Status = new JobStatus { CompletedIndexes = "0" } };
        PodDocument[] pods = [Indexed('S', 1), Indexed('R', 3), Indexed('F', 2)];
        var plan = JobPlan.Decide(job, pods, 0, _ => false, Now);
        Assert.Equal([2, 4], plan.Indexes);
        Assert.Equal(("0,1", 2), (plan.Status.CompletedIndexes, plan.Status.Succeeded));
        Assert.Empty(JobPlan.Decide(job, pods, 1, _ => false, Now).Indexes);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0,1", 0, 1)]
    [InlineData("0-2", 0, 1, 2)]
    [InlineData("1,3-5,9", 1, 3, 4, 5, 9)]
    [InlineData("")]
    public void Indexes_are_written_as_ranges(string text, params int[] indexes)
    {
        Assert.Equal(text, IndexRanges.Write(indexes.Reverse()));
        Assert.Equal(indexes, IndexRanges.Read(text));
    }

    [Fact]
    public void A_finished_one_goes_some_time_after_its_end()
    {
        var job = Job(1, 1) with
        {
            Spec = Job(1, 1).Spec with { TtlSecondsAfterFinished = 30 },
            Status = new JobStatus { Conditions = [new Condition { Type = "Complete", Status = "True", LastTransitionTime = Now.AddSeconds(-10) }] },
        };
        Assert.Equal(TimeSpan.FromSeconds(20), JobPlan.Expiry(job, Now));
        Assert.Equal(TimeSpan.Zero, JobPlan.Expiry(job, Now.AddHours(1)));
        Assert.Null(JobPlan.Expiry(job with { Spec = Job(1, 1).Spec }, Now));
    }

    static JobPlan Decide(JobDocument job, string pods, int expected = 0) =>
        JobPlan.Decide(job, [.. pods.Select((p, i) => Pod(p, i))], expected, p => p.Metadata.DeletionTimestamp is not null, Now);

    static JobDocument Job(int? completions, int parallelism) => new()
    {
        Metadata = new ObjectMeta { Name = "job", Namespace = "dev", Uid = "job" },
        Spec = new JobSpec { Completions = completions, Parallelism = parallelism, BackoffLimit = 2 },
    };

    static PodDocument Indexed(char state, int index)
    {
        var pod = Pod(state, index);
        return pod with { Metadata = pod.Metadata with { Annotations = new Dictionary<string, string> { [JobTally.IndexAnnotation] = index.ToString() } } };
    }

    static PodDocument Pod(char state, int number, DateTimeOffset? end = null) => new()
    {
        Metadata = new ObjectMeta { Name = $"p{number}", Uid = $"p{number}", CreationTimestamp = Now.AddHours(-2), DeletionTimestamp = state == 'L' ? Now : null },
        Status = new PodStatus
        {
            Phase = state switch { 'S' => "Succeeded", 'F' => "Failed", _ => "Running" },
            ContainerStatuses = state is 'S' or 'F' ? [new ContainerState { State = new ContainerStates { Terminated = new TerminatedState { FinishedAt = end ?? Now.AddHours(-1) } } }] : null,
        },
    };
}
