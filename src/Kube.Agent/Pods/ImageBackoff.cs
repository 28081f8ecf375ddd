namespace Kube.Agent.Pods;

/// <summary>
/// When a failed pull is due again: 10 s doubling to 300 s, per pod and image; forgotten after ten minutes without a failure.
/// Immutable: a failure makes the next one.
/// </summary>
sealed record ImageBackoff(TimeSpan Wait, DateTimeOffset FailedAt)
{
    public DateTimeOffset RetryAt => FailedAt + Wait;

    public static ImageBackoff After(ImageBackoff? before, DateTimeOffset failedAt) =>
        new(before is null || failedAt - before.FailedAt > 2 * RestartBackoff.Longest ? RestartBackoff.First : RestartBackoff.Next(before.Wait), failedAt);
}
