using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Kube.Agent.Runtime.Docker;

/// <summary>Says on a named pipe that no more will be sent: the engine takes an empty message for that, and .NET's own streams leave empty writes out.</summary>
static class NamedPipeEnd
{
    const int IoPending = 997;

    [SupportedOSPlatform("windows")]
    public static void Write(NamedPipeClientStream pipe)
    {
        using var done = new ManualResetEvent(false);
        // The lowest bit keeps the completion from .NET's own port, which does not know of this write.
        var overlapped = new NativeOverlapped { EventHandle = done.SafeWaitHandle.DangerousGetHandle() | 1 };
        if (WriteFile(pipe.SafePipeHandle, IntPtr.Zero, 0, IntPtr.Zero, ref overlapped))
            return;
        var error = Marshal.GetLastPInvokeError();
        if (error != IoPending || !GetOverlappedResult(pipe.SafePipeHandle, ref overlapped, out _, true))
            throw new IOException(new Win32Exception(error).Message);
    }

    [DllImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern bool WriteFile(SafeHandle file, IntPtr buffer, int count, IntPtr written, ref NativeOverlapped overlapped);

    [DllImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern bool GetOverlappedResult(SafeHandle file, ref NativeOverlapped overlapped, out int count, bool wait);
}
