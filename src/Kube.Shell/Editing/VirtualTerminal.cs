using System.Runtime.InteropServices;

namespace Kube.Shell.Editing;

/// <summary>Whether the terminal obeys escape sequences.</summary>
static class VirtualTerminal
{
    const int StandardOutput = -11;
    const int ProcessSequences = 4;

    static readonly Lazy<bool> Obeys = new(() => OperatingSystem.IsWindows() ? Enable() : Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb");

    /// <summary>Whether what is written goes to one that does; a Windows console is asked to, on first use.</summary>
    public static bool IsAvailable => !Console.IsOutputRedirected && Obeys.Value;

    static bool Enable()
    {
        var output = GetStdHandle(StandardOutput);
        return GetConsoleMode(output, out var mode) && SetConsoleMode(output, mode | ProcessSequences);
    }

    [DllImport("kernel32")]
    static extern nint GetStdHandle(int which);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    static extern bool GetConsoleMode(nint console, out int mode);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    static extern bool SetConsoleMode(nint console, int mode);
}
