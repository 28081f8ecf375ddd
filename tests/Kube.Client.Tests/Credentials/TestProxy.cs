using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kube.Tests.Credentials;

/// <summary>A proxy on loopback that really passes bytes on: HTTP CONNECT, or SOCKS 5 with user name and password (RFC 1928, 1929).</summary>
sealed class TestProxy : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly string? _user;

    /// <param name="socks">SOCKS 5 instead of CONNECT.</param>
    /// <param name="user"><c>user:password</c>, where it wants them.</param>
    public TestProxy(bool socks, string? user = null)
    {
        _user = user;
        _listener.Start();
        _ = AcceptAsync(socks);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where it was asked to connect to.</summary>
    public ConcurrentQueue<string> Targets { get; } = new();

    async Task AcceptAsync(bool socks)
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(), socks);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task ServeAsync(TcpClient client, bool socks)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                if (await (socks ? SocksAsync(stream) : ConnectAsync(stream)) is not { } target) return;
                Targets.Enqueue(target);
                using var far = new TcpClient();
                await far.ConnectAsync(target[..target.LastIndexOf(':')], int.Parse(target[(target.LastIndexOf(':') + 1)..]));
                await stream.WriteAsync(socks ? new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 } : "HTTP/1.1 200 Connected\r\n\r\n"u8.ToArray());
                var farStream = far.GetStream();
                await Task.WhenAny(stream.CopyToAsync(farStream), farStream.CopyToAsync(stream));
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // One side has hung up.
            }
        }
    }

    async Task<string?> ConnectAsync(NetworkStream stream)
    {
        while (true)
        {
            var head = new StringBuilder();
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (stream.ReadByte() is >= 0 and var b) head.Append((char)b);
                else return null;
            }
            var lines = head.ToString().Split("\r\n");
            var expected = "Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(_user ?? ""));
            if (_user is null || lines.Contains(expected, StringComparer.OrdinalIgnoreCase)) return lines[0].Split(' ')[1];
            await stream.WriteAsync("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        }
    }

    async Task<string?> SocksAsync(NetworkStream stream)
    {
        var hello = await ReadAsync(stream, 2);
        await ReadAsync(stream, hello[1]);
        await stream.WriteAsync(new byte[] { 5, (byte)(_user is null ? 0 : 2) });
        if (_user is not null)
        {
            var name = await ReadAsync(stream, (await ReadAsync(stream, 2))[1]);
            var password = await ReadAsync(stream, (await ReadAsync(stream, 1))[0]);
            var good = Encoding.UTF8.GetString(name) + ":" + Encoding.UTF8.GetString(password) == _user;
            await stream.WriteAsync(new byte[] { 1, (byte)(good ? 0 : 1) });
            if (!good) return null;
        }
        var request = await ReadAsync(stream, 4);
        var host = request[3] switch
        {
            1 => new IPAddress(await ReadAsync(stream, 4)).ToString(),
            3 => Encoding.ASCII.GetString(await ReadAsync(stream, (await ReadAsync(stream, 1))[0])),
            _ => new IPAddress(await ReadAsync(stream, 16)).ToString(),
        };
        var port = await ReadAsync(stream, 2);
        return $"{host}:{(port[0] << 8) | port[1]}";
    }

    static async Task<byte[]> ReadAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    public void Dispose() => _listener.Dispose();
}
