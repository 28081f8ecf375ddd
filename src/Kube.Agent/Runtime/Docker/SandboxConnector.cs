using System.Buffers.Binary;

namespace Kube.Agent.Runtime.Docker;

/// <summary>
/// The other half of the sandbox's program: started with an argument, by the engine's exec, it reads a socket address of 28 bytes from standard input, connects,
/// writes the outcome as one byte (0, or the error number) and then carries bytes between the connection and its standard input and output. So a port of a pod is
/// reached as from within the pod, its 127.0.0.1 too, wherever the engine runs. One process copies each direction; the end of standard input is passed on
/// (shutdown), and all is over when the other side has ended. What a child leaves unsent by then is lost, as with any peer that has stopped reading.
/// </summary>
static class SandboxConnector
{
    /// <summary>The argument.</summary>
    public const string Argument = "connect";

    const int AddressLength = 28;

    /// <summary>The address of a port on the pod's loopback, as the kernel takes it (<c>sockaddr_in</c>, <c>sockaddr_in6</c>).</summary>
    public static byte[] Loopback(int port, bool version6)
    {
        var address = new byte[AddressLength];
        // Both architectures are little-endian; the port is in the network's order.
        BinaryPrimitives.WriteUInt16LittleEndian(address, (ushort)(version6 ? 10 : 2));
        BinaryPrimitives.WriteUInt16BigEndian(address.AsSpan(2), (ushort)port);
        if (version6)
            address[23] = 1;
        else
            (address[4], address[7]) = (127, 1);
        return address;
    }

    public static ReadOnlySpan<byte> Amd64 =>
    [
        0x48, 0x81, 0xEC, 0x00, 0x00, 0x01, 0x00,    // connect: sub rsp, 65536
        0x48, 0x89, 0xE5,                            // mov rbp, rsp
        0x31, 0xC0,                                  // xor eax, eax
        0x31, 0xFF,                                  // xor edi, edi
        0x48, 0x89, 0xEE,                            // mov rsi, rbp
        0xBA, 0x1C, 0x00, 0x00, 0x00,                // mov edx, 28
        0x0F, 0x05,                                  // syscall
        0x83, 0xF8, 0x1C,                            // cmp eax, 28
        0x0F, 0x85, 0xB7, 0x00, 0x00, 0x00,          // jne exit
        0xB8, 0x29, 0x00, 0x00, 0x00,                // mov eax, socket
        0x0F, 0xB7, 0x7D, 0x00,                      // movzx edi, [rbp]
        0xBE, 0x01, 0x00, 0x00, 0x00,                // mov esi, 1
        0x31, 0xD2,                                  // xor edx, edx
        0x0F, 0x05,                                  // syscall
        0x89, 0xC3,                                  // mov ebx, eax
        0x85, 0xC0,                                  // test eax, eax
        0x78, 0x11,                                  // js report
        0xB8, 0x2A, 0x00, 0x00, 0x00,                // mov eax, connect
        0x89, 0xDF,                                  // mov edi, ebx
        0x48, 0x89, 0xEE,                            // mov rsi, rbp
        0xBA, 0x1C, 0x00, 0x00, 0x00,                // mov edx, 28
        0x0F, 0x05,                                  // syscall
        0xF7, 0xD8,                                  // report: neg eax
        0x88, 0x45, 0x00,                            // mov [rbp], al
        0xB8, 0x01, 0x00, 0x00, 0x00,                // mov eax, write
        0x89, 0xC7,                                  // mov edi, eax
        0x48, 0x89, 0xEE,                            // mov rsi, rbp
        0x89, 0xC2,                                  // mov edx, eax
        0x0F, 0x05,                                  // syscall
        0x80, 0x7D, 0x00, 0x00,                      // cmp [rbp], 0
        0x75, 0x75,                                  // jne exit
        0xB8, 0x39, 0x00, 0x00, 0x00,                // mov eax, fork
        0x0F, 0x05,                                  // syscall
        0x41, 0x89, 0xC4,                            // mov r12d, eax
        0x85, 0xC0,                                  // test eax, eax
        0x78, 0x67,                                  // js exit
        0x74, 0x0B,                                  // je child
        0x41, 0x89, 0xDD,                            // mov r13d, ebx
        0x41, 0xBE, 0x01, 0x00, 0x00, 0x00,          // mov r14d, 1
        0xEB, 0x06,                                  // jmp copy
        0x45, 0x31, 0xED,                            // child: xor r13d, r13d
        0x41, 0x89, 0xDE,                            // mov r14d, ebx
        0x31, 0xC0,                                  // copy: xor eax, eax
        0x44, 0x89, 0xEF,                            // mov edi, r13d
        0x48, 0x89, 0xEE,                            // mov rsi, rbp
        0xBA, 0x00, 0x00, 0x01, 0x00,                // mov edx, 65536
        0x0F, 0x05,                                  // syscall
        0x85, 0xC0,                                  // test eax, eax
        0x7E, 0x1C,                                  // jle ended
        0x48, 0x89, 0xEE,                            // mov rsi, rbp
        0x89, 0xC2,                                  // mov edx, eax
        0xB8, 0x01, 0x00, 0x00, 0x00,                // more: mov eax, write
        0x44, 0x89, 0xF7,                            // mov edi, r14d
        0x0F, 0x05,                                  // syscall
        0x85, 0xC0,                                  // test eax, eax
        0x7E, 0x09,                                  // jle ended
        0x48, 0x01, 0xC6,                            // add rsi, rax
        0x29, 0xC2,                                  // sub edx, eax
        0x75, 0xEB,                                  // jne more
        0xEB, 0xD1,                                  // jmp copy
        0x45, 0x85, 0xE4,                            // ended: test r12d, r12d
        0x75, 0x11,                                  // jne parent
        0xB8, 0x30, 0x00, 0x00, 0x00,                // mov eax, shutdown
        0x44, 0x89, 0xF7,                            // mov edi, r14d
        0xBE, 0x01, 0x00, 0x00, 0x00,                // mov esi, 1
        0x0F, 0x05,                                  // syscall
        0xEB, 0x0F,                                  // jmp exit
        0xB8, 0x3E, 0x00, 0x00, 0x00,                // parent: mov eax, kill
        0x44, 0x89, 0xE7,                            // mov edi, r12d
        0xBE, 0x09, 0x00, 0x00, 0x00,                // mov esi, 9
        0x0F, 0x05,                                  // syscall
        0xB8, 0x3C, 0x00, 0x00, 0x00,                // exit: mov eax, exit
        0x31, 0xFF,                                  // xor edi, edi
        0x0F, 0x05,                                  // syscall
    ];

