namespace Kube.Module.Terminals;

/// <summary>The terminal of this process, with every key handed on as it is. Disposing it makes it what it was before.</summary>
abstract class Terminal : IDisposable
{
    /// <summary>Whether a person sits at it.</summary>
    public static bool IsThere => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Takes it over.</summary>
    public static Terminal Open() => OperatingSystem.IsWindows() ? new WindowsTerminal() : new UnixTerminal();

    /// <summary>Its size in characters.</summary>
    public static (int Columns, int Rows) Size => (Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));

    /// <summary>Waits a moment for keys.</summary>
    /// <returns>How many bytes there are in the buffer; 0: none yet; -1: there will be no more.</returns>
    public abstract int Read(byte[] buffer);

    /// <summary>Shows what the far side writes.</summary>
    public abstract void Write(ReadOnlySpan<byte> bytes);

    /// <inheritdoc/>
    public abstract void Dispose();
}
