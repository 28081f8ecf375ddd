using System.IO.Pipelines;

namespace Kube.Server.Streams.Spdy;

/// <summary>A stream that the client has opened.</summary>
sealed class SpdyStream : IDisposable
{
    // The rest waits in the client: SPDY as Kubernetes' clients speak it has no flow control but the connection's.
    const long MaxWaitingBytes = 1 << 20;

    readonly SpdyConnection _connection;
    readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: MaxWaitingBytes, resumeWriterThreshold: MaxWaitingBytes / 2, useSynchronizationContext: false));
    readonly CancellationTokenSource _reset = new();
    bool _ended;

    public SpdyStream(SpdyConnection connection, int id, IReadOnlyDictionary<string, string> headers)
    {
        (_connection, Id, Headers) = (connection, id, headers);
        Input = _pipe.Reader.AsStream();
        Reset = _reset.Token;
    }

    public int Id { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>What the client sends on it.</summary>
    public Stream Input { get; }

    /// <summary>Cancelled when the client gives it up, or is gone.</summary>
    public CancellationToken Reset { get; }

    /// <summary>Where arriving data go; null once nobody reads them any more.</summary>
    public PipeWriter? Arriving { get; private set; }

    public bool IsOver => _ended && Arriving is null;

    public void Open() => Arriving = _pipe.Writer;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => _connection.SendDataAsync(Id, bytes, last: false, cancel);

    /// <summary>Tells the client that no more will come.</summary>
    public async ValueTask EndAsync(CancellationToken cancel)
    {
        _ended = true;
        await _connection.SendDataAsync(Id, ReadOnlyMemory<byte>.Empty, last: true, cancel);
        _connection.Forget(this);
    }

    /// <summary>The client has sent all.</summary>
    public void EndInput()
    {
        Arriving?.Complete();
        Arriving = null;
    }

    /// <summary>The client has given it up, or is gone.</summary>
    public void Abandon()
    {
        EndInput();
        _ended = true;
        _reset.Cancel();
    }

    /// <summary>Nobody reads any more what arrives.</summary>
    public void Dispose() => _pipe.Reader.Complete();
}
