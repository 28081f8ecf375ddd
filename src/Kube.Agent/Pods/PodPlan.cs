using Kube.Agent.Status;

namespace Kube.Agent.Pods;

/// <summary>What to do about a pod now, how it stands, and when to look again at the latest.</summary>
/// <param name="Actions">To be done in order.</param>
/// <param name="Status">The pod's status before these actions.</param>
/// <param name="WakeAt">When time alone changes something; null: never.</param>
sealed record PodPlan(IReadOnlyList<PodAction> Actions, PodStatus Status, DateTimeOffset? WakeAt);
