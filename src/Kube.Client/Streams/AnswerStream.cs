namespace Kube.Streams;

/// <summary>The body of an answer, which ends with the stream. A break is a <see cref="KubeStreamException"/>.</summary>
sealed class AnswerStream : Stream
{
    readonly HttpResponseMessage _answer;
    readonly Stream _body;
    readonly string _what;

    AnswerStream(HttpResponseMessage answer, Stream body, string what) => (_answer, _body, _what) = (answer, body, what);

    public static async Task<Stream> OpenAsync(HttpResponseMessage answer, string what, CancellationToken cancel)
    {
        try
        {
            return new AnswerStream(answer, await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false), what);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
    {
        try
        {
            return await _body.ReadAsync(buffer, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Broken(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel) =>
        ReadAsync(buffer.AsMemory(offset, count), cancel).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return _body.Read(buffer, offset, count);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Broken(e);
        }
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
            _answer.Dispose();
        }
        base.Dispose(disposing);
    }

    KubeStreamException Broken(Exception e) => new($"{_what} broke off.", e);
}
