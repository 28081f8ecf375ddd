namespace Kube.Module.Logs;

/// <summary>
/// Puts the lines of several logs in the order of their time. A log that has ended, or is still to be read, is waited for; one that is followed and quiet no longer than
/// a moment. The lines of one log keep their order. Pure: the time is a parameter. Not thread-safe.
/// </summary>
/// <param name="patience">How long a line waits for a log that is followed.</param>
/// <param name="firstPatience">How long a log that is followed may take to send its first line.</param>
sealed class LogMerge(TimeSpan patience, TimeSpan firstPatience)
{
    readonly List<Source> _sources = [];
    readonly Stack<int> _free = [];
    readonly PriorityQueue<int, (long Time, int Source)> _heads = new();
    int _silentFinite, _silentFollowed;

    /// <summary>Takes another log in and returns its number, counted from 0; the number of one that has ended is given again.</summary>
    public int Add(bool isFollowed, TimeSpan now)
    {
        var source = new Source { IsFollowed = isFollowed, Since = now };
        Silence(isFollowed, 1);
        if (_free.TryPop(out var number))
        {
            _sources[number] = source;
            return number;
        }
        _sources.Add(source);
        return _sources.Count - 1;
    }

    /// <summary>Whether a log has no lines here.</summary>
    public bool IsSilent(int source) => _sources[source] is { IsOver: false, Lines: null };

    /// <summary>Takes the next lines of a log that <see cref="IsSilent"/>.</summary>
    public void Arrive(int source, IReadOnlyList<KubeLogText> lines, TimeSpan now)
    {
        if (lines.Count == 0) return;
        var to = _sources[source];
        Silence(to.IsFollowed, -1);
        (to.Lines, to.Next, to.Since, to.HasSpoken) = (lines, 0, now, true);
        Enqueue(source);
    }

    /// <summary>A log that <see cref="IsSilent"/> is at its end.</summary>
    public void End(int source)
    {
        var ended = _sources[source];
        Silence(ended.IsFollowed, -1);
        ended.IsOver = true;
        _free.Push(source);
    }

    /// <summary>What is to be done now.</summary>
    public LogMergeStep Next(TimeSpan now)
    {
        if (!_heads.TryPeek(out var first, out _)) return _silentFinite + _silentFollowed == 0 ? new LogMergeStep.Done() : new LogMergeStep.Wait(null);
        if (_silentFinite > 0) return new LogMergeStep.Wait(null);
        if (_silentFollowed > 0 && Deadline(_sources[first]) is var deadline && deadline > now) return new LogMergeStep.Wait(deadline);
        return Take();
    }

    LogMergeStep.Take Take()
    {
        var number = _heads.Dequeue();
        var source = _sources[number];
        var (lines, start) = (source.Lines!, source.Next);
        source.LastTime = source.Time;
        var end = start + 1;
        // All that comes before the next line of any other log.
        if (!_heads.TryPeek(out _, out var other)) end = lines.Count;
        else
            for (; end < lines.Count && ((lines[end].Nanoseconds ?? source.LastTime), number).CompareTo(other) <= 0; end++) source.LastTime = lines[end].Nanoseconds ?? source.LastTime;
        if (end == lines.Count)
        {
            source.LastTime = lines[end - 1].Nanoseconds ?? source.LastTime;
            source.Lines = null;
            Silence(source.IsFollowed, 1);
        }
        else
        {
            source.Next = end;
            Enqueue(number);
        }
        return new LogMergeStep.Take(number, lines, start, end - start);
    }

    TimeSpan Deadline(Source first)
    {
        var deadline = first.Since + patience;
        foreach (var source in _sources)
            if (source is { IsOver: false, Lines: null, HasSpoken: false } && source.Since + firstPatience is var own && own > deadline) deadline = own;
        return deadline;
    }

    void Enqueue(int source) => _heads.Enqueue(source, (_sources[source].Time, source));

    void Silence(bool isFollowed, int change)
    {
        if (isFollowed) _silentFollowed += change;
        else _silentFinite += change;
    }

    sealed class Source
    {
        public bool IsFollowed { get; init; }
        public bool IsOver { get; set; }
        public bool HasSpoken { get; set; }
        public IReadOnlyList<KubeLogText>? Lines { get; set; }
        public int Next { get; set; }

        /// <summary>When its present lines arrived, or it was taken in.</summary>
        public TimeSpan Since { get; set; }

        public long LastTime { get; set; } = long.MinValue;

        /// <summary>A line without a time belongs to the one before.</summary>
        public long Time => Lines![Next].Nanoseconds ?? LastTime;
    }
}

/// <summary>What is to be done with logs that are merged.</summary>
abstract record LogMergeStep
{
    LogMergeStep() { }

    /// <summary>Hand on lines of one log.</summary>
    public sealed record Take(int Source, IReadOnlyList<KubeLogText> Lines, int Start, int Count) : LogMergeStep;

    /// <summary>Wait for lines; but not longer than until then.</summary>
    public sealed record Wait(TimeSpan? Until) : LogMergeStep;

    /// <summary>All logs are at their end.</summary>
    public sealed record Done : LogMergeStep;
}
