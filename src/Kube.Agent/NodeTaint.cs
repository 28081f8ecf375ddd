namespace Kube.Agent;

/// <summary>Keeps pods that do not tolerate it off a node.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value; null: none.</param>
/// <param name="Effect"><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>.</param>
public sealed record NodeTaint(string Key, string? Value, string Effect);
