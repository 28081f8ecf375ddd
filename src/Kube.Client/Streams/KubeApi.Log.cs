using System.Runtime.CompilerServices;
using Kube.Streams;

namespace Kube;

public sealed partial class KubeApi
{
    /// <summary>Reads a container's log line by line, each with its time. One that is followed goes on as with <see cref="ReadLogTextAsync"/>.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="options">Which part; the container must be named.</param>
    /// <param name="cancel">Ends it at any byte.</param>
    /// <exception cref="KubeStreamException">It broke off.</exception>
    public async IAsyncEnumerable<KubeLogLine> ReadLogAsync(string @namespace, string pod, LogOptions options, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var lines in ReadLogTextAsync(@namespace, pod, options with { Timestamps = false }, withTimes: true, null, cancel).ConfigureAwait(false))
            foreach (var line in lines) yield return new KubeLogLine { Pod = pod, Container = options.Container!, Timestamp = line.Timestamp, Line = line.Text };
    }

    /// <summary>
    /// Reads a container's log at full speed, in batches as they arrive. One that is followed goes on, without loss or repeat, where the connection breaks or the
    /// container is started again, and waits for a container that is still to start; it ends when the container will write no more, or its pod is gone. A line
    /// longer than 64 MiB comes in several.
    /// </summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="options">Which part; the container must be named. With <see cref="LogOptions.Timestamps"/> the text starts with the time as the server writes it.</param>
    /// <param name="withTimes">Whether the times are wanted beside the text; a log that is followed has them anyway.</param>
    /// <param name="notify">Hears of breaks and of what a container waits for; it is called on any thread.</param>
    /// <param name="cancel">Ends it at any byte.</param>
    /// <exception cref="KubeOperationException">The server refuses; of a log that is followed, at its start.</exception>
    /// <exception cref="KubeStreamException">It broke off, and is not followed.</exception>
    /// <exception cref="KubeConnectionException">The server does not answer; of a log that is followed, for five minutes.</exception>
    public IAsyncEnumerable<IReadOnlyList<KubeLogText>> ReadLogTextAsync(string @namespace, string pod, LogOptions options, bool withTimes, Action<KubeLogNotice>? notify, CancellationToken cancel)
    {
        if (options.Container is null) throw new ArgumentException("The container must be named.", nameof(options));
        return options.Follow
            ? new LogFollower(this, @namespace, pod, options, options.Timestamps, notify).ReadAsync(cancel)
            : ReadOnceAsync(@namespace, pod, options, withTimes, cancel);
    }

    async IAsyncEnumerable<IReadOnlyList<KubeLogText>> ReadOnceAsync(string @namespace, string pod, LogOptions options, bool withTimes, [EnumeratorCancellation] CancellationToken cancel)
    {
        var isPlain = !withTimes || options.Timestamps;
        // The server counts the times that it writes: where they do not show, the count is ours.
        var part = options with { Timestamps = withTimes || options.Timestamps, LimitBytes = isPlain ? options.LimitBytes : null };
        await using var log = await LogRead.OpenAsync(this, @namespace, pod, part, options.Timestamps, new LogLimit(options.LimitBytes), new LogFilter(null, options.SinceTime), cancel).ConfigureAwait(false);
        while (await log.ReadAsync(isWhole: true, cancel).ConfigureAwait(false) is { } lines)
            if (lines.Count > 0) yield return lines;
    }
}
