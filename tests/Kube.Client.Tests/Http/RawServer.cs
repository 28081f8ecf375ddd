using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kube.Tests.Http;

/// <summary>Answers the first request of each connection with bytes of the test's choice and hangs up in good order, so that all of them arrive.</summary>
sealed class RawServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly Func<string, string> _answer;
    int _requests;

    public RawServer(string answer) : this(_ => answer) { }

    public RawServer(Func<string, string> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    public int Requests => _requests;

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // A client may open connections that it then does not use.
    async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[16 * 1024];
            var heard = await socket.ReceiveAsync(buffer);
            if (heard == 0) return;
            Interlocked.Increment(ref _requests);
            var answer = Encoding.UTF8.GetBytes(_answer(Encoding.UTF8.GetString(buffer, 0, heard)));
            if (answer.Length > 0) await socket.SendAsync(answer);
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(buffer) > 0) { }
        }
    }

    public void Dispose() => _listener.Dispose();
}
