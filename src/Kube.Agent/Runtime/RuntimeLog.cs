namespace Kube.Agent.Runtime;

/// <summary>Which part of a log is read.</summary>
/// <param name="Follow">Go on with what is written from now, until the container ends.</param>
/// <param name="TailLines">Lines from the end; null: all.</param>
/// <param name="Since">Only what is not older.</param>
public sealed record LogRequest(bool Follow, int? TailLines, DateTimeOffset? Since);

/// <summary>A piece of a container's output.</summary>
/// <param name="IsError">Whether it was written to standard error.</param>
/// <param name="Time">When.</param>
/// <param name="Bytes">What.</param>
public readonly record struct LogFrame(bool IsError, DateTimeOffset Time, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>What <see cref="Time"/> has no room for, 0 to 99 nanoseconds.</summary>
    public int Nanoseconds { get; init; }

    /// <summary>Whether the next piece is at hand already.</summary>
    public bool HasMore { get; init; }
}
