namespace Kube.Agent.Pods;

/// <summary>How long a container has between SIGTERM and SIGKILL.</summary>
static class GracePeriod
{
    /// <summary>The longest that is kept. The API takes any number of seconds; engines and timers do not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static TimeSpan Of(long seconds) =>
        seconds <= 0 ? TimeSpan.Zero : seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
}
