using System.Buffers.Binary;

namespace Kube.Agent.Runtime.Docker;

/// <summary>Takes the engine's stream of a command without a terminal apart: a byte for the stream, three zeros, the length (big-endian), then the bytes.</summary>
static class DockerFrameReader
{
    const int HeaderLength = 8;
    const int BufferLength = 32 * 1024;

    /// <summary>Reads to the end of the stream of a command with a terminal, which has no frames: all is standard output.</summary>
    public static async Task ReadRawAsync(Stream stream, Func<ExecFrame, ValueTask> write, CancellationToken cancel)
    {
        var buffer = new byte[BufferLength];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancel)) > 0)
            await write(new ExecFrame(false, buffer.AsMemory(0, count)));
    }

    /// <summary>Reads to the end of the stream.</summary>
    /// <param name="stream">The engine's answer.</param>
    /// <param name="write">Gets each piece in order; one frame may come in several.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="InvalidDataException">The stream is not what the engine sends.</exception>
    public static async Task ReadAsync(Stream stream, Func<ExecFrame, ValueTask> write, CancellationToken cancel)
    {
        var header = new byte[HeaderLength];
        var buffer = new byte[BufferLength];
        while (true)
        {
            var read = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancel);
            if (read == 0)
                return;
            if (read < HeaderLength || header[0] > 2)
                throw new InvalidDataException("The engine's output of a command is not in frames.");
            var rest = (long)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
            while (rest > 0)
            {
                var count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(rest, BufferLength)), cancel);
                if (count == 0)
                    throw new InvalidDataException("The engine's output of a command ends amid a frame.");
                await write(new ExecFrame(header[0] == 2, buffer.AsMemory(0, count)));
                rest -= count;
            }
        }
    }
}
