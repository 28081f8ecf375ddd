using System.Globalization;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Jobs;

/// <summary>A job's pods, counted. Pure.</summary>
sealed record JobTally
{
    public const string IndexAnnotation = "batch.kubernetes.io/job-completion-index";

    public required IReadOnlyList<PodDocument> Active { get; init; }

    public int Terminating { get; private init; }

    public int Succeeded { get; private init; }

    public int Failed { get; private init; }

    /// <summary>How often containers of pods that restart them were started again.</summary>
    public int Restarts { get; private init; }

    /// <summary>Pods that failed since the last one that succeeded.</summary>
    public int FailuresInARow { get; private init; }

    public DateTimeOffset? LastFailure { get; private init; }

    public IReadOnlySet<int> DoneIndexes { get; private init; } = new HashSet<int>();

    public IReadOnlySet<int> ActiveIndexes { get; private init; } = new HashSet<int>();

    /// <param name="job">The job, whose status remembers pods that are no more.</param>
    public static JobTally Of(JobDocument job, IReadOnlyList<PodDocument> own, Func<PodDocument, bool> leaving)
    {
        var succeeded = own.Where(p => p.Status.Phase == "Succeeded").ToList();
        // One that is deleted before its end will not come to a good one.
        var failed = own.Where(p => p.Status.Phase == "Failed").ToList();
        var active = own.Where(p => !p.IsFinished && !leaving(p)).ToList();
        var lastSuccess = succeeded.Select(EndOf).Max();
        var since = failed.Select(EndOf).Where(end => lastSuccess is null || end > lastSuccess).ToList();
        var done = IndexRanges.Read(job.Status.CompletedIndexes).Concat(succeeded.Select(IndexOf).OfType<int>()).Where(i => i < (job.Spec.Completions ?? 0)).ToHashSet();
        return new JobTally
        {
            Active = active,
            Terminating = own.Count(p => !p.IsFinished && leaving(p)),
            // Pods that somebody cleared away have still been.
            Succeeded = job.IsIndexed ? done.Count : Math.Max(succeeded.Count, job.Status.Succeeded),
            Failed = Math.Max(failed.Count, job.Status.Failed),
            Restarts = active.Where(p => p.Spec.RestartPolicy == "OnFailure").Sum(p => (p.Status.ContainerStatuses ?? []).Concat(p.Status.InitContainerStatuses ?? []).Sum(c => c.RestartCount)),
            FailuresInARow = since.Count,
            LastFailure = since.Max(),
            DoneIndexes = done,
            ActiveIndexes = active.Select(IndexOf).OfType<int>().ToHashSet(),
        };
    }

    static int? IndexOf(PodDocument pod) =>
        pod.Metadata.Annotations?.GetValueOrDefault(IndexAnnotation) is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    static DateTimeOffset? EndOf(PodDocument pod) =>
        (pod.Status.ContainerStatuses ?? []).Select(c => c.State?.Terminated?.FinishedAt).Max()
        ?? pod.ReadyCondition?.LastTransitionTime ?? pod.Metadata.CreationTimestamp;
}
