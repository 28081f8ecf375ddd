using System.Text;

namespace Kube.Agent.Runtime.Docker;

public sealed partial class DockerRuntime
{
    const int ConnectionRefused = 111;
    const int NoIPv6 = 97, NoAddress = 99;

    /// <inheritdoc/>
    public async Task ConnectAsync(string sandboxId, int port, Stream input, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel)
    {
        // What listens on "localhost" listens on either of its addresses.
        var error = await ConnectAsync(sandboxId, SandboxConnector.Loopback(port, version6: false), input, write, cancel);
        if (error == ConnectionRefused && await ConnectAsync(sandboxId, SandboxConnector.Loopback(port, version6: true), input, write, cancel) is var second)
            error = second is NoIPv6 or NoAddress ? error : second;
        if (error != 0)
            throw new RuntimeException(error == ConnectionRefused ? $"nothing listens on port {port} of the pod: connection refused" : $"port {port} of the pod is not reached: error {error}");
    }

    /// <summary>Connects and carries bytes to the end of the connection.</summary>
    /// <returns>The kernel's error number where nothing took the connection; nothing is read from <paramref name="input"/> then.</returns>
    async Task<int> ConnectAsync(string sandboxId, byte[] address, Stream input, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel)
    {
        int? outcome = null;
        var words = new StringBuilder();
        await using var source = new AddressedInput(address, input);
        var exitCode = await ExecAsync(sandboxId, new ExecRequest([SandboxImage.Program, SandboxConnector.Argument]) { Input = source }, async frame =>
        {
            var bytes = frame.Bytes;
            if (frame.IsError || bytes.IsEmpty)
                return;
            if (outcome is null)
            {
                outcome = bytes.Span[0];
                source.Open(outcome == 0);
                // A program that is not the connector is told by its exit code, and by its words.
                words.Append(Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, 200)]));
                bytes = bytes[1..];
            }
            if (!bytes.IsEmpty && outcome == 0)
                await write(bytes);
        }, cancel);
        if (exitCode is 126 or 127)
            throw new RuntimeException($"the pod's sandbox has no program {SandboxImage.Program} by which its ports are reached: {words.ToString().Trim()}. A sandbox image of your own (--sandbox-image) cannot be forwarded to.");
        return exitCode == 0 ? outcome ?? throw new RuntimeException("the pod's sandbox has ended") : throw new RuntimeException($"the pod's sandbox has ended the connection with exit code {exitCode}");
    }

    /// <summary>The address, and once it is connected the input.</summary>
    sealed class AddressedInput(byte[] address, Stream input) : Stream
    {
        readonly TaskCompletionSource<bool> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int _given;

        public void Open(bool connected) => _connected.TrySetResult(connected);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given < address.Length)
            {
                var part = Math.Min(buffer.Length, address.Length - _given);
                address.AsMemory(_given, part).CopyTo(buffer);
                _given += part;
                return part;
            }
            return await _connected.Task.WaitAsync(cancellationToken) ? await input.ReadAsync(buffer, cancellationToken) : 0;
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
