using System.Globalization;
using System.Text.Json;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Replication;
using Kube.Server.Controllers.Revisions;

namespace Kube.Server.Controllers.StatefulSets;

/// <summary>Keeps the pods of stateful sets, each with a name and a place of its own.</summary>
sealed class StatefulSetController
{
    static readonly ControllerIdentity Self = new("statefulset-controller", KubeResources.StatefulSets);

    readonly KubeApi _api;
    readonly Cache<StatefulSetDocument> _sets;
    readonly Cache<PodDocument> _pods;
    readonly RevisionHistory _history;
    readonly PodControl _control;
    readonly TimeProvider _time;
    readonly WorkQueue _queue;

    public StatefulSetController(
        KubeApi api, Cache<StatefulSetDocument> sets, Cache<PodDocument> pods, Cache<ControllerRevisionDocument> revisions, ControllerEvents events, TimeProvider time, ILogger log)
    {
        (_api, _sets, _pods, _time, _queue) = (api, sets, pods, time, new WorkQueue("stateful set", time, log));
        _history = new RevisionHistory(api, revisions, Self);
        sets.Changed += (_, set) => _queue.Add(set.Metadata.Key);
        _control = new PodControl(api, pods, events, time, Self, _queue.Add, pod =>
        {
            foreach (var set in _sets.Items.Where(s => s.Metadata.Namespace == pod.Metadata.Namespace && s.Spec.Selector.Matches(pod.Metadata.Labels))) _queue.Add(set.Metadata.Key);
        })
        {
            Words = static (verb, pod, owner) => $"{verb} Pod {pod} in StatefulSet {owner} successful",
        };
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_sets.Synced, _pods.Synced, _history.Synced).WaitAsync(cancel);
        await _queue.RunAsync(2, ReconcileAsync, cancel);
    }

    async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancel)
    {
        if (_sets.Find(key) is not { } set) return null;
        var expected = _control.Expected(set.Metadata);
        var claim = await _control.ClaimAsync(set.Metadata, set.Spec.Selector, cancel, pod => StatefulSetPlan.OrdinalOf(set, pod) is not null);
        var used = claim.Own.Select(p => p.Metadata.Labels?.GetValueOrDefault(RevisionPlan.Label)).Append(set.Status.CurrentRevision).ToHashSet();
        var revision = await _history.KeepAsync(set.Metadata, set.Spec.Template, set.Spec.RevisionHistoryLimit, r => used.Contains(r.Metadata.Name), cancel);
        var plan = StatefulSetPlan.Decide(set, claim.Own, revision.Name, _control.IsLeaving, _time.GetUtcNow());
        await StatusWriter.WriteAsync(_api, Self.Resource, set.Metadata, set.Status, plan.Status, DocumentJson.Default.StatefulSetStatus, cancel);
        await _control.DeleteAsync(set.Metadata, plan.Delete, cancel);
        // One that was created and has not been seen yet would be created again.
        if (expected == 0) await _control.CreateAsync(set.Metadata, [.. plan.Create.Select(c => Pod(set, c.Ordinal, c.Updated, revision.Name))], cancel);
        return plan.Again;
    }

    byte[] Pod(StatefulSetDocument set, int ordinal, bool updated, string update)
    {
        var old = updated ? null : _history.Of(set.Metadata).FirstOrDefault(r => r.Metadata.Name == set.Status.CurrentRevision);
        var name = StatefulSetPlan.NameOf(set, ordinal);
        var spec = new Dictionary<string, Action<Utf8JsonWriter>> { ["hostname"] = json => json.WriteStringValue(name) };
        if (!string.IsNullOrEmpty(set.Spec.ServiceName)) spec["subdomain"] = json => json.WriteStringValue(set.Spec.ServiceName);
        return PodTemplate.ToPod(old is null ? set.Spec.Template : RevisionPlan.Template(old), set.Metadata, Self, name,
            labels: new Dictionary<string, string>
            {
                [RevisionPlan.Label] = old?.Metadata.Name ?? update,
                ["statefulset.kubernetes.io/pod-name"] = name,
                ["apps.kubernetes.io/pod-index"] = ordinal.ToString(CultureInfo.InvariantCulture),
            },
            spec: spec);
    }
}
