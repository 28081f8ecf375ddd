using System.Management.Automation.Host;
using Kube.Shell.Editing;

namespace Kube.Shell.Hosting;

/// <summary>The console's size; what PowerShell's formatting asks for and no more.</summary>
sealed class ConsoleScreen : PSHostRawUserInterface
{
    /// <summary>The width of a table that is redirected, as pwsh has it.</summary>
    const int RedirectedWidth = 120;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
    public override Size BufferSize { get => new(Width, Height); set => throw Fixed(); }
    public override Size WindowSize { get => BufferSize; set => throw Fixed(); }
    public override Size MaxPhysicalWindowSize => BufferSize;
    public override Size MaxWindowSize => BufferSize;
    public override Coordinates CursorPosition { get; set; }
    public override Coordinates WindowPosition { get; set; }
    public override int CursorSize { get; set; }
    public override bool KeyAvailable => !Console.IsInputRedirected && Console.KeyAvailable;
    public override string WindowTitle { get; set; } = "Kube";

    static int Width => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? RedirectedWidth : Console.WindowWidth;

    static int Height => Console.IsOutputRedirected || Console.WindowHeight <= 0 ? 50 : Console.WindowHeight;

    public override int LengthInBufferCells(string source) => Cells.Count(source);
    public override int LengthInBufferCells(string source, int offset) => Cells.Count(source.AsSpan(offset));
    public override int LengthInBufferCells(char source) => Cells.Of([source]);
    public override void FlushInputBuffer() { }
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        return new KeyInfo((int)key.Key, key.KeyChar, 0, keyDown: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Fixed();
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw Fixed();
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Fixed();
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => Console.Clear();

    static NotSupportedException Fixed() => new("The console's buffer is not read or moved by Kube.Shell.");
}
