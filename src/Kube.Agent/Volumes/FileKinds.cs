using System.Runtime.InteropServices;

namespace Kube.Agent.Volumes;

/// <summary>What is at a path.</summary>
enum FileKind
{
    Missing,
    File,
    Directory,
    Socket,
    CharDevice,
    BlockDevice,

    /// <summary>Neither a folder nor, as far as this system tells, anything special.</summary>
    Unknown,
}

/// <summary>
/// Tells sockets and devices from files, which .NET does not. Only Linux is asked: elsewhere the engine runs in a virtual machine, and its sockets and
/// devices are not this machine's; there the engine itself finds out.
/// </summary>
static partial class FileKinds
{
    // linux/stat.h: the same on every architecture.
    const int CurrentFolder = -100, TypeWanted = 1, ModeOffset = 28, StructLength = 256;
    const int TypeMask = 0xF000, Directory = 0x4000, CharDevice = 0x2000, BlockDevice = 0x6000, Regular = 0x8000, Socket = 0xC000;

    /// <summary>What is at a path, links followed.</summary>
    public static FileKind Of(string path)
    {
        if (!Path.Exists(path))
            return FileKind.Missing;
        if (!OperatingSystem.IsLinux())
            return System.IO.Directory.Exists(path) ? FileKind.Directory : FileKind.Unknown;

        var answer = new byte[StructLength];
        if (statx(CurrentFolder, path, 0, TypeWanted, answer) != 0)
            throw new IOException($"{path} cannot be looked at: {Marshal.GetLastPInvokeErrorMessage()}");
        return (BitConverter.ToUInt16(answer, ModeOffset) & TypeMask) switch
        {
            Directory => FileKind.Directory,
            CharDevice => FileKind.CharDevice,
            BlockDevice => FileKind.BlockDevice,
            Regular => FileKind.File,
            Socket => FileKind.Socket,
            _ => FileKind.Unknown,
        };
    }

    [DllImport("libc", SetLastError = true)]
    static extern int statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] answer);
}
