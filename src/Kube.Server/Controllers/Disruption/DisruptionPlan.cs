using System.Text.Json;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Disruption;

/// <summary>Decides how many pods of a budget may go, by https://kubernetes.io/docs/tasks/run-application/configure-pdb/.</summary>
static class DisruptionPlan
{
    /// <summary>How long a granted eviction may take until it is taken for one that never came.</summary>
    static readonly TimeSpan GrantLasts = TimeSpan.FromMinutes(2);

    /// <param name="pods">The pods that the budget selects.</param>
    /// <param name="scale">How many pods their controllers want in all.</param>
    /// <returns>The new status, and when it changes by itself.</returns>
    public static (DisruptionBudgetStatus Status, TimeSpan? Again) Decide(DisruptionBudgetDocument budget, IReadOnlyCollection<PodDocument> pods, int scale, DateTimeOffset now)
    {
        var granted = (budget.Status.DisruptedPods ?? new Dictionary<string, DateTimeOffset>())
            .Where(g => now - g.Value < GrantLasts && pods.Any(p => p.Metadata.Name == g.Key && p.Metadata.DeletionTimestamp is null))
            .ToDictionary();
        var healthy = pods.Count(p => p.IsReady && p.Metadata.DeletionTimestamp is null && !granted.ContainsKey(p.Metadata.Name));
        var (expected, desired) = Bounds(budget.Spec, pods.Count, scale);
        var allowed = expected > 0 ? Math.Max(0, healthy - desired) : 0;
        var status = new DisruptionBudgetStatus
        {
            ObservedGeneration = budget.Metadata.Generation,
            DisruptedPods = granted,
            DisruptionsAllowed = allowed,
            CurrentHealthy = healthy,
            DesiredHealthy = desired,
            ExpectedPods = expected,
            Conditions = [Condition(budget, allowed, now)],
        };
        return (status, granted.Count > 0 ? granted.Values.Min() + GrantLasts - now : null);
    }

    static (int Expected, int Desired) Bounds(DisruptionBudgetSpec spec, int pods, int scale)
    {
        if (IsSet(spec.MaxUnavailable)) return (scale, Math.Max(0, scale - IntOrPercent.Resolve(spec.MaxUnavailable, scale, up: true)));
        if (!IsSet(spec.MinAvailable)) return (pods, 0);
        var expected = spec.MinAvailable.ValueKind == JsonValueKind.Number ? pods : scale;
        return (expected, IntOrPercent.Resolve(spec.MinAvailable, expected, up: true));
    }

    static bool IsSet(JsonElement value) => value.ValueKind is JsonValueKind.Number or JsonValueKind.String;

    static DisruptionCondition Condition(DisruptionBudgetDocument budget, int allowed, DateTimeOffset now)
    {
        var (value, reason) = allowed > 0 ? ("True", "SufficientPods") : ("False", "InsufficientPods");
        var before = budget.Status.Conditions?.FirstOrDefault(c => c.Type == "DisruptionAllowed");
        return new DisruptionCondition
        {
            Type = "DisruptionAllowed", Status = value, Reason = reason, ObservedGeneration = budget.Metadata.Generation,
            LastTransitionTime = before?.Status == value ? before.LastTransitionTime : WholeSeconds.Of(now),
        };
    }
}
