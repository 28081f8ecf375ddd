using System.Threading.Channels;
using Kube.Module.Base;

namespace Kube.Module.Logs;

/// <summary>The log of one container, read ahead in the background.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container.</param>
/// <param name="IsFollowed">Whether it goes on with what is still to be written.</param>
sealed record PodLog(KubePod Pod, string Container, bool IsFollowed)
{
    // Batches, of some hundred lines each: whoever reads on takes no more memory than that.
    const int Ahead = 8;

    readonly Channel<PodLogNews> _news = Channel.CreateUnbounded<PodLogNews>(new UnboundedChannelOptions { SingleReader = true });
    readonly SemaphoreSlim _room = new(Ahead);

    /// <summary>Whether all of it has been taken.</summary>
    public bool IsOver => _news.Reader.Completion.IsCompleted;

    /// <summary>Why it ended; null: as it should.</summary>
    public Exception? Failure => _news.Reader.Completion.Exception?.InnerException;

    /// <summary>Takes what comes next, if it is there.</summary>
    public bool TryTake(out PodLogNews news)
    {
        if (!_news.Reader.TryRead(out news)) return false;
        if (news.Lines is not null) _room.Release();
        return true;
    }

    /// <summary>Reads to the end, and says whenever there is news; at last that there is no more, or why.</summary>
    public async Task ReadAsync(IAsyncEnumerable<IReadOnlyList<KubeLogText>> lines, Action happened, CancellationToken cancel)
    {
        Exception? failure = null;
        try
        {
            await foreach (var batch in lines.WithCancellation(cancel))
            {
                await _room.WaitAsync(cancel);
                _news.Writer.TryWrite(new PodLogNews(batch, null));
                happened();
            }
        }
        catch (Exception exception)
        {
            // The pipeline's thread alone may write: it gets whatever it is.
            failure = exception;
        }
        _news.Writer.Complete(failure);
        happened();
    }

    /// <summary>Tells something between the lines; it waits for no one.</summary>
    public void Tell(KubeLogNotice notice, Action happened)
    {
        _news.Writer.TryWrite(new PodLogNews(null, notice));
        happened();
    }
}

/// <summary>What is heard of a log: lines, or a notice.</summary>
readonly record struct PodLogNews(IReadOnlyList<KubeLogText>? Lines, KubeLogNotice? Notice);
