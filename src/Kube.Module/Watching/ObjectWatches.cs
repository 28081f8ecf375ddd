using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Kube.Module.Watching;

/// <summary>Several watches as one stream.</summary>
static class ObjectWatches
{
    // Who does not take what comes holds up the server, rather than filling the memory.
    const int Room = 256;

    /// <summary>All news of all watches, as they come, until the last has failed.</summary>
    public static async IAsyncEnumerable<WatchNews> ReadAsync(IReadOnlyList<ObjectWatch> watches, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var news = Channel.CreateBounded<WatchNews>(new BoundedChannelOptions(Room) { SingleReader = true });
        var run = RunAsync(watches, news.Writer, stop.Token);
        try
        {
            await foreach (var item in news.Reader.ReadAllAsync(cancel).ConfigureAwait(false)) yield return item;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static async Task RunAsync(IReadOnlyList<ObjectWatch> watches, ChannelWriter<WatchNews> news, CancellationToken cancel)
    {
        try
        {
            await Task.WhenAll(watches.Select(watch => watch.RunAsync(news, cancel))).ConfigureAwait(false);
            news.Complete();
        }
        catch (Exception exception)
        {
            // Whoever reads hears of it.
            news.Complete(exception);
        }
    }
}
