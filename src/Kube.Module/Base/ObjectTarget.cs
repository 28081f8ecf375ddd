namespace Kube.Module.Base;

/// <summary>Objects of one kind that a command means.</summary>
/// <param name="Resource">The kind.</param>
/// <param name="Names">Their names, wildcards among them; none: all that the selectors leave.</param>
sealed record ObjectTarget(KubeResource Resource, IReadOnlyList<string> Names)
{
    /// <summary>Whether the command means objects of other kinds too.</summary>
    public bool IsOneOfMany { get; init; }
}
