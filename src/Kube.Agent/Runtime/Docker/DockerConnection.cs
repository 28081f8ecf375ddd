using System.Net.Sockets;
using Docker.DotNet;

namespace Kube.Agent.Runtime.Docker;

/// <summary>
/// One engine: found, asked which API version it speaks, and called. Every failure leaves as one of the three exceptions of a runtime. When the engine
/// goes away the next call asks anew, as another version may come back.
/// </summary>
sealed class DockerConnection(Func<DockerEndpoint> find) : IDisposable
{
    // What Kube uses is all in 1.41 (engine 20.10) and still in 1.51 (engine 28); engine 29 refuses versions below 1.44.
    static readonly Version Oldest = new(1, 41);
    static readonly Version Newest = new(1, 51);
    static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);
    static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(2);

    readonly SemaphoreSlim _gate = new(1);
    DockerSession? _session;

    /// <summary>Calls the engine.</summary>
    /// <param name="call">What to do.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="timeout">How long the engine may take; default two minutes.</param>
    public async Task<T> CallAsync<T>(Func<DockerSession, CancellationToken, Task<T>> call, CancellationToken cancel, TimeSpan? timeout = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout ?? AnswerTimeout);
        var current = await OpenAsync(cancel);
        try
        {
            return await call(current, limit.Token);
        }
        catch (Exception e)
        {
            if (Translate(e, current.Endpoint, cancel) is not { } translated)
                throw;
            if (translated is RuntimeUnavailableException)
                Forget(current);
            throw translated;
        }
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public Task CallAsync(Func<DockerSession, CancellationToken, Task> call, CancellationToken cancel, TimeSpan? timeout = null) => CallAsync(async (session, limit) =>
    {
        await call(session, limit);
        return true;
    }, cancel, timeout);

    /// <summary>Opens an answer that goes on; what its reading fails with is translated too. No time limit holds for it.</summary>
    /// <param name="path">Relative to the API's version.</param>
    /// <param name="cancel">Stops the opening.</param>
    public Task<Stream> OpenStreamAsync(string path, CancellationToken cancel) => CallAsync<Stream>(async (session, limit) =>
    {
        var answer = await session.GetAsync(path, limit);
        return new DockerStream(answer, await answer.Content.ReadAsStreamAsync(limit), (exception, reading) => Translate(exception, session.Endpoint, reading));
    }, cancel);

    /// <summary>Takes a connection over for bytes in both directions; what its reading and writing fail with is translated too. No time limit holds for it.</summary>
    /// <param name="path">Relative to the API's version.</param>
    /// <param name="json">The request's body; null: none.</param>
    /// <param name="cancel">Stops the opening.</param>
    public Task<DockerStream> UpgradeAsync(string path, string? json, CancellationToken cancel) => CallAsync(async (session, limit) =>
    {
        var hijack = await session.UpgradeAsync(path, json, limit);
        return new DockerStream(hijack, hijack.Stream, (exception, reading) => Translate(exception, session.Endpoint, reading)) { EndOfWriting = hijack.EndWritingAsync };
    }, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _session?.Dispose();
        _gate.Dispose();
    }

    async Task<DockerSession> OpenAsync(CancellationToken cancel)
    {
        if (_session is { } open)
            return open;
        await _gate.WaitAsync(cancel);
        try
        {
            if (_session is { } opened)
                return opened;
            var endpoint = find();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(PingTimeout);
            try
            {
                return _session = await DockerSession.OpenAsync(endpoint, Oldest, Newest, limit.Token);
            }
            catch (Exception e) when (Translate(e, endpoint, cancel) is { } translated)
            {
                throw translated;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    // Not disposed: other calls may still be under way with it, and an idle handler closes its connections itself.
    void Forget(DockerSession failed) => Interlocked.CompareExchange(ref _session, null, failed);

    static Exception? Translate(Exception exception, DockerEndpoint endpoint, CancellationToken cancel) => exception switch
    {
        RuntimeUnavailableException or RuntimeException or ImagePullException => null,
        OperationCanceledException when cancel.IsCancellationRequested => null,
        DockerApiException e => new RuntimeException(DockerErrors.MessageOf(e), e),
        OperationCanceledException or TimeoutException => new RuntimeUnavailableException($"The Docker Engine at {endpoint} ({endpoint.Origin}) does not answer in time.", exception),
        HttpRequestException or IOException or SocketException => new RuntimeUnavailableException(DockerErrors.Unavailable(endpoint, exception), exception),
        _ => null,
    };
}
