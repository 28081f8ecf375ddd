using Kube.Agent.Runtime;

namespace Kube.Server.Streams;

/// <summary>Who runs a command or has joined a container, whatever protocol they speak.</summary>
abstract class CommandClient : IAsyncDisposable
{
    /// <summary>What they send to standard input, to its end.</summary>
    public abstract Stream Input { get; }

    /// <summary>The sizes of their terminal.</summary>
    public abstract IAsyncEnumerable<TerminalSize> Sizes { get; }

    /// <summary>Cancelled when they are gone.</summary>
    public abstract CancellationToken Gone { get; }

    /// <summary>Sends what the command writes. Those who are gone are an <see cref="OperationCanceledException"/>.</summary>
    public abstract ValueTask WriteAsync(bool isError, ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Tells how it ended, and says goodbye.</summary>
    public abstract Task FinishAsync(CommandOutcome outcome);

    public abstract ValueTask DisposeAsync();
}
