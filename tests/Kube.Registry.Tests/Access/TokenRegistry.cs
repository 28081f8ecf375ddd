using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Kube.Registry.Tests.Access;

/// <summary>A registry on loopback that asks for Bearer authentication, and the server of its tokens.</summary>
sealed class TokenRegistry : IDisposable
{
    readonly HttpListener _listener = new();

    public TokenRegistry()
    {
        using (var socket = new TcpListener(IPAddress.Loopback, 0))
        {
            socket.Start();
            Registry = $"127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}";
        }
        Realm = $"http://{Registry}/token";
        _listener.Prefixes.Add($"http://{Registry}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Registry { get; }

    /// <summary>Where it sends those who want a token.</summary>
    public string Realm { get; set; }

    /// <summary>What was asked of the token server, with the form where there was one.</summary>
    public List<string> TokenRequests { get; } = [];

    async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            var body = await AnswerAsync(context);
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }

    async Task<string> AnswerAsync(HttpListenerContext context)
    {
        var authorization = context.Request.Headers["Authorization"];
        if (context.Request.Url!.AbsolutePath == "/token")
        {
            var form = await new StreamReader(context.Request.InputStream).ReadToEndAsync();
            TokenRequests.Add($"{context.Request.HttpMethod} {context.Request.Url.Query} {form}".Trim());
            var known = authorization == "Basic " + Convert.ToBase64String("me:secret"u8) || form.Contains("refresh_token=identity", StringComparison.Ordinal);
            context.Response.StatusCode = known ? 200 : 401;
            return known ? JsonSerializer.Serialize(new { token = Token("pull") }) : "{}";
        }
        if (authorization == "Bearer " + Token("pull"))
        {
            context.Response.StatusCode = context.Request.Url.AbsolutePath is "/v2/" or "/v2/team/app/tags/list" ? 200 : 404;
            return "{}";
        }
        context.Response.StatusCode = 401;
        context.Response.Headers["WWW-Authenticate"] = $"Bearer realm=\"{Realm}\",service=\"the registry\"";
        return "{}";
    }

    static string Token(string action) => "h." + System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { access = new[] { new { type = "repository", name = "team/app", actions = new[] { action } } } })) + ".s";

    public void Dispose() => _listener.Close();
}
