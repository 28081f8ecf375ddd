namespace Kube.Agent.Runtime;

/// <summary>What is run in a container, beside its own program.</summary>
/// <param name="Command">The program and its arguments. No shell is put between.</param>
public sealed record ExecRequest(IReadOnlyList<string> Command)
{
    /// <summary>Give it a terminal: all that it writes is then one stream, standard output.</summary>
    public bool Tty { get; init; }

    /// <summary>Its standard input, to the end; null: none.</summary>
    public Stream? Input { get; init; }

    /// <summary>The sizes that its terminal takes, one after the other; null: it keeps its first.</summary>
    public IAsyncEnumerable<TerminalSize>? Sizes { get; init; }
}

/// <summary>How somebody joins a container's own program.</summary>
public sealed record AttachRequest
{
    /// <summary>Goes to its standard input, as far as that is open; null: nothing does.</summary>
    public Stream? Input { get; init; }

    /// <summary>The sizes that its terminal takes, one after the other; null: it keeps the one it has.</summary>
    public IAsyncEnumerable<TerminalSize>? Sizes { get; init; }
}

/// <summary>A terminal's size in characters.</summary>
/// <param name="Columns">Characters in a line.</param>
/// <param name="Rows">Lines.</param>
public readonly record struct TerminalSize(int Columns, int Rows);

/// <summary>A piece of what a command writes.</summary>
/// <param name="IsError">Whether it was written to standard error.</param>
/// <param name="Bytes">What.</param>
public readonly record struct ExecFrame(bool IsError, ReadOnlyMemory<byte> Bytes);
