using System.Diagnostics;
using Kube.Module.Running;

namespace Kube.Module.Tests.Running;

public class InputQueueTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Small_pieces_come_out_together_and_large_ones_in_parts()
    {
        var queue = InputQueue.Of([new byte[] { 1 }, Array.Empty<byte>(), new byte[] { 2, 3 }, new byte[] { 4, 5, 6, 7, 8 }]);
        var buffer = new byte[5];
        Assert.Equal(5, await queue.ReadAsync(buffer, Cancel));
        Assert.Equal([1, 2, 3, 4, 5], buffer);
        Assert.Equal(3, await queue.ReadAsync(buffer, Cancel));
        Assert.Equal([6, 7, 8], buffer[..3]);
        Assert.Equal(0, await queue.ReadAsync(buffer, Cancel));
    }

    [Fact]
    public async Task What_is_there_is_not_held_back_for_what_may_come()
    {
        var queue = new InputQueue();
        var reading = queue.ReadAsync(new byte[100], Cancel).AsTask();
        queue.Add(new byte[] { 1, 2 });
        Assert.Equal(2, await reading);
        queue.End(new InvalidDataException("torn"));
        await Assert.ThrowsAsync<InvalidDataException>(() => queue.ReadAsync(new byte[100], Cancel).AsTask());
    }

    [Fact]
    public async Task What_follows_soon_is_gathered_until_a_while_has_passed_or_the_buffer_is_full_or_all_is_there()
    {
        var queue = new InputQueue();
        var buffer = new byte[100];
        queue.Add(new byte[] { 1 });
        Assert.Equal(1, await queue.ReadAsync(buffer, Cancel));
        var watch = Stopwatch.StartNew();
        queue.Add(new byte[] { 2 });
        // Measured from a moment that is a little later than the queue's own.
        Assert.Equal(1, await queue.ReadAsync(buffer, Cancel));
        Assert.InRange(watch.Elapsed, InputQueue.Interval / 2, TimeSpan.MaxValue);

        var read = 0;
        var reading = Task.Run(async () =>
        {
            while (await queue.ReadAsync(buffer, Cancel) is > 0 and var length) read += length;
        }, Cancel);
        for (var i = 0; i < 100_000; i++) queue.Add(new byte[] { 3 });
        queue.End();
        await reading;
        Assert.Equal(100_000, read);
    }

    [Fact]
    public async Task Whoever_writes_faster_than_is_read_waits()
    {
        var queue = new InputQueue();
        var written = 0L;
        var writing = Task.Run(async () =>
        {
            for (; written < 50_000_000; written += 100_000)
            {
                while (!queue.HasRoom) await queue.WaitForRoomAsync(Cancel);
                queue.Add(new byte[100_000]);
            }
            queue.End();
        }, Cancel);
        var (read, length) = (0L, 0);
        var buffer = new byte[33_333];
        while ((length = await queue.ReadAsync(buffer, Cancel)) > 0)
        {
            read += length;
            Assert.InRange(Interlocked.Read(ref written) - read, long.MinValue, 1_300_000);
        }
        await writing;
        Assert.Equal(50_000_000, read);
    }

    [Fact]
    public void What_nobody_has_read_is_taken_back()
    {
        var queue = new InputQueue();
        queue.Add(new byte[] { 1 });
        queue.Add(new byte[] { 2 });
        Assert.Equal([1, 2], queue.TakeAll().SelectMany(piece => piece.ToArray()));
    }
}
