using System.Runtime.InteropServices;
using Kube.Streams;

namespace Kube.Module.Terminals;

/// <summary>A terminal at one end, a command with a terminal of its own at the other.</summary>
sealed class TerminalSession(Terminal terminal, KubeCommand command)
{
    static readonly TimeSpan SizeInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Carries keys, sizes and output until the command ends.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="KubeException">The connection broke off.</exception>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // Reading waits for keys: it has a thread of its own.
        var typing = Task.Factory.StartNew(() => TypeAsync(ended.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        var sizing = SizeAsync(ended.Token);
        try
        {
            while (await command.ReadAsync(cancel) is { } piece) terminal.Write(piece.Bytes.Span);
            return command.ExitCode!.Value;
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(typing, sizing);
        }
    }

    async Task TypeAsync(CancellationToken cancel)
    {
        var keys = new byte[4096];
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                var count = terminal.Read(keys);
                if (count < 0) return;
                if (count > 0) await command.WriteAsync(keys.AsMemory(0, count), cancel);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or KubeStreamException)
        {
            // It has ended; reading tells how.
        }
    }

    async Task SizeAsync(CancellationToken cancel)
    {
        using var changed = new SemaphoreSlim(1);
        // Where there is no signal for it (Windows), the size is looked at now and then.
        using var signal = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => changed.Release());
        (int, int) last = default;
        try
        {
            while (true)
            {
                await changed.WaitAsync(SizeInterval, cancel);
                var size = Terminal.Size;
                if (size == last) continue;
                last = size;
                await command.ResizeAsync(size.Columns, size.Rows, cancel);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or KubeStreamException)
        {
            // It has ended; reading tells how.
        }
    }
}
