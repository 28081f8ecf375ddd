using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Kube.Module.Tests;

/// <summary>A server on loopback that lets everybody in, answers as a test says, and remembers what it was asked; and a kubeconfig for it.</summary>
sealed class ScriptedApi : IDisposable
{
    readonly HttpListener _listener;
    readonly Func<string, HttpListenerResponse, Task> _answer;

    /// <summary>A secret that must show nowhere.</summary>
    public const string Token = "scripted-secret-token";

    public ScriptedApi(Func<string, HttpListenerResponse, Task> answer)
    {
        _answer = answer;
        _listener = LoopbackSite.Open(out var address);
        File.WriteAllText(KubeConfigPath, $$$"""
            {"apiVersion":"v1","kind":"Config","current-context":"scripted",
             "clusters":[{"name":"c","cluster":{"server":"{{{address}}}"}}],
             "users":[{"name":"u","user":{"token":"{{{Token}}}"}}],
             "contexts":[{"name":"scripted","context":{"cluster":"c","user":"u"}}]}
            """);
        _ = ServeAsync();
    }

    /// <summary>One that answers the same to all.</summary>
    public ScriptedApi(int status, string body) : this((_, response) =>
    {
        response.StatusCode = status;
        response.ContentType = body.StartsWith('<') ? "text/html" : "application/json";
        return SendAsync(response, body);
    })
    {
    }

    public string KubeConfigPath { get; } = Path.GetTempFileName();

    /// <summary>The paths asked for, in their order, <c>/version</c> left out.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public ModuleSession Connect()
    {
        var session = new ModuleSession();
        session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", KubeConfigPath);
        Assert.Empty(session.Errors);
        return session;
    }

    /// <summary>The beginning of a list of pods with these names; <c>]}</c> ends it.</summary>
    public static string Pods(params string[] names) =>
        """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[""" + string.Join(',', names.Select(name => $$$"""{"metadata":{"name":"{{{name}}}","namespace":"default"},"spec":{"containers":[{"name":"c","image":"{{{name}}}-image"}]}}"""));

    public static Task WriteAsync(HttpListenerResponse response, string text)
    {
        response.ContentType = "application/json";
        return SendAsync(response, text);
    }

    static async Task SendAsync(HttpListenerResponse response, string text)
    {
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await response.OutputStream.FlushAsync();
    }

    public void Dispose()
    {
        _listener.Close();
        File.Delete(KubeConfigPath);
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
                // The test is over.
                return;
            }
            _ = AnswerAsync(context);
        }
    }

    async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        context.Response.SendChunked = true;
        if (path == "/version")
        {
            await WriteAsync(context.Response, """{"major":"1","minor":"33"}""");
        }
        else
        {
            Asked.Enqueue(path);
            await _answer(path, context.Response);
        }
        context.Response.Close();
    }
}
