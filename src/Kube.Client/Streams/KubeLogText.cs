namespace Kube;

/// <summary>One line of a log without an object of its own: what large logs are read as.</summary>
/// <param name="Nanoseconds">When it was written, in nanoseconds since 1970 (UTC); null where times were not asked for, or the line has none.</param>
/// <param name="Text">The line without its end; bytes that are no UTF-8 are U+FFFD.</param>
public readonly record struct KubeLogText(long? Nanoseconds, string Text)
{
    const int NanosecondsPerTick = 100;

    /// <summary><see cref="Nanoseconds"/> as local time, to 100 ns.</summary>
    public DateTime? Timestamp => Nanoseconds is { } since ? DateTime.UnixEpoch.AddTicks(since / NanosecondsPerTick).ToLocalTime() : null;
}
