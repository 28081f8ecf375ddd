namespace Kube.Watch;

/// <summary>What a step of a watcher tells.</summary>
abstract record WatchSignal
{
    WatchSignal() { }

    /// <summary>This is all there is now; what is not in it is gone.</summary>
    public sealed record Restarted(KubeList List) : WatchSignal;

    /// <summary>One object came, changed or went.</summary>
    public sealed record Changed(KubeWatchEvent Event) : WatchSignal;

    /// <summary>Nothing happened, and the server is well.</summary>
    public sealed record Progressed : WatchSignal;

    /// <summary>The server has closed the stream as it does after a while; the watch goes on from its last version.</summary>
    public sealed record Closed : WatchSignal;

    /// <summary>A step failed; the state says where the next one begins.</summary>
    public sealed record Failed(KubeException Error) : WatchSignal
    {
        /// <summary>The how manieth failure in a row it is.</summary>
        public int InARow { get; init; } = 1;

        /// <summary>Whether changes came in before: what is refused now was allowed then.</summary>
        public bool AfterSuccess { get; init; }
    }
}
