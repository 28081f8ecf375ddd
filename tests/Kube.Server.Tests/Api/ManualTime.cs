namespace Kube.Server.Tests.Api;

/// <summary>A clock that moves when the test says so.</summary>
sealed class ManualTime : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<Timer> _timers = [];
    DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock while nobody waits for it.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_gate)
            _now += by;
    }

    /// <summary>Waits, within a bound, until somebody waits for the clock, and then moves it.</summary>
    public async Task AdvanceWhenWaitingAsync(TimeSpan by)
    {
        for (var i = 0; i < 1500 && !Waiting(); i++)
            await Task.Delay(10);
        Assert.True(Waiting(), "nobody waits for the clock");
        List<Timer> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(t => t.Due <= _now)];
        }

        foreach (var timer in due)
            timer.Fire();
    }

    bool Waiting()
    {
        lock (_gate)
            return _timers.Any(t => t.Due < DateTimeOffset.MaxValue);
    }

    sealed class Timer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : time.GetUtcNow() + dueTime;
            return true;
        }

        public void Fire()
        {
            Due = DateTimeOffset.MaxValue;
            callback(state);
        }

        public void Dispose() => Due = DateTimeOffset.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
