using System.Text;
using Kube.Streams;

namespace Kube.Module.Copying;

/// <summary>A command's standard output as a stream; its standard error is kept as text.</summary>
sealed class CommandOutput(KubeCommand command) : Stream
{
    const int MostWords = 4000;

    readonly StringBuilder _words = new();
    byte[] _rest = [];
    int _given;
    bool _ended;

    /// <summary>What it said on standard error.</summary>
    public string Words => _words.ToString().Trim();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_given == _rest.Length && !_ended)
        {
            if (await command.ReadAsync(cancellationToken) is not { } piece) _ended = true;
            else if (piece.IsError) Keep(piece.Bytes.Span);
            else (_rest, _given) = (piece.Bytes.ToArray(), 0);
        }
        var part = Math.Min(buffer.Length, _rest.Length - _given);
        _rest.AsSpan(_given, part).CopyTo(buffer.Span);
        _given += part;
        return part;
    }

    /// <summary>Reads what is left, and returns the exit code.</summary>
    public async Task<int> EndAsync(CancellationToken cancel)
    {
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await ReadAsync(buffer, cancel)) > 0)
            // An engine that cannot start the program says so here.
            if (_words.Length == 0) Keep(buffer.AsSpan(0, Math.Min(read, 500)));
        return command.ExitCode!.Value;
    }

    void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_words.Length < MostWords) _words.Append(Encoding.UTF8.GetString(bytes));
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
