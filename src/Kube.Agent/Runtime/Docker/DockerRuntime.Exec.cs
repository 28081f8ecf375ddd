using System.Text.Json;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Kube.Agent.Runtime.Docker;

public sealed partial class DockerRuntime
{
    // Nobody types it: the engine's own default, Ctrl+P Ctrl+Q, would hold back every Ctrl+P of a shell until the next key.
    const string DetachKeys = "ctrl-@,ctrl-],ctrl-@,ctrl-]";

    static readonly TimeSpan ExitPoll = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public async Task<int> ExecAsync(string id, ExecRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel)
    {
        var parameters = new ContainerExecCreateParameters
        {
            Cmd = [.. request.Command],
            AttachStdin = request.Input is not null,
            AttachStdout = true,
            AttachStderr = true,
            TTY = request.Tty,
            DetachKeys = DetachKeys,
        };
        var exec = await _connection.CallAsync(async (session, limit) => (await session.Client.Exec.CreateContainerExecAsync(id, parameters, limit)).ID, cancel);
        await using (var stream = await _connection.UpgradeAsync($"exec/{exec}/start", JsonSerializer.Serialize(new { Detach = false, request.Tty }), cancel))
        {
            // The first size comes after the start: an exec that does not run yet has no terminal to resize.
            await ConverseAsync(stream, request.Tty, request.Input, request.Sizes, $"exec/{exec}/resize", write, cancel);
        }

        // The stream ends when the command has closed its outputs, which is not always its end.
        while (true)
        {
            var state = await _connection.CallAsync((session, limit) => session.Client.Exec.InspectContainerExecAsync(exec, limit), cancel);
            if (!state.Running)
                return (int)(state.ExitCode ?? throw new RuntimeException($"The Docker Engine does not tell how the command in container {id} has ended."));
            await Task.Delay(ExitPoll, cancel);
        }
    }

    /// <inheritdoc/>
    public async Task AttachAsync(string id, AttachRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel)
    {
        var tty = await _connection.CallAsync(async (session, limit) => (await session.Client.Containers.InspectContainerAsync(id, limit)).Config!.Tty, cancel);
        var path = $"containers/{id}/attach?stream=1&stdout=1&stderr=1&stdin={(request.Input is null ? 0 : 1)}&detachKeys={Uri.EscapeDataString(DetachKeys)}";
        await using var stream = await _connection.UpgradeAsync(path, null, cancel);
        await ConverseAsync(stream, tty, request.Input, request.Sizes, $"containers/{id}/resize", write, cancel);
    }

    /// <summary>Carries bytes both ways until what is at the other end has closed its outputs.</summary>
    async Task ConverseAsync(DockerStream stream, bool tty, Stream? input, IAsyncEnumerable<TerminalSize>? sizes, string resize, Func<ExecFrame, ValueTask> write, CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sending = input is null ? Task.CompletedTask : SendAsync(input, stream, ended.Token);
        var resizing = sizes is null ? Task.CompletedTask : ResizeAsync(sizes, resize, ended.Token);
        try
        {
            await (tty ? DockerFrameReader.ReadRawAsync(stream, write, cancel) : DockerFrameReader.ReadAsync(stream, write, cancel));
        }
        catch (InvalidDataException e)
        {
            throw new RuntimeException(e.Message, e);
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(sending, resizing);
        }
    }

    static async Task SendAsync(Stream input, DockerStream stream, CancellationToken cancel)
    {
        try
        {
            await input.CopyToAsync(stream, cancel);
            await stream.EndOfWriting!();
        }
        catch (Exception e) when (e is OperationCanceledException or RuntimeUnavailableException or RuntimeException or IOException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            // The command has ended, or listens no longer: what it has written tells how it went. An engine that is gone is told by reading.
        }
    }

    async Task ResizeAsync(IAsyncEnumerable<TerminalSize> sizes, string path, CancellationToken cancel)
    {
        try
        {
            await foreach (var size in sizes.WithCancellation(cancel))
                await ResizeAsync(path, size, cancel);
        }
        catch (Exception e) when (e is OperationCanceledException or RuntimeUnavailableException)
        {
            // It has ended.
        }
    }

    async Task ResizeAsync(string path, TerminalSize size, CancellationToken cancel)
    {
        // The engine starts the command a moment after it has handed the connection over, and until then refuses.
        for (var attempt = 1; ; attempt++)
            try
            {
                await _connection.CallAsync((session, limit) => session.PostAsync($"{path}?h={size.Rows}&w={size.Columns}", limit), cancel);
                return;
            }
            catch (RuntimeException) when (attempt < 50)
            {
                await Task.Delay(ExitPoll, cancel);
            }
            catch (RuntimeException)
            {
                // It has ended before it had a size.
                return;
            }
    }
}
