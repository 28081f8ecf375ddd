using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kube.Agent.Tests;

/// <summary>An HTTP server that answers what a test wants, on a socket of its own: for what a real engine or API server does only in bad moments.</summary>
sealed class ScriptedServer : IAsyncDisposable
{
    readonly Socket _listener;
    readonly Func<string, string, Answer?> _answer;
    readonly X509Certificate2? _certificate;
    readonly CancellationTokenSource _stop = new();
    readonly Task _accepting;

    /// <summary>Listens on a Unix socket, or on loopback.</summary>
    /// <param name="answer">From the request's first line, and all of it, to the answer; null: 404.</param>
    /// <param name="path">The socket's path; null: loopback.</param>
    /// <param name="certificate">For TLS.</param>
    public ScriptedServer(Func<string, string, Answer?> answer, string? path = null, X509Certificate2? certificate = null)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener = path is null ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(path is null ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public string Host => $"tcp://127.0.0.1:{Port}";

    /// <summary>A client's certificate, when it showed one.</summary>
    public string? ClientSubject { get; private set; }

    /// <summary>The first lines of all requests.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>An answer; with <paramref name="Breaks"/> the connection breaks amid it. A header of its own ends with a line break.</summary>
    public sealed record Answer(string Body, int Status = 200, bool Breaks = false, string Header = "");

    /// <summary>A ping's answer, and otherwise the one that a test gives.</summary>
    public static Func<string, string, Answer?> WithPing(Func<string, Answer?> answer) => (line, _) => line.Contains("/_ping") ? new Answer("OK") : answer(line);

    async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    async Task ServeAsync(Socket socket)
    {
        try
        {
            await using Stream plain = new NetworkStream(socket, ownsSocket: true);
            var stream = plain;
            if (_certificate is not null)
            {
                var tls = new SslStream(plain);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = (_, client, _, _) =>
                    {
                        ClientSubject = client?.Subject;
                        return true;
                    },
                }, _stop.Token);
                stream = tls;
            }
            while (await ReadHeadAsync(stream) is { } head)
            {
                var line = head.Split("\r\n")[0];
                lock (Requests)
                    Requests.Add(line);
                var reply = _answer(line, head) ?? new Answer("""{"message":"page not found"}""", 404);
                var body = Encoding.UTF8.GetBytes(reply.Body);
                var version = line.Contains("/_ping") && reply.Status == 200 && reply.Body.StartsWith("OK") ? $"Api-Version: {(reply.Body.Length > 2 ? reply.Body[3..] : "1.41")}\r\n" : "";
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {reply.Status} X\r\n{version}{reply.Header}Content-Type: application/json\r\nContent-Length: {body.Length + (reply.Breaks ? 10 : 0)}\r\n\r\n"), _stop.Token);
                await stream.WriteAsync(body, _stop.Token);
                if (reply.Breaks)
                    return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client's side of the story is the test's.
        }
    }

    async Task<string?> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n"))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Append((char)one[0]);
        }
        if (System.Text.RegularExpressions.Regex.Match(head.ToString(), @"(?i)content-length: (\d+)") is { Success: true } length)
        {
            var body = new byte[int.Parse(length.Groups[1].Value)];
            await stream.ReadExactlyAsync(body, _stop.Token);
            head.Append(Encoding.UTF8.GetString(body));
        }
        return head.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
    }
}
