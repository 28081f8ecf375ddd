namespace Kube.Watch;

/// <summary>How long to wait before the next attempt at something that fails again and again. It knows neither clock nor chance.</summary>
/// <param name="First">The wait after the first failure.</param>
/// <param name="Longest">No wait is longer, unless one is asked for.</param>
/// <param name="Failures">How many there were in a row.</param>
sealed record Backoff(TimeSpan First, TimeSpan Longest, int Failures = 0)
{
    /// <summary>From 200 ms, doubling, to 30 s.</summary>
    public static Backoff Default { get; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));

    /// <summary>One more failure; <paramref name="asked"/> is what the other side asks for.</summary>
    public (TimeSpan Wait, Backoff Next) Fail(TimeSpan? asked = null)
    {
        var wait = Failures >= 16 ? Longest : First * (1 << Failures);
        if (wait > Longest) wait = Longest;
        return (asked > wait ? asked.Value : wait, this with { Failures = Failures + 1 });
    }

    /// <summary>It works again.</summary>
    public Backoff Reset() => Failures == 0 ? this : this with { Failures = 0 };
}
