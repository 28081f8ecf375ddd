using System.Runtime.CompilerServices;
using Kube.Watch;

namespace Kube.Streams;

/// <summary>
/// Follows a container's log over all that may come between: connections that break, restarts of the container and of the server. It ends when the container
/// will write no more.
/// </summary>
/// <param name="api">The cluster.</param>
/// <param name="namespace">The pod's namespace.</param>
/// <param name="name">The pod.</param>
/// <param name="options">Which part, and the container.</param>
/// <param name="keepStamps">Whether the times stay in the text.</param>
/// <param name="notify">Hears what the one who follows may want to know.</param>
sealed class LogFollower(KubeApi api, string @namespace, string name, LogOptions options, bool keepStamps, Action<KubeLogNotice>? notify)
{
    /// <summary>A server that has not answered for so long is given up.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    static readonly Backoff LookAgain = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(3));

    static readonly string[] StuckReasons = ["ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "CreateContainerConfigError", "CreateContainerError", "RunContainerError"];

    readonly string _container = options.Container!;
    readonly LogPosition _position = new();
    readonly LogLimit _limit = new(options.LimitBytes);
    LogAttempt? _read;
    bool _wasReadToItsEnd;
    DateTimeOffset? _firstOpenedAt;
    string? _uid;
    string? _lastReason;
    Backoff _retry = Backoff.Default;
    long? _failingSince;

    public async IAsyncEnumerable<IReadOnlyList<KubeLogText>> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var wait = LookAgain;
        while (!_limit.IsReached)
        {
            var (turn, failure) = await TryAsync(() => LookAsync(cancel)).ConfigureAwait(false);
            if (failure is not null)
            {
                await PauseAsync(failure, cancel).ConfigureAwait(false);
                continue;
            }
            switch (turn)
            {
                case LogTurn.Wait waiting:
                    Tell(waiting.Reason);
                    Answered();
                    (var pause, wait) = wait.Fail();
                    await Task.Delay(pause, cancel).ConfigureAwait(false);
                    continue;
                case LogTurn.Read reading:
                    wait = wait.Reset();
                    await foreach (var lines in ReadAsync(reading, cancel).ConfigureAwait(false)) yield return lines;
                    continue;
                default:
                    yield break;
            }
        }
    }

    async Task<LogTurn> LookAsync(CancellationToken cancel)
    {
        LogContainer? container = null;
        try
        {
            var pod = (KubePod)await api.GetAsync(KubeResources.Pods, @namespace, name, cancel).ConfigureAwait(false);
            _uid ??= pod.Uid;
            // Another pod of the same name has a log of its own.
            if (pod.Uid == _uid) container = LogContainer.Of(pod, _container) ?? throw new KubeOperationException(new KubeStatus(400, "BadRequest", $"container {_container} is not valid for pod {name}") { Name = name, Kind = "Pod" });
        }
        catch (KubeOperationException e) when (e.Status.Code == 404 && _uid is not null)
        {
            // The pod was there, and so its log is at its end.
        }
        return LogTurn.Next(container, _read, _wasReadToItsEnd);
    }

    async IAsyncEnumerable<IReadOnlyList<KubeLogText>> ReadAsync(LogTurn.Read turn, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (log, failure) = await TryAsync(() => OpenAsync(turn, cancel)).ConfigureAwait(false);
        if (log is null)
        {
            // A log that is gone stays so.
            if (failure is null) (_read, _wasReadToItsEnd) = (turn.Attempt, true);
            else await PauseAsync(failure, cancel).ConfigureAwait(false);
            yield break;
        }
        await using var opened = log;
        Answered();
        _firstOpenedAt ??= log.OpenedAt;
        if (_read is { } last && last.Id != turn.Attempt.Id && turn.Attempt.Number > last.Number + 1)
            notify?.Invoke(new KubeLogNotice(true, $"Container '{_container}' of pod '{name}' was restarted {turn.Attempt.Number - last.Number} times meanwhile; the logs in between are gone."));
        (_read, _wasReadToItsEnd, _lastReason) = (turn.Attempt, false, null);
        while (true)
        {
            (var lines, failure) = await TryAsync(() => log.ReadAsync(isWhole: !turn.Follow, cancel).AsTask()).ConfigureAwait(false);
            if (failure is not null)
            {
                notify?.Invoke(new KubeLogNotice(false, $"{failure.Message} It is opened again."));
                yield break;
            }
            if (lines is null) break;
            if (lines.Count > 0) yield return lines;
        }
        if (!turn.Follow) _wasReadToItsEnd = true;
    }

    /// <summary>Opens a log from where it was left; null: it is gone.</summary>
    async Task<LogRead?> OpenAsync(LogTurn.Read turn, CancellationToken cancel)
    {
        var part = options with { Follow = turn.Follow, Previous = turn.Previous, Timestamps = true, LimitBytes = null };
        // What was left out at the start is left out for good; what comes later is wanted whole.
        if (_firstOpenedAt is { } first) part = part with { TailLines = null, Since = null, SinceTime = _position.Since ?? (options.TailLines is null && options.Since is null ? options.SinceTime : first) };
        _position.Resume();
        try
        {
            return await LogRead.OpenAsync(api, @namespace, name, part, keepStamps, _limit, new LogFilter(_position, options.SinceTime), cancel).ConfigureAwait(false);
        }
        catch (KubeOperationException e) when (_read is not null && !turn.Follow && e.Status.Code is 400 or 404)
        {
            notify?.Invoke(new KubeLogNotice(true, $"The end of a log of container '{_container}' in pod '{name}' is gone: {e.Message}"));
            return null;
        }
    }

    void Tell(string? reason)
    {
        if (reason == _lastReason) return;
        _lastReason = reason;
        notify?.Invoke(new KubeLogNotice(StuckReasons.Contains(reason), $"Container '{_container}' of pod '{name}' does not run{(reason is null ? "" : $" ({reason})")}; its log is waited for."));
    }

    /// <summary>Tries what may fail for a while without the log being at its end.</summary>
    async Task<(T? Result, KubeException? Failure)> TryAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return (await action().ConfigureAwait(false), null);
        }
        catch (KubeException e) when (_read is not null && MayPass(e) && (_failingSince is not { } since || Environment.TickCount64 - since < Patience.TotalMilliseconds))
        {
            _failingSince ??= Environment.TickCount64;
            return (default, e);
        }
    }

    void Answered() => (_retry, _failingSince) = (_retry.Reset(), null);

    static bool MayPass(KubeException failure) => failure switch
    {
        KubeStreamException => true,
        // What broke off in between may look like another kind of server for a moment.
        KubeConnectionException { Fault: KubeConnectionFault.Unreachable or KubeConnectionFault.Timeout or KubeConnectionFault.NotKubernetes } => true,
        // A node that has just started may not know its pods (404) or their containers (400) yet; of a pod that is gone the next look tells.
        KubeOperationException { Status.Code: 400 or 404 or 429 or >= 500 } => true,
        _ => false,
    };

    async Task PauseAsync(KubeException failure, CancellationToken cancel)
    {
        if (_retry.Failures == 0) notify?.Invoke(new KubeLogNotice(true, $"The log of pod '{name}' is interrupted: {failure.Message} It goes on when the cluster answers."));
        (var pause, _retry) = _retry.Fail((failure as KubeOperationException)?.Status.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        await Task.Delay(pause, cancel).ConfigureAwait(false);
    }
}
