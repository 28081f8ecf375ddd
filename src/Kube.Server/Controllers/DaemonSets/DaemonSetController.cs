using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Replication;
using Kube.Server.Controllers.Revisions;

namespace Kube.Server.Controllers.DaemonSets;

/// <summary>Keeps one pod of each daemon set on each node that fits.</summary>
sealed class DaemonSetController
{
    static readonly ControllerIdentity Self = new("daemonset-controller", KubeResources.DaemonSets);

    readonly KubeApi _api;
    readonly Cache<DaemonSetDocument> _sets;
    readonly Cache<PodDocument> _pods;
    readonly Cache<NodeDocument> _nodes;
    readonly RevisionHistory _history;
    readonly PodControl _control;
    readonly TimeProvider _time;
    readonly WorkQueue _queue;

    public DaemonSetController(
        KubeApi api, Cache<DaemonSetDocument> sets, Cache<PodDocument> pods, Cache<NodeDocument> nodes, Cache<ControllerRevisionDocument> revisions, ControllerEvents events, TimeProvider time, ILogger log)
    {
        (_api, _sets, _pods, _nodes, _time, _queue) = (api, sets, pods, nodes, time, new WorkQueue("daemon set", time, log));
        _history = new RevisionHistory(api, revisions, Self);
        sets.Changed += (_, set) => _queue.Add(set.Metadata.Key);
        nodes.Changed += (_, _) =>
        {
            foreach (var set in _sets.Items) _queue.Add(set.Metadata.Key);
        };
        _control = new PodControl(api, pods, events, time, Self, _queue.Add, pod =>
        {
            foreach (var set in _sets.Items.Where(s => s.Metadata.Namespace == pod.Metadata.Namespace && s.Spec.Selector.Matches(pod.Metadata.Labels))) _queue.Add(set.Metadata.Key);
        });
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_sets.Synced, _pods.Synced, _nodes.Synced, _history.Synced).WaitAsync(cancel);
        await _queue.RunAsync(2, ReconcileAsync, cancel);
    }

    async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancel)
    {
        if (_sets.Find(key) is not { } set) return null;
        var expected = _control.Expected(set.Metadata);
        var claim = await _control.ClaimAsync(set.Metadata, set.Spec.Selector, cancel);
        var used = claim.Own.Select(p => p.Metadata.Labels?.GetValueOrDefault(RevisionPlan.Label)).ToHashSet();
        var revision = await _history.KeepAsync(set.Metadata, set.Spec.Template, set.Spec.RevisionHistoryLimit, r => used.Contains(r.Metadata.Labels?.GetValueOrDefault(RevisionPlan.Label)), cancel);
        var plan = DaemonSetPlan.Decide(set, [.. _nodes.Items], claim.Own, revision.Hash, expected, _control.IsLeaving, _time.GetUtcNow());
        await StatusWriter.WriteAsync(_api, Self.Resource, set.Metadata, set.Status, plan.Status, DocumentJson.Default.DaemonSetStatus, cancel);
        await _control.DeleteAsync(set.Metadata, plan.Delete, cancel);
        await _control.CreateAsync(set.Metadata, [.. plan.Create.Select(node => DaemonPods.Write(set, Self, node, revision.Hash))], cancel);
        return plan.Again;
    }
}
