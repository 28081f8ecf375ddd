using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Kube.Module.Terminals;

/// <summary>A terminal of Linux or macOS. What the system keeps of it is handed back as it came, so its layout does not matter here.</summary>
sealed class UnixTerminal : Terminal
{
    // Longer than termios of any system: 60 bytes on Linux, 72 on macOS.
    const int StateBytes = 256;
    const int Input = 0, AfterOutput = 1;
    const short Readable = 1;
    const int MomentMilliseconds = 100;
    const int Interrupted = 4;

    readonly byte[] _before = new byte[StateBytes];
    readonly Stream _output = Console.OpenStandardOutput();
    readonly EventHandler _atExit;
    int _restored;

    public UnixTerminal()
    {
        if (tcgetattr(Input, _before) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        var raw = (byte[])_before.Clone();
        cfmakeraw(raw);
        if (tcsetattr(Input, AfterOutput, raw) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        _atExit = (_, _) => Restore();
        AppDomain.CurrentDomain.ProcessExit += _atExit;
    }

    public override int Read(byte[] buffer)
    {
        var wanted = new PollEntry { File = Input, Wanted = Readable };
        var ready = poll(ref wanted, 1, MomentMilliseconds);
        if (ready == 0 || ready < 0 && Marshal.GetLastPInvokeError() == Interrupted) return 0;
        if (ready < 0) return -1;
        var count = (int)read(Input, buffer, (nuint)buffer.Length);
        return count > 0 ? count : count < 0 && Marshal.GetLastPInvokeError() == Interrupted ? 0 : -1;
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _output.Flush();
    }

    public override void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= _atExit;
        Restore();
        _output.Dispose();
    }

    void Restore()
    {
        if (Interlocked.Exchange(ref _restored, 1) == 0) _ = tcsetattr(Input, AfterOutput, _before);
    }

    [StructLayout(LayoutKind.Sequential)]
    struct PollEntry
    {
        public int File;
        public short Wanted;
        public short Seen;
    }

    [DllImport("libc", SetLastError = true)]
    static extern int tcgetattr(int file, byte[] state);

    [DllImport("libc", SetLastError = true)]
    static extern int tcsetattr(int file, int when, byte[] state);

    [DllImport("libc")]
    static extern void cfmakeraw(byte[] state);

    [DllImport("libc", SetLastError = true)]
    static extern int poll(ref PollEntry entries, uint count, int timeout);

    [DllImport("libc", SetLastError = true)]
    static extern nint read(int file, byte[] buffer, nuint count);
}
