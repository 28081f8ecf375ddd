namespace Kube.Streams;

/// <summary>
/// How far a log has been read, so that it can be read on without loss or repeat. Servers take whole seconds alone, and what two streams of a container write at once
/// may be a little out of order: the newest second and the one before come once more, in the same order, and are counted off. Not thread-safe.
/// </summary>
sealed class LogPosition
{
    const long NanosecondsPerSecond = 1_000_000_000;

    long _first;
    long _newest = long.MinValue;
    // The newest second, and how many lines are of it and of the one before.
    long _second;
    long _count, _countBefore;
    long _left;

    /// <summary>From when on the log is to be asked for; null before the first line that has a time.</summary>
    public DateTimeOffset? Since => _newest == long.MinValue ? null : DateTimeOffset.FromUnixTimeSeconds(_second - 1);

    /// <summary>The log starts again, from <see cref="Since"/>.</summary>
    public void Resume() => _left = _count + _countBefore;

    /// <summary>Takes the next line in.</summary>
    /// <param name="nanoseconds">Its time.</param>
    /// <returns>Whether it is new.</returns>
    public bool Advance(long nanoseconds)
    {
        var second = nanoseconds / NanosecondsPerSecond;
        if (_left > 0)
        {
            // Beyond the newest nothing was read, even if lines have gone meanwhile (a log that was rotated).
            if (nanoseconds > _newest) _left = 0;
            else
            {
                // What is older than the first line was left out at the start, and is not counted.
                if (second >= _second - 1 && nanoseconds >= _first) _left--;
                return false;
            }
        }
        if (nanoseconds > _newest)
        {
            if (_newest == long.MinValue) (_first, _second) = (nanoseconds, second);
            else if (second > _second) (_countBefore, _count, _second) = (second == _second + 1 ? _count : 0, 0, second);
            _newest = nanoseconds;
        }
        if (second == _second) _count++;
        else if (second == _second - 1) _countBefore++;
        return true;
    }
}

/// <summary>Which lines of an answer are left out, by their time.</summary>
/// <param name="Position">What has been read already; null: nothing.</param>
/// <param name="From">What is older was not asked for, though servers, which take whole seconds, may send it.</param>
readonly record struct LogFilter(LogPosition? Position, DateTimeOffset? From)
{
    readonly long _from = From is { } from ? (from - DateTimeOffset.UnixEpoch).Ticks * 100 : long.MinValue;

    /// <summary>Takes the next line in; false: it is left out.</summary>
    public bool Take(long nanoseconds) => nanoseconds >= _from && Position?.Advance(nanoseconds) != false;
}
