using System.Buffers.Binary;
using System.Formats.Tar;

namespace Kube.Agent.Runtime.Docker;

/// <summary>
/// Kube's own sandbox: an image with one program of a few hundred bytes that holds a pod's network, IPC and, where shared, process namespaces. It ignores SIGCHLD, so
/// that the kernel buries the orphans that PID 1 inherits, and waits until SIGTERM or SIGINT ends it. These have no effect on a PID 1 by default;
/// blocked they stay pending, and rt_sigtimedwait takes them: no handler is needed. Started once more with an argument it is <see cref="SandboxConnector"/>.
/// </summary>
static class SandboxImage
{
    /// <summary>The image's repository and tag; another program needs another tag.</summary>
    public const string Repository = "kube/sandbox", Tag = "2";

    /// <summary>The program's path in the image.</summary>
    public const string Program = "/sandbox";

    // The code that waits and what it points to; the connector stands behind them.
    const int WaitingLength = 72, DataLength = 40;
    const ulong LoadAddress = 0x400000;
    const int HeaderLength = 64 + 56;
    const ulong TermAndInt = 1 << (15 - 1) | 1 << (2 - 1);
    const ulong Ignore = 1;

    /// <summary>The program for an architecture in Kubernetes' words; null: there is none.</summary>
    public static byte[]? Executable(string architecture) => architecture switch
    {
        "amd64" => Link(62, [.. Amd64(), .. SandboxConnector.Amd64]),
        "arm64" => Link(183, [.. Arm64(), .. SandboxConnector.Arm64]),
        _ => null,
    };

    /// <summary>The image's file system, a tar archive.</summary>
    public static MemoryStream Archive(byte[] executable)
    {
        var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, Program.TrimStart('/'))
            {
                DataStream = new MemoryStream(executable),
                Mode = (UnixFileMode)0b101_101_101,
                ModificationTime = DateTimeOffset.UnixEpoch,
            });
        archive.Position = 0;
        return archive;
    }

    static byte[] Amd64()
    {
        const int entryLength = 11;
        const int ignore = (int)LoadAddress + HeaderLength + entryLength + WaitingLength, signals = ignore + 32;
        byte[] entry = [
            0x48, 0x83, 0x3C, 0x24, 0x01,       // cmp  qword [rsp], 1   no argument
            0x0F, 0x85, .. Word(WaitingLength + DataLength), // jne connector
        ];
        return [.. entry, .. Assemble([
            0xB8, .. Word(13),                  // mov  eax, rt_sigaction
            0xBF, .. Word(17),                  // mov  edi, SIGCHLD
            0xBE, .. Word(ignore),              // mov  esi, &ignore
            0x31, 0xD2,                         // xor  edx, edx         no old action
            0x41, 0xBA, .. Word(8),             // mov  r10d, 8          bytes of a signal set
            0x0F, 0x05,                         // syscall
            0xB8, .. Word(14),                  // mov  eax, rt_sigprocmask
            0x31, 0xFF,                         // xor  edi, edi         SIG_BLOCK
            0xBE, .. Word(signals),             // mov  esi, &signals
            0x0F, 0x05,                         // syscall               (edx and r10 are as they were)
            0xB8, .. Word(128),                 // wait: mov eax, rt_sigtimedwait
            0xBF, .. Word(signals),             // mov  edi, &signals
            0x31, 0xF6,                         // xor  esi, esi         no details
            0x0F, 0x05,                         // syscall               (edx: no time limit)
            0x85, 0xC0,                         // test eax, eax
            0x78, 0xEE,                         // js   wait             interrupted
            0xB8, .. Word(60),                  // mov  eax, exit
            0x31, 0xFF,                         // xor  edi, edi
            0x0F, 0x05,                         // syscall
        ])];
    }

    static byte[] Arm64()
    {
        // The offset of each instruction stands before it.
        const int ignore = WaitingLength, signals = ignore + 32;
        byte[] entry = [
            .. Word(0xF94003E0),                //   ldr  x0, [sp]
            .. Word(0xF100041F),                //   cmp  x0, 1          no argument
            .. Word(0x54000001 | (uint)(4 + WaitingLength + DataLength) << 3), // b.ne connector
        ];
        return [.. entry, .. Assemble([
            .. Move(8, 134),                    //  0 mov  x8, rt_sigaction
            .. Move(0, 17),                     //  4 mov  x0, SIGCHLD
            .. Address(1, ignore - 8),          //  8 adr  x1, ignore
            .. Move(2, 0),                      // 12 mov  x2, 0         no old action
            .. Move(3, 8),                      // 16 mov  x3, 8         bytes of a signal set
            .. SystemCall,                      // 20 svc  0
            .. Move(8, 135),                    // 24 mov  x8, rt_sigprocmask
            .. Move(0, 0),                      // 28 mov  x0, SIG_BLOCK
            .. Address(1, signals - 32),        // 32 adr  x1, signals
            .. SystemCall,                      // 36 svc  0             (x2 and x3 are as they were)
            .. Move(8, 137),                    // 40 wait: mov x8, rt_sigtimedwait
            .. Address(0, signals - 44),        // 44 adr  x0, signals
            .. Move(1, 0),                      // 48 mov  x1, 0         no details
            .. SystemCall,                      // 52 svc  0             (x2: no time limit)
            .. BranchIfNegative(0, 40 - 56),    // 56 tbnz x0, 63, wait  interrupted
            .. Move(8, 93),                     // 60 mov  x8, exit
            .. Move(0, 0),                      // 64 mov  x0, 0
            .. SystemCall,                      // 68 svc  0
        ])];
    }

    /// <summary>Code padded to its length, then the action "ignore" (handler, flags, restorer, mask) and the signals that are waited for.</summary>
    static byte[] Assemble(byte[] code) =>
        [.. code, .. new byte[WaitingLength - code.Length], .. Long(Ignore), .. Long(0), .. Long(0), .. Long(0), .. Long(TermAndInt)];

    /// <summary>Puts a program into an ELF file with one segment that is read and executed.</summary>
    static byte[] Link(ushort machine, byte[] program)
    {
        var length = (ulong)(HeaderLength + program.Length);
        return [
            0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, .. new byte[8],      // 64 bits, little-endian, version 1, System V
            .. Half(2), .. Half(machine), .. Word(1),                               // executable, machine, version
            .. Long(LoadAddress + HeaderLength), .. Long(64), .. Long(0),           // entry, program headers, no sections
            .. Word(0), .. Half(64), .. Half(56), .. Half(1), .. Half(64), .. Half(0), .. Half(0),
            .. Word(1), .. Word(5),                                                 // load, read and execute
            .. Long(0), .. Long(LoadAddress), .. Long(LoadAddress),                 // from the file's start to the address
            .. Long(length), .. Long(length), .. Long(0x10000),                     // all of it, aligned for every page size
            .. program,
        ];
    }

    static byte[] SystemCall => Word(0xD4000001);

    static byte[] Move(int register, int value) => Word(0xD2800000 | (uint)value << 5 | (uint)register);

    static byte[] Address(int register, int offset) => Word(0x10000000 | (uint)(offset & 3) << 29 | (uint)(offset >> 2 & 0x7FFFF) << 5 | (uint)register);

    static byte[] BranchIfNegative(int register, int offset) => Word(0xB7000000 | 31u << 19 | (uint)(offset >> 2 & 0x3FFF) << 5 | (uint)register);

    static byte[] Half(ushort value) => [(byte)value, (byte)(value >> 8)];

    static byte[] Word(int value) => Word((uint)value);

    static byte[] Word(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    static byte[] Long(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
