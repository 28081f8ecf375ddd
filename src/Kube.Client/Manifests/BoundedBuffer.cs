namespace Kube.Manifests;

/// <summary>A memory stream that refuses to grow beyond a limit.</summary>
sealed class BoundedBuffer(long limit) : MemoryStream
{
    public ReadOnlyMemory<byte> Written => GetBuffer().AsMemory(0, (int)Length);

    public override void Write(byte[] buffer, int offset, int count)
    {
        Check(count);
        base.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Check(buffer.Length);
        base.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Check(count);
        return base.WriteAsync(buffer, offset, count, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Check(buffer.Length);
        return base.WriteAsync(buffer, cancellationToken);
    }

    void Check(int more)
    {
        if (Length + more > limit)
            throw new BodyTooLargeException();
    }
}

/// <summary>More came than was allowed. It stays inside the fetcher.</summary>
sealed class BodyTooLargeException : Exception;
