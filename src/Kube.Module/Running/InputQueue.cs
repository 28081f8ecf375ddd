using System.Diagnostics;
using System.Threading.Channels;

namespace Kube.Module.Running;

/// <summary>Bytes on their way to a command's standard input. One writes and one reads; small pieces come out together.</summary>
sealed class InputQueue
{
    // Whoever writes faster than the command reads waits, rather than filling the memory.
    const int MostAhead = 1 << 20;

    /// <summary>How soon a buffer that is not full may follow the one before. The first goes at once, so that whoever writes a line and waits for the answer loses no time.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    readonly Channel<ReadOnlyMemory<byte>> _pieces = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    readonly SemaphoreSlim _taken = new(0, 1), _enough = new(0, 1);
    ReadOnlyMemory<byte> _rest;
    Task? _waiting;
    long _ahead, _wanted = long.MaxValue;
    long? _read;
    volatile bool _ended;

    /// <summary>What is known as a whole.</summary>
    public static InputQueue Of(IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        var queue = new InputQueue();
        foreach (var piece in pieces) queue.Add(piece);
        queue.End();
        return queue;
    }

    /// <summary>Whether there is room for more.</summary>
    public bool HasRoom => Interlocked.Read(ref _ahead) < MostAhead;

    /// <summary>Completes when it is worth looking at <see cref="HasRoom"/> again.</summary>
    public Task WaitForRoomAsync(CancellationToken cancel)
    {
        if (_waiting is not { IsCompleted: false }) _waiting = _taken.WaitAsync(cancel);
        return HasRoom ? Task.CompletedTask : _waiting;
    }

    /// <summary>Adds a piece, room or not.</summary>
    public void Add(ReadOnlyMemory<byte> piece)
    {
        _pieces.Writer.TryWrite(piece);
        if (Interlocked.Add(ref _ahead, piece.Length) >= Interlocked.Read(ref _wanted)) Wake(_enough);
    }

    /// <summary>There is no more.</summary>
    /// <param name="failure">Why not, where it should be more.</param>
    public void End(Exception? failure = null)
    {
        _pieces.Writer.TryComplete(failure);
        _ended = true;
        Wake(_enough);
    }

    /// <summary>Takes all that is there, of what nobody has read.</summary>
    public List<ReadOnlyMemory<byte>> TakeAll()
    {
        var all = new List<ReadOnlyMemory<byte>>();
        while (_pieces.Reader.TryRead(out var piece)) all.Add(piece);
        return all;
    }

    /// <summary>Fills a buffer as far as there is something; waits where there is nothing, and a little where there is little.</summary>
    /// <returns>How many bytes; 0 at the end.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        int length;
        while ((length = Take(buffer)) == 0)
            if (!await _pieces.Reader.WaitToReadAsync(cancel)) return 0;
        if (_read is { } before)
        {
            Interlocked.Exchange(ref _wanted, buffer.Length);
            while (length < buffer.Length && !_ended && Interval - Stopwatch.GetElapsedTime(before) is { Ticks: > 0 } left)
            {
                // Whole milliseconds are what the system's timers have.
                await _enough.WaitAsync((int)Math.Ceiling(left.TotalMilliseconds), cancel);
                length += Take(buffer[length..]);
            }
            Interlocked.Exchange(ref _wanted, long.MaxValue);
            length += Take(buffer[length..]);
        }
        _read = Stopwatch.GetTimestamp();
        Interlocked.Add(ref _ahead, -length);
        Wake(_taken);
        return length;
    }

    int Take(Memory<byte> buffer)
    {
        var length = 0;
        while (length < buffer.Length && (!_rest.IsEmpty || _pieces.Reader.TryRead(out _rest)))
        {
            var part = Math.Min(_rest.Length, buffer.Length - length);
            _rest[..part].CopyTo(buffer[length..]);
            (_rest, length) = (_rest[part..], length + part);
        }
        return length;
    }

    static void Wake(SemaphoreSlim waiting)
    {
        if (waiting.CurrentCount == 0) waiting.Release();
    }
}
