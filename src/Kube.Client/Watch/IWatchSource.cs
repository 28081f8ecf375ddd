namespace Kube.Watch;

/// <summary>Where a watcher gets its lists and changes: a server, or a script in tests.</summary>
interface IWatchSource
{
    /// <summary>The whole list as it stands now.</summary>
    Task<KubeList> ListAsync(CancellationToken cancel);

    /// <summary>Opens the changes after a version.</summary>
    Task<IWatchStream> WatchAsync(string resourceVersion, CancellationToken cancel);
}

/// <summary>The changes after a version, as they come.</summary>
interface IWatchStream : IAsyncDisposable
{
    /// <summary>The next frame; null where the server has closed the stream as it does after a while.</summary>
    /// <exception cref="KubeStreamException">It broke off, or cannot be read.</exception>
    ValueTask<WatchFrame?> ReadAsync(CancellationToken cancel);
}

/// <summary>One frame of a watch.</summary>
abstract record WatchFrame
{
    WatchFrame() { }

    /// <summary>An object came, changed or went.</summary>
    public sealed record Change(KubeWatchEvent Event) : WatchFrame;

    /// <summary>Nothing happened up to this version.</summary>
    public sealed record Bookmark(string ResourceVersion) : WatchFrame;

    /// <summary>The server cannot go on.</summary>
    public sealed record Error(KubeStatus Status) : WatchFrame;
}
