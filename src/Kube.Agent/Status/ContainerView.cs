namespace Kube.Agent.Status;

/// <summary>What the planner has made of a container, as far as its status shows it.</summary>
/// <param name="Reason">Why it waits, where it waits for more than its turn.</param>
/// <param name="Message">The sentence that goes with it.</param>
/// <param name="Restarts">Whether an attempt that is over will be followed by another.</param>
sealed record ContainerView(string? Reason = null, string? Message = null, bool Restarts = false)
{
    public static ContainerView None { get; } = new();
}
