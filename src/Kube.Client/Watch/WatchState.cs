namespace Kube.Watch;

/// <summary>How far a watcher has come.</summary>
abstract record WatchState
{
    WatchState() { }

    /// <summary>Nothing is known, or what is known is too old: the list is next.</summary>
    public sealed record Empty : WatchState;

    /// <summary>All is known up to a version: the watch from there is next.</summary>
    public sealed record Listed(string ResourceVersion) : WatchState;

    /// <summary>Changes come in; the version is that of the last.</summary>
    public sealed record Watching(string ResourceVersion, IWatchStream Stream) : WatchState;
}
