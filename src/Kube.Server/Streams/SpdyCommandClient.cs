using Kube.Agent.Runtime;
using Kube.Server.Streams.Spdy;

namespace Kube.Server.Streams;

/// <summary>A client that speaks SPDY, as kubectl does before 1.31: each direction has a stream of its own, named by its header <c>streamtype</c>.</summary>
sealed class SpdyCommandClient : CommandClient
{
    static readonly TimeSpan OpeningTimeout = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    readonly SpdyConnection _connection;
    readonly CommandProtocol _protocol;
    readonly Task _running;
    readonly Dictionary<string, SpdyStream> _streams = [];

    SpdyCommandClient(SpdyConnection connection, CommandProtocol protocol) => (_connection, _protocol, _running) = (connection, protocol, connection.RunAsync(CancellationToken.None));

    /// <summary>Waits for the streams that the request asks for.</summary>
    /// <returns>Null where the client does not open them.</returns>
    public static async Task<SpdyCommandClient?> OpenAsync(SpdyConnection connection, CommandProtocol protocol, CommandQuery query)
    {
        var client = new SpdyCommandClient(connection, protocol);
        var wanted = new HashSet<string> { "error" };
        if (query.Stdin) wanted.Add("stdin");
        if (query.Stdout) wanted.Add("stdout");
        if (query.Stderr && !query.Tty) wanted.Add("stderr");
        if (query.Tty && protocol.HasResize) wanted.Add("resize");
        using var limit = new CancellationTokenSource(OpeningTimeout);
        try
        {
            while (!wanted.IsSubsetOf(client._streams.Keys))
            {
                var stream = await connection.Opened.ReadAsync(limit.Token);
                client._streams[stream.Headers.GetValueOrDefault("streamtype", "")] = stream;
            }
            return client;
        }
        catch (Exception e) when (e is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            await client.DisposeAsync();
            return null;
        }
    }

    public override Stream Input => _streams.TryGetValue("stdin", out var stream) ? stream.Input : Stream.Null;

    public override IAsyncEnumerable<TerminalSize> Sizes => _streams.TryGetValue("resize", out var stream) ? SizeReader.ReadAsync(stream.Input) : AsyncEnumerable.Empty<TerminalSize>();

    public override CancellationToken Gone => _connection.Gone;

    public override async ValueTask WriteAsync(bool isError, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (!_streams.TryGetValue(isError ? "stderr" : "stdout", out var stream)) return;
        try
        {
            await stream.WriteAsync(bytes, cancel);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new OperationCanceledException("The client is gone.", e, cancel);
        }
    }

    public override async Task FinishAsync(CommandOutcome outcome)
    {
        // What still arrives is taken in and dropped, so that the client can end.
        if (_streams.TryGetValue("stdin", out var input)) input.Dispose();
        var words = _protocol.HasStatus ? outcome.ToStatus() : outcome.ToText();
        try
        {
            foreach (var output in new[] { "stdout", "stderr" })
                if (_streams.TryGetValue(output, out var stream)) await stream.EndAsync(Gone);
            if (words.Length > 0) await _streams["error"].WriteAsync(words, Gone);
            await _streams["error"].EndAsync(Gone);
            // Closed too soon, a connection loses what the client has not read yet.
            await _running.WaitAsync(Farewell);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or TimeoutException)
        {
            // It is gone already, or takes its time.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        foreach (var stream in _streams.Values) stream.Dispose();
        await _running;
    }
}
