using System.Globalization;
using Kube.Agent.Runtime;

namespace Kube.Agent.Pods;

/// <summary>
/// When an ended container is due again: the first restart at once, then 10 s doubling to 300 s from the last finish; ten
/// minutes of running, or another image, start anew. The wait of each attempt is in its labels, so no agent need remember it.
/// </summary>
static class RestartBackoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(300);
    public static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(10);

    /// <summary>How long the restart after an attempt waits.</summary>
    /// <param name="ended">The attempt that is over.</param>
    /// <param name="hash">The hash of the container as it is wanted now.</param>
    public static TimeSpan After(ObservedContainer ended, string hash)
    {
        if (ended.Identity.Hash != hash || ended.Identity.RestartBackoffSeconds is not { } seconds || RanFor(ended.Container) >= Forgiven)
            return TimeSpan.Zero;
        return Next(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>The wait that follows a wait.</summary>
    public static TimeSpan Next(TimeSpan wait) => wait < First ? First : wait * 2 < Longest ? wait * 2 : Longest;

    static TimeSpan RanFor(RuntimeContainer container) =>
        container is { StartedAt: { } started, FinishedAt: { } finished } ? finished - started : TimeSpan.Zero;

    /// <summary>A wait as Kubernetes' messages write it: <c>10s</c>, <c>1m20s</c>, <c>5m0s</c>.</summary>
    public static string Format(TimeSpan wait) => wait.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{wait.Seconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)wait.TotalMinutes}m{wait.Seconds}s");
}
