using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Kube.Module.Tests.Commands.Command;

/// <summary>A cluster on loopback with one pod, <c>web</c>, whose streams end as a test says; and a kubeconfig for it.</summary>
sealed class FarSide : IDisposable
{
    public const string Success = """{"metadata":{},"status":"Success"}""";

    const string Pod = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"default","uid":"1"},"spec":{"containers":[{"name":"c"}]},"status":{"phase":"Running"}}""";

    readonly HttpListener _listener;
    readonly Func<HttpListenerContext, Task> _stream;

    public FarSide(Func<HttpListenerContext, Task> stream)
    {
        _stream = stream;
        _listener = LoopbackSite.Open(out var address);
        KubeConfigPath = Path.Combine(Directory.CreateTempSubdirectory("kube-far-").FullName, "config");
        File.WriteAllText(KubeConfigPath, $$$"""
            {"apiVersion":"v1","kind":"Config","current-context":"far","clusters":[{"name":"c","cluster":{"server":"{{{address}}}"}}],"users":[{"name":"u","user":{}}],
             "contexts":[{"name":"far","context":{"cluster":"c","user":"u"}}]}
            """);
        _ = AcceptAsync();
    }

    public string KubeConfigPath { get; }

    /// <summary>A session that is connected to it.</summary>
    public ModuleSession Connect()
    {
        var session = new ModuleSession();
        session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", KubeConfigPath);
        Assert.Empty(session.Errors);
        return session;
    }

    /// <summary>The protocols that the client offers, best first.</summary>
    public static string[] Offered(HttpListenerContext context) => (context.Request.Headers["Sec-WebSocket-Protocol"] ?? "").Split(',', StringSplitOptions.TrimEntries);

    /// <summary>Opens the stream in one of the protocols; answers as old servers do where the client does not offer it.</summary>
    public static async Task<WebSocket?> OpenAsync(HttpListenerContext context, params string[] known)
    {
        if (Offered(context).FirstOrDefault(known.Contains) is { } protocol) return (await context.AcceptWebSocketAsync(protocol)).WebSocket;
        Answer(context, 403, "");
        return null;
    }

    public static void Answer(HttpListenerContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body.StartsWith('{') ? "application/json" : "text/plain";
        context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: true);
    }

    public static Task SendAsync(WebSocket socket, int channel, string text) => SendAsync(socket, channel, Encoding.UTF8.GetBytes(text));

    public static Task SendAsync(WebSocket socket, int channel, ReadOnlySpan<byte> bytes) =>
        socket.SendAsync((byte[])[(byte)channel, .. bytes], WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    /// <summary>The next message of the client: channel and bytes; null: it has said goodbye.</summary>
    public static async Task<(int Channel, byte[] Bytes)?> ReceiveAsync(WebSocket socket)
    {
        var message = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage) return (message.GetBuffer()[0], message.ToArray()[1..]);
        }
    }

    public static Task CloseAsync(WebSocket socket) => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    public void Dispose()
    {
        _listener.Close();
        Directory.Delete(Path.GetDirectoryName(KubeConfigPath)!, recursive: true);
    }

    async Task AcceptAsync()
    {
        while (_listener.IsListening)
            try
            {
                var context = await _listener.GetContextAsync();
                _ = ServeAsync(context);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
    }

    async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            if (context.Request.Url!.AbsolutePath is var path && path == "/version") Answer(context, 200, "{}");
            else if (path == "/api/v1/namespaces/default/pods/web") Answer(context, 200, Pod);
            else await _stream(context);
        }
        catch (Exception exception) when (exception is WebSocketException or HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client is gone, or the test is over.
        }
    }
}
