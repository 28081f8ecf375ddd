namespace Kube.Streams;

/// <summary>One answer with a log, read in batches of lines.</summary>
sealed class LogRead : IAsyncDisposable
{
    readonly Stream _stream;
    readonly LogSplitter _splitter;
    readonly LogLimit _limit;
    bool _over;

    LogRead(Stream stream, LogSplitter splitter, LogLimit limit, DateTimeOffset? openedAt) => (_stream, _splitter, _limit, OpenedAt) = (stream, splitter, limit, openedAt);

    /// <summary>When the server began to answer, by its clock.</summary>
    public DateTimeOffset? OpenedAt { get; }

    /// <param name="api">The cluster.</param>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="options">Which part; with <see cref="LogOptions.Timestamps"/> each line's time is read.</param>
    /// <param name="keepStamps">Whether the times stay in the text.</param>
    /// <param name="limit">How much is wanted.</param>
    /// <param name="filter">What is left out.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<LogRead> OpenAsync(KubeApi api, string @namespace, string pod, LogOptions options, bool keepStamps, LogLimit limit, LogFilter filter, CancellationToken cancel)
    {
        // The end of a log is soon read; all of it may be large.
        var request = Http.KubeRequest.Log(@namespace, pod, options) with { IsBulk = options is { Follow: false, Timestamps: false, TailLines: null } };
        var answer = await api.Connection.SendAsync(request, cancel).ConfigureAwait(false);
        var openedAt = answer.Headers.Date;
        var stream = await AnswerStream.OpenAsync(answer, $"The log of pod {pod}", cancel).ConfigureAwait(false);
        return new LogRead(stream, new LogSplitter(options.Timestamps, keepStamps, limit, filter), limit, openedAt);
    }

    /// <summary>The next lines, perhaps none; null at the end.</summary>
    /// <param name="isWhole">Whether a last line without an end is one: not where the log may go on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="KubeStreamException">It broke off.</exception>
    public async ValueTask<IReadOnlyList<KubeLogText>?> ReadAsync(bool isWhole, CancellationToken cancel)
    {
        if (_over || _limit.IsReached) return null;
        var read = await _stream.ReadAsync(_splitter.Room(), cancel).ConfigureAwait(false);
        if (read > 0) return _splitter.Add(read);
        _over = true;
        return isWhole ? _splitter.End() : null;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
