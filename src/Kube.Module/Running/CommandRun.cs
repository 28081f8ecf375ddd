using System.Globalization;
using System.Threading.Channels;
using Kube.Module.Base;
using Kube.Streams;

namespace Kube.Module.Running;

/// <summary>One command in one container, under way.</summary>
/// <param name="api">The cluster.</param>
/// <param name="pod">The pod.</param>
/// <param name="options">What is run.</param>
/// <param name="input">Its standard input, to the end; null: none.</param>
/// <param name="timeout">How long it may take; null: for ever.</param>
sealed class CommandRun(KubeApi api, KubePod pod, ExecOptions options, InputQueue? input, TimeSpan? timeout)
{
    const int MessageBytes = 32 << 10;

    public KubePod Pod => pod;

    public KubeApi Api => api;

    public string Container => options.Container ?? "";

    public ExecOptions Options => options;

    /// <summary>Its output on the way to lines.</summary>
    public TextLines Lines { get; } = new();

    /// <summary>Its standard error on the way to lines.</summary>
    public TextLines ErrorLines { get; } = new();

    /// <summary>All of its output, where that is wanted in one piece.</summary>
    public MemoryStream Output { get; } = new();

    /// <summary>All of its standard error, likewise.</summary>
    public MemoryStream Error { get; } = new();

    /// <summary>The last line of its standard error.</summary>
    public string LastWords { get; set; } = "";

    /// <summary>Tells what it writes, and at last how it ended, whatever happens; nothing any more once it is cancelled.</summary>
    public async Task RunAsync(ChannelWriter<CommandEvent> events, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (timeout is { } most) limit.CancelAfter(most);
        try
        {
            await events.WriteAsync(await EndAsync(events, limit.Token, cancel), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
    }

    async Task<CommandEvent> EndAsync(ChannelWriter<CommandEvent> events, CancellationToken limit, CancellationToken cancel)
    {
        try
        {
            return new CommandEvent.Exited(this, await TalkAsync(events, limit));
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            return new CommandEvent.Failed(this, new KubeCmdletException(Errors.Timeout, string.Create(CultureInfo.InvariantCulture, $"The command in pod '{pod.Name}' has not ended after {timeout?.TotalSeconds:0.###} s; it may go on there."), exception));
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            // The pipeline's thread alone may write: it gets whatever it is.
            return new CommandEvent.Failed(this, exception);
        }
    }

    async Task<int> TalkAsync(ChannelWriter<CommandEvent> events, CancellationToken cancel)
    {
        await using var command = await api.ExecAsync(pod.Namespace!, pod.Name, options, cancel);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sending = input is null ? Task.CompletedTask : SendAsync(command, input, ended);
        try
        {
            while (await command.ReadAsync(ended.Token) is { } piece)
                await events.WriteAsync(new CommandEvent.Wrote(this, piece.IsError, piece.Bytes.ToArray()), cancel);
            return command.ExitCode!.Value;
        }
        finally
        {
            await ended.CancelAsync();
            await sending;
        }
    }

    static async Task SendAsync(KubeCommand command, InputQueue input, CancellationTokenSource ended)
    {
        var message = new byte[MessageBytes];
        try
        {
            int length;
            while ((length = await input.ReadAsync(message, ended.Token)) > 0) await command.WriteAsync(message.AsMemory(0, length), ended.Token);
            await command.EndInputAsync(ended.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or KubeStreamException)
        {
            // The command has ended without reading all of it, or the connection is gone: reading tells which.
        }
        catch
        {
            // What a command makes of half of its input is worth nothing.
            await ended.CancelAsync();
            throw;
        }
    }
}

/// <summary>What the pipeline's thread hears of a command.</summary>
abstract record CommandEvent(CommandRun Run)
{
    /// <summary>A piece of output.</summary>
    public sealed record Wrote(CommandRun Run, bool IsError, byte[] Bytes) : CommandEvent(Run);

    /// <summary>It has ended.</summary>
    public sealed record Exited(CommandRun Run, int ExitCode) : CommandEvent(Run);

    /// <summary>Nobody knows how it has ended, or it never began.</summary>
    public sealed record Failed(CommandRun Run, Exception Exception) : CommandEvent(Run);
}
