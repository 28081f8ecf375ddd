using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>Which of a namespace's pods are a workload's. Pure.</summary>
/// <param name="Own">Its pods, the ones to adopt among them. Those that ended or are being deleted, too.</param>
/// <param name="Adopt">Pods without a controller that its selector matches.</param>
/// <param name="Release">Pods of its own that its selector no longer matches.</param>
sealed record PodClaim(IReadOnlyList<PodDocument> Own, IReadOnlyList<PodDocument> Adopt, IReadOnlyList<PodDocument> Release)
{
    public static PodClaim Of(ObjectMeta owner, LabelSelector selector, IEnumerable<PodDocument> pods)
    {
        List<PodDocument> own = [], adopt = [], release = [];
        foreach (var pod in pods)
        {
            var matches = selector.Matches(pod.Metadata.Labels);
            if (pod.Metadata.Controller is { } controller)
            {
                if (controller.Uid != owner.Uid) continue;
                if (matches || owner.DeletionTimestamp is not null) own.Add(pod);
                else if (pod.Metadata.DeletionTimestamp is null) release.Add(pod);
            }
            else if (matches && owner.DeletionTimestamp is null && pod.Metadata.DeletionTimestamp is null && !pod.IsFinished)
            {
                adopt.Add(pod);
                own.Add(pod);
            }
        }
        return new PodClaim(own, adopt, release);
    }
}
