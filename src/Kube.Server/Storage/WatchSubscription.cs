using System.Threading.Channels;

namespace Kube.Server.Storage;

/// <summary>The changes of one collection from a moment on. A reader that falls too far behind is cut off, never waited for.</summary>
sealed class WatchSubscription : IDisposable
{
    readonly Channel<StoreEvent> _channel;
    readonly Action<WatchSubscription> _leave;

    public WatchSubscription(string collection, int capacity, StoreState state, List<StoreEvent> backlog, Action<WatchSubscription> leave)
    {
        (Collection, State, Backlog, _leave) = (collection, state, backlog, leave);
        _channel = Channel.CreateBounded<StoreEvent>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
    }

    public string Collection { get; }

    /// <summary>The state at which the live changes begin.</summary>
    public StoreState State { get; }

    /// <summary>The changes between the revision asked for and <see cref="State"/>.</summary>
    public List<StoreEvent> Backlog { get; }

    /// <summary>The live changes. It completes when the store closes, or with a <see cref="WatcherTooSlowException"/>.</summary>
    public ChannelReader<StoreEvent> Changes => _channel.Reader;

    /// <summary>Hands a change over; false when the reader is too far behind and has been cut off.</summary>
    public bool Offer(StoreEvent change)
    {
        if (_channel.Writer.TryWrite(change))
            return true;
        _channel.Writer.TryComplete(new WatcherTooSlowException());
        return false;
    }

    public void Complete() => _channel.Writer.TryComplete();

    public void Dispose() => _leave(this);
}
