namespace Kube.Module.Watching;

/// <summary>What a watch has to say.</summary>
/// <param name="Watch">Which one.</param>
abstract record WatchNews(ObjectWatch Watch)
{
    /// <summary>What there was when it began.</summary>
    public sealed record Begun(ObjectWatch Watch, IReadOnlyList<KubeObject> Items) : WatchNews(Watch);

    /// <summary>An object came, changed or went.</summary>
    public sealed record Changed(ObjectWatch Watch, KubeWatchEvent Event) : WatchNews(Watch);

    /// <summary>Something failed, and the watch goes on.</summary>
    public sealed record Troubled(ObjectWatch Watch, KubeException Error, int InARow) : WatchNews(Watch)
    {
        // Three seconds: a server that only starts again is not worth a warning.
        const int FailuresToWarn = 5;

        /// <summary>Whether it is time to warn, which comes once.</summary>
        public bool IsLasting => InARow == FailuresToWarn;
    }

    /// <summary>The watch has come to its end.</summary>
    public sealed record Failed(ObjectWatch Watch, KubeException Error) : WatchNews(Watch);
}