    public static byte[] Arm64
    {
        get
        {
            var code = new byte[Arm64Words.Length * 4];
            for (var i = 0; i < Arm64Words.Length; i++)
                BinaryPrimitives.WriteUInt32LittleEndian(code.AsSpan(i * 4), Arm64Words[i]);
            return code;
        }
    }

    static ReadOnlySpan<uint> Arm64Words =>
    [
        0xD14043FF, // connect: sub sp, sp, 16, lsl 12
        0x910003F3, // mov x19, sp
        0xD28007E8, // mov x8, read
        0xD2800000, // mov x0, 0
        0xAA1303E1, // mov x1, x19
        0xD2800382, // mov x2, 28
        0xD4000001, // svc 0
        0xF100701F, // cmp x0, 28
        0x54000801, // b.ne exit
        0xD28018C8, // mov x8, socket
        0x79400260, // ldrh w0, [x19]
        0xD2800021, // mov x1, 1
        0xD2800002, // mov x2, 0
        0xD4000001, // svc 0
        0xAA0003F4, // mov x20, x0
        0xB7F800A0, // tbnz x0, 63, report
        0xD2801968, // mov x8, connect
        0xAA1303E1, // mov x1, x19
        0xD2800382, // mov x2, 28
        0xD4000001, // svc 0
        0xCB0003E0, // report: neg x0, x0
        0x39000260, // strb w0, [x19]
        0xD2800808, // mov x8, write
        0xD2800020, // mov x0, 1
        0xAA1303E1, // mov x1, x19
        0xD2800022, // mov x2, 1
        0xD4000001, // svc 0
        0x39400260, // ldrb w0, [x19]
        0x35000580, // cbnz w0, exit
        0xD2801B88, // mov x8, clone
        0xD2800220, // mov x0, 17
        0xD2800001, // mov x1, 0
        0xD2800002, // mov x2, 0
        0xD2800003, // mov x3, 0
        0xD2800004, // mov x4, 0
        0xD4000001, // svc 0
        0xAA0003F5, // mov x21, x0
        0xB7F80460, // tbnz x0, 63, exit
        0xB4000080, // cbz x0, child
        0xAA1403F6, // mov x22, x20
        0xD2800037, // mov x23, 1
        0x14000003, // b copy
        0xD2800016, // child: mov x22, 0
        0xAA1403F7, // mov x23, x20
        0xD28007E8, // copy: mov x8, read
        0xAA1603E0, // mov x0, x22
        0xAA1303E1, // mov x1, x19
        0xD2A00022, // mov x2, 65536
        0xD4000001, // svc 0
        0xF100001F, // cmp x0, 0
        0x5400018D, // b.le ended
        0xAA1303E1, // mov x1, x19
        0xAA0003E2, // mov x2, x0
        0xD2800808, // more: mov x8, write
        0xAA1703E0, // mov x0, x23
        0xD4000001, // svc 0
        0xF100001F, // cmp x0, 0
        0x540000AD, // b.le ended
        0x8B000021, // add x1, x1, x0
        0xEB000042, // subs x2, x2, x0
        0x54FFFF21, // b.ne more
        0x17FFFFEF, // b copy
        0xB50000D5, // ended: cbnz x21, parent
        0xD2801A48, // mov x8, shutdown
        0xAA1703E0, // mov x0, x23
        0xD2800021, // mov x1, 1
        0xD4000001, // svc 0
        0x14000005, // b exit
        0xD2801028, // parent: mov x8, kill
        0xAA1503E0, // mov x0, x21
        0xD2800121, // mov x1, 9
        0xD4000001, // svc 0
        0xD2800BA8, // exit: mov x8, exit
        0xD2800000, // mov x0, 0
        0xD4000001, // svc 0
    ];
}
