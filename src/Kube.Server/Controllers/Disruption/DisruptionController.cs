using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Disruption;

/// <summary>Keeps the status of each disruption budget, by which evictions are granted.</summary>
sealed class DisruptionController
{
    public static KubeResource Budgets { get; } = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true);

    readonly KubeApi _api;
    readonly Cache<DisruptionBudgetDocument> _budgets;
    readonly Cache<PodDocument> _pods;
    readonly Cache<ReplicaSetDocument>[] _replicas;
    readonly Cache<StatefulSetDocument> _statefulSets;
    readonly TimeProvider _time;
    readonly WorkQueue _queue;

    /// <param name="replicas">Replica sets and replication controllers.</param>
    public DisruptionController(
        KubeApi api, Cache<DisruptionBudgetDocument> budgets, Cache<PodDocument> pods, Cache<ReplicaSetDocument>[] replicas, Cache<StatefulSetDocument> statefulSets, TimeProvider time, ILogger log)
    {
        (_api, _budgets, _pods, _replicas, _statefulSets, _time) = (api, budgets, pods, replicas, statefulSets, time);
        _queue = new WorkQueue("disruption budget", time, log);
        budgets.Changed += (_, budget) => _queue.Add(budget.Metadata.Key);
        // What a pod has no more may have been counted: every budget of its namespace looks again.
        pods.Changed += (_, pod) => AddAll(pod.Metadata.Namespace);
        foreach (var cache in replicas) cache.Changed += (_, set) => AddAll(set.Metadata.Namespace);
        statefulSets.Changed += (_, set) => AddAll(set.Metadata.Namespace);
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll([_budgets.Synced, _pods.Synced, .. _replicas.Select(r => r.Synced), _statefulSets.Synced]).WaitAsync(cancel);
        await _queue.RunAsync(1, ReconcileAsync, cancel);
    }

    void AddAll(string? @namespace)
    {
        foreach (var budget in _budgets.Items.Where(b => b.Metadata.Namespace == @namespace)) _queue.Add(budget.Metadata.Key);
    }

    async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancel)
    {
        if (_budgets.Find(key) is not { } budget || budget.Metadata.DeletionTimestamp is not null) return null;
        var pods = _pods.Items.Where(p => !p.IsFinished && budget.Selects(p)).ToList();
        var (status, again) = DisruptionPlan.Decide(budget, pods, Scale(pods), _time.GetUtcNow());
        if (Patch(budget, status) is { } patch)
        {
            try
            {
                await _api.PatchAsync(Budgets, budget.Metadata.Namespace, budget.Metadata.Name, PatchType.Merge, patch, ControllerOptions.WriteStatus, cancel);
            }
            catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
            {
                // It was deleted meanwhile.
            }
        }
        return again;
    }

    int Scale(IEnumerable<PodDocument> pods)
    {
        var owners = pods.Select(p => (p.Metadata.Namespace, p.Metadata.Controller)).Where(p => p.Controller is not null).DistinctBy(p => p.Controller!.Uid).ToList();
        return owners.Sum(owner =>
        {
            var key = $"{owner.Namespace}/{owner.Controller!.Name}";
            return _replicas.Select(r => r.Find(key)).FirstOrDefault(s => s?.Metadata.Uid == owner.Controller.Uid)?.Replicas
                ?? (_statefulSets.Find(key) is { } set && set.Metadata.Uid == owner.Controller.Uid ? set.Spec.Replicas ?? 1 : 0);
        });
    }

    // Within a map only a null takes an entry away.
    static byte[]? Patch(DisruptionBudgetDocument budget, DisruptionBudgetStatus status)
    {
        var (before, after) = (ToNode(budget.Status), ToNode(status));
        if (JsonNode.DeepEquals(before, after)) return null;
        var granted = after["disruptedPods"] as JsonObject ?? [];
        foreach (var name in budget.Status.DisruptedPods?.Keys ?? [])
            if (!granted.ContainsKey(name)) granted[name] = null;
        after["disruptedPods"] = granted.Parent is null ? granted : granted.DeepClone();
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = budget.Metadata.Uid, ["resourceVersion"] = budget.Metadata.ResourceVersion },
            ["status"] = after,
        });
    }

    static JsonObject ToNode(DisruptionBudgetStatus status)
    {
        var node = JsonSerializer.SerializeToNode(status, DocumentJson.Default.DisruptionBudgetStatus)!.AsObject();
        if (status.DisruptedPods is not { Count: > 0 }) node.Remove("disruptedPods");
        return node;
    }
}
