namespace Kube.Agent.Runtime.Docker;

/// <summary>An answer of the engine that goes on, or a connection that it has handed over. When the engine goes away, reading and writing say so in the runtime's terms.</summary>
sealed class DockerStream(IDisposable answer, Stream inner, Func<Exception, CancellationToken, Exception?> translate) : Stream
{
    /// <summary>Tells the engine that no more will be written; null for an answer, which is only read.</summary>
    public Func<ValueTask>? EndOfWriting { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => EndOfWriting is not null;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e)
        {
            if (translate(e, cancellationToken) is { } translated)
                throw translated;
            throw;
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!CanWrite)
            throw new NotSupportedException();
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
            await inner.FlushAsync(cancellationToken);
        }
        catch (Exception e)
        {
            if (translate(e, cancellationToken) is { } translated)
                throw translated;
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            answer.Dispose();
        }
        base.Dispose(disposing);
    }
}
