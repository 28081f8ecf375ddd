namespace Kube.Module.Draining;

/// <summary>Which pods leave a node, and how.</summary>
sealed record DrainOptions
{
    /// <summary>A label selector for the pods; null: all.</summary>
    public string? PodSelector { get; init; }

    /// <summary>Whether pods go that nothing makes anew.</summary>
    public bool Force { get; init; }

    /// <summary>Whether pods go that keep data on the node.</summary>
    public bool DeleteLocalData { get; init; }

    /// <summary>Whether pods are deleted, past their budgets.</summary>
    public bool DisableEviction { get; init; }

    /// <summary>Seconds that containers get to stop; null: each pod's own.</summary>
    public int? GracePeriod { get; init; }

    /// <summary>Whether the server is only asked which of them it would let go.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many requests are under way at the most.</summary>
    public int ThrottleLimit { get; init; } = 16;
}
