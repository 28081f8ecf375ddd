using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kube.Tests.Manifests;

/// <summary>A request as it came over the wire.</summary>
sealed record ScriptedRequest(int Number, string Target, IReadOnlyDictionary<string, string> Headers);

/// <summary>An HTTP server on loopback that sends byte for byte what a test wants, right or wrong; one request for each connection.</summary>
sealed class ScriptedServer : IAsyncDisposable
{
    readonly TcpListener _listener;
    readonly X509Certificate2? _certificate;
    readonly Func<ScriptedRequest, Stream, Task> _answer;
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    readonly Task _loop;
    int _connections;

    public ScriptedServer(Func<ScriptedRequest, Stream, Task> answer, X509Certificate2? certificate = null, IPAddress? address = null)
    {
        _answer = answer;
        _certificate = certificate;
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        _loop = AcceptAsync();
    }

    public ScriptedServer(Func<ScriptedRequest, byte[]> answer, X509Certificate2? certificate = null, IPAddress? address = null)
        : this((request, stream) => stream.WriteAsync(answer(request)).AsTask(), certificate, address) { }

    public ScriptedServer(string status, string body = "", params string[] headers)
        : this(_ => Response(status, body, headers)) { }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Origin => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}";

    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>Connections made, those that never became a request too.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public static byte[] Response(string status, string body, params string[] headers) => Response(status, Encoding.UTF8.GetBytes(body), headers);

    public static byte[] Response(string status, byte[] body, params string[] headers)
    {
        var head = new StringBuilder($"HTTP/1.1 {status}\r\nConnection: close\r\n");
        foreach (var header in headers)
            head.Append(header).Append("\r\n");
        if (!headers.Any(h => h.StartsWith("Content-Length", StringComparison.OrdinalIgnoreCase) || h.StartsWith("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)))
            head.Append($"Content-Length: {body.Length}\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    /// <summary>A redirect.</summary>
    public static byte[] To(string location, string status = "302 Found") => Response(status, "", $"Location: {location}", "Set-Cookie: session=1");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        using (client)
        using (_stop.Token.Register(client.Close))
        {
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(_certificate);
                    stream = tls;
                }
                if (await ReadAsync(stream) is not { } request)
                    return;
                _requests.Enqueue(request);
                await _answer(request, stream);
                if (stream is SslStream secure)
                    await secure.ShutdownAsync();
                await stream.FlushAsync();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException or InvalidOperationException)
            {
                // The client went away, which is what some tests are about; or the server was stopped.
                client.Close();
            }
        }
    }

    async Task<ScriptedRequest?> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Append((char)one[0]);
        }
        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p.Length > 1 ? p[1] : "", StringComparer.OrdinalIgnoreCase);
        return new(_requests.Count + 1, lines[0].Split(' ')[1], headers);
    }
}
