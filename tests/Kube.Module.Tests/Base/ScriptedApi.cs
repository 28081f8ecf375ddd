using System.Net;
using System.Text;

namespace Kube.Module.Tests.Base;

/// <summary>A server on loopback that lets everybody in and answers everything else as a test says, and a kubeconfig for it.</summary>
sealed class ScriptedApi : IDisposable
{
    readonly HttpListener _listener;
    readonly Func<HttpListenerRequest, (int Status, string Body)> _answer;

    public ScriptedApi(Func<HttpListenerRequest, (int Status, string Body)> answer)
    {
        this._answer = answer;
        _listener = LoopbackSite.Open(out var address);
        KubeConfigPath = Path.Combine(Directory.CreateTempSubdirectory("kube-scripted-").FullName, "config");
        File.WriteAllText(KubeConfigPath, $$$"""
            {"apiVersion":"v1","kind":"Config","current-context":"scripted",
             "clusters":[{"name":"c","cluster":{"server":"{{{address}}}"}}],
             "users":[{"name":"u","user":{"token":"{{{Token}}}"}}],
             "contexts":[{"name":"scripted","context":{"cluster":"c","user":"u"}}]}
            """);
        _ = ServeAsync();
    }

    /// <summary>A secret that must show nowhere.</summary>
    public const string Token = "scripted-secret-token";

    public string KubeConfigPath { get; }

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
            // To connect is to ask for the version.
            var (status, body) = context.Request.Url!.AbsolutePath == "/version" ? (200, "{}") : _answer(context.Request);
            context.Response.StatusCode = status;
            context.Response.ContentType = body.StartsWith('<') ? "text/html" : "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }

    public void Dispose()
    {
        _listener.Close();
        Directory.Delete(Path.GetDirectoryName(KubeConfigPath)!, recursive: true);
    }
}
