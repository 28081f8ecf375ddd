namespace Kube.Agent.Runtime;

/// <summary>What is run in a container, beside its own program.</summary>
/// <param name="Command">The program and its arguments. No shell is put between.</param>
public sealed record ExecRequest(IReadOnlyList<string> Command);

/// <summary>A piece of what a command writes.</summary>
/// <param name="IsError">Whether it was written to standard error.</param>
/// <param name="Bytes">What.</param>
public readonly record struct ExecFrame(bool IsError, ReadOnlyMemory<byte> Bytes);
