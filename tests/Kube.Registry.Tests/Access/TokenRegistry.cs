using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Kube.Registry.Tests.Access;

/// <summary>A registry on loopback that asks for Bearer authentication, and the server of its tokens.</summary>
sealed class TokenRegistry : IDisposable
{
    const int Attempts = 10;

    readonly HttpListener _listener;

    public TokenRegistry()
    {
        (_listener, Registry) = Listen();
        Realm = $"http://{Registry}/token";
        _ = ServeAsync();
    }

    public string Registry { get; }

    /// <summary>Where it sends those who want a token.</summary>
    public string Realm { get; set; }

    /// <summary>What was asked of the token server, with the form where there was one.</summary>
    public List<string> TokenRequests { get; } = [];

    // A port found free may be taken before it is used: then another.
    static (HttpListener Listener, string Registry) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            string registry;
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                registry = $"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
            }
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://{registry}/");
            try
            {
                listener.Start();
                return (listener, registry);
            }
            catch (HttpListenerException) when (attempt < Attempts)
            {
                listener.Close();
            }
        }
    }

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
