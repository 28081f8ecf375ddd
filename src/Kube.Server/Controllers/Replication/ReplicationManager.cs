using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Replication;

/// <summary>Keeps as many pods of each replica set, or replication controller, as it asks for.</summary>
sealed class ReplicationManager
{
    public static ControllerIdentity ReplicaSets { get; } = new("replicaset-controller", KubeResources.ReplicaSets);

    public static ControllerIdentity ReplicationControllers { get; } = new("replication-controller", KubeResources.ReplicationControllers);

    readonly KubeApi _api;
    readonly ControllerIdentity _self;
    readonly Cache<ReplicaSetDocument> _sets;
    readonly Cache<PodDocument> _pods;
    readonly PodControl _control;
    readonly TimeProvider _time;
    readonly WorkQueue _queue;

    public ReplicationManager(
        ControllerIdentity self, KubeApi api, Cache<ReplicaSetDocument> sets, Cache<PodDocument> pods, ControllerEvents events, TimeProvider time, ILogger log)
    {
        (_self, _api, _sets, _pods, _time, _queue) = (self, api, sets, pods, time, new WorkQueue(self.Resource.Name, time, log));
        sets.Changed += (_, set) => _queue.Add(set.Metadata.Key);
        _control = new PodControl(api, pods, events, time, self, _queue.Add, Offer);
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_sets.Synced, _pods.Synced).WaitAsync(cancel);
        await _queue.RunAsync(2, ReconcileAsync, cancel);
    }

    // One without a controller may be adopted.
    void Offer(PodDocument pod)
    {
        foreach (var set in _sets.Items.Where(s => s.Metadata.Namespace == pod.Metadata.Namespace && s.Spec.Selector.Matches(pod.Metadata.Labels)))
            _queue.Add(set.Metadata.Key);
    }

    async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancel)
    {
        if (_sets.Find(key) is not { } set) return null;
        // Before the pods are counted: one that arrives in between counts once, as seen.
        var expected = _control.Expected(set.Metadata);
        var claim = await _control.ClaimAsync(set.Metadata, set.Spec.Selector, cancel);
        var now = _time.GetUtcNow();
        var plan = ReplicationPlan.Decide(set, claim.Own, expected, _control.IsLeaving, now);
        KubeOperationException? failure = null;
        try
        {
            if (plan.Create > 0)
            {
                var document = PodTemplate.ToPod(set.Spec.Template, set.Metadata, _self);
                await _control.CreateAsync(set.Metadata, [.. Enumerable.Repeat(document, plan.Create)], cancel);
            }
            await _control.DeleteAsync(set.Metadata, plan.Delete, cancel);
        }
        catch (KubeOperationException e)
        {
            failure = e;
        }
        await StatusWriter.WriteAsync(_api, _self.Resource, set.Metadata, set.Status, ReplicationStatus.Of(set, plan.Active, failure?.Message, now), DocumentJson.Default.ReplicaSetStatus, cancel);
        // Tried again later and later; the status tells why.
        if (failure is not null) throw failure;
        return ReplicationStatus.NextAvailable(plan.Active, set.Spec.MinReadySeconds, now);
    }
}
