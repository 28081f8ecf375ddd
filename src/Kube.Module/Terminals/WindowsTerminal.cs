using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Kube.Module.Terminals;

/// <summary>A console of Windows 10 or later, which speaks the same sequences as terminals elsewhere once it is asked to.</summary>
sealed class WindowsTerminal : Terminal
{
    const int InputHandle = -10, OutputHandle = -11;
    const uint Processed = 1, Line = 2, Echo = 4, SequencesIn = 0x200;
    const uint SequencesOut = 4, NoReturn = 8;
    const uint Utf8 = 65001;
    const int MomentMilliseconds = 100;

    readonly IntPtr _input = GetStdHandle(InputHandle), _output = GetStdHandle(OutputHandle);
    readonly uint _inputMode, _outputMode, _codePage = GetConsoleOutputCP();
    readonly Stream _stream = Console.OpenStandardOutput();
    readonly char[] _keys = new char[1024];
    readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    readonly EventHandler _atExit;
    int _restored;

    public WindowsTerminal()
    {
        if (!GetConsoleMode(_input, out _inputMode) || !GetConsoleMode(_output, out _outputMode)) throw new Win32Exception(Marshal.GetLastPInvokeError());
        if (!SetConsoleMode(_input, _inputMode & ~(Processed | Line | Echo) | SequencesIn) || !SetConsoleMode(_output, _outputMode | SequencesOut | NoReturn))
        {
            var error = Marshal.GetLastPInvokeError();
            Restore();
            throw new Win32Exception(error);
        }
        SetConsoleOutputCP(Utf8);
        _atExit = (_, _) => Restore();
        AppDomain.CurrentDomain.ProcessExit += _atExit;
    }

    public override int Read(byte[] buffer)
    {
        if (WaitForSingleObject(_input, MomentMilliseconds) != 0) return 0;
        // Other events than keys (the window, the mouse) wake it too; they must be taken out, or reading would wait for a key.
        if (!HasKey()) return 0;
        // A character of UTF-16 is three bytes of UTF-8 at the most.
        var room = Math.Min(_keys.Length, buffer.Length / 3);
        if (!ReadConsoleW(_input, _keys, (uint)room, out var count, IntPtr.Zero)) return -1;
        return _encoder.GetBytes(_keys.AsSpan(0, (int)count), buffer, flush: false);
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _stream.Flush();
    }

    public override void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= _atExit;
        Restore();
        _stream.Dispose();
    }

    void Restore()
    {
        if (Interlocked.Exchange(ref _restored, 1) != 0) return;
        SetConsoleMode(_input, _inputMode);
        SetConsoleMode(_output, _outputMode);
        SetConsoleOutputCP(_codePage);
    }

    bool HasKey()
    {
        while (PeekConsoleInputW(_input, out var next, 1, out var count) && count > 0)
        {
            if (next is { Type: InputRecord.Key, KeyDown: not 0, Character: not 0 }) return true;
            if (!ReadConsoleInputW(_input, out _, 1, out _)) return false;
        }
        return false;
    }

    [StructLayout(LayoutKind.Explicit, Size = 20)]
    struct InputRecord
    {
        public const ushort Key = 1;

        [FieldOffset(0)]
        public ushort Type;

        [FieldOffset(4)]
        public int KeyDown;

        [FieldOffset(14)]
        public ushort Character;
    }

    [DllImport("kernel32.dll")]
    static extern IntPtr GetStdHandle(int which);

    [DllImport("kernel32.dll", SetLastError = true)]
    static extern bool GetConsoleMode(IntPtr console, out uint mode);

    [DllImport("kernel32.dll", SetLastError = true)]
    static extern bool SetConsoleMode(IntPtr console, uint mode);

    [DllImport("kernel32.dll")]
    static extern uint GetConsoleOutputCP();

    [DllImport("kernel32.dll")]
    static extern bool SetConsoleOutputCP(uint codePage);

    [DllImport("kernel32.dll")]
    static extern uint WaitForSingleObject(IntPtr handle, uint milliseconds);

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
    static extern bool ReadConsoleW(IntPtr console, [Out] char[] buffer, uint wanted, out uint count, IntPtr control);

    [DllImport("kernel32.dll", SetLastError = true)]
    static extern bool PeekConsoleInputW(IntPtr console, out InputRecord record, uint wanted, out uint count);

    [DllImport("kernel32.dll", SetLastError = true)]
    static extern bool ReadConsoleInputW(IntPtr console, out InputRecord record, uint wanted, out uint count);
}
