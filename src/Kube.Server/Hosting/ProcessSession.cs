using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Kube.Server.Hosting;

/// <summary>What the systems offer to set a process free of the terminal, the session and the files of the one that starts it.</summary>
static class ProcessSession
{
    const int ReadWrite = 2; // O_RDWR

    // FIOCLEX. Not fcntl: its third argument is variadic, which a call from here cannot pass on every processor.
    static readonly nuint CloseOnExec = OperatingSystem.IsLinux() ? 0x5451u : 0x20006601u;

    /// <summary>
    /// Starts a process that has none of this one's open files: no terminal, no pipe of an <c>x=$(…)</c> that would wait until the last
    /// holder closes it, nothing that whoever started this process left open for it.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    public static Process StartWithoutFiles(string program, IEnumerable<string> arguments)
    {
        // The child's own first steps come too late: its runtime has copies of standard output before any of our code runs.
        int[] kept = [dup(0), dup(1), dup(2)];
        foreach (var entry in Directory.GetFiles("/dev/fd"))
            if (int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor) && descriptor > 2)
                // One that is closed by now (the folder's own) is no error.
                _ = ioctl(descriptor, CloseOnExec);
        var nothing = open("/dev/null", ReadWrite);
        if (nothing < 0) throw new StartException("/dev/null cannot be opened");
        _ = ioctl(nothing, CloseOnExec);
        try
        {
            for (var standard = 0; standard <= 2; standard++) Check(dup2(nothing, standard));
            return Process.Start(new ProcessStartInfo(program, arguments)) ?? throw new StartException("the background process did not start");
        }
        finally
        {
            for (var standard = 0; standard <= 2; standard++)
                if (kept[standard] >= 0) Check(dup2(kept[standard], standard));
        }
    }

    /// <summary>Leaves the session, its terminal and the signals of its groups.</summary>
    [UnsupportedOSPlatform("windows")]
    // It fails only where this process leads a group already; then it has been started on its own.
    public static void Leave() => _ = setsid();

    /// <summary>Starts a process with no console, in a process group of its own, with none of this one's handles.</summary>
    [SupportedOSPlatform("windows")]
    public static Process StartDetached(string commandLine)
    {
        const uint DetachedProcess = 0x8, CreateNewProcessGroup = 0x200;
        var startup = new StartupInfo { Size = Marshal.SizeOf<StartupInfo>() };
        if (!CreateProcessW(null, commandLine.ToCharArray().Append('\0').ToArray(), 0, 0, false, DetachedProcess | CreateNewProcessGroup, 0, null, ref startup, out var started))
            throw new StartException("the background process cannot be started: " + Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        try
        {
            return Process.GetProcessById(started.ProcessId);
        }
        finally
        {
            CloseHandle(started.Thread);
            CloseHandle(started.Process);
        }
    }

    static void Check(int result)
    {
        if (result < 0) throw new StartException("standard input and output cannot be redirected: " + Marshal.GetLastPInvokeErrorMessage());
    }

    [DllImport("libc", SetLastError = true)]
    static extern int setsid();

    [DllImport("libc", SetLastError = true)]
    static extern int dup(int descriptor);

    [DllImport("libc", SetLastError = true)]
    static extern int ioctl(int descriptor, nuint request);

    [DllImport("libc", SetLastError = true)]
    static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    static extern int dup2(int from, int to);

    [DllImport("kernel32", CharSet = CharSet.Unicode, SetLastError = true)]
    static extern bool CreateProcessW(string? application, [In, Out] char[] commandLine, nint processAttributes, nint threadAttributes, bool inheritHandles,
        uint flags, nint environment, string? folder, ref StartupInfo startup, out ProcessInformation information);

    [DllImport("kernel32", SetLastError = true)]
    static extern bool CloseHandle(nint handle);

    [StructLayout(LayoutKind.Sequential)]
    struct StartupInfo
    {
        public int Size;
        public nint Reserved, Desktop, Title;
        public int X, Y, Width, Height, CharactersX, CharactersY, Fill, Flags;
        public short Show, ReservedSize;
        public nint ReservedBytes, Input, Output, Error;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct ProcessInformation
    {
        public nint Process, Thread;
        public int ProcessId, ThreadId;
    }
}
