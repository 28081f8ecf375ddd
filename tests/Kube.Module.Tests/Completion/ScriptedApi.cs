using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Kube.Module.Tests.Completion;

/// <summary>An API server on loopback that answers as a test says, and remembers what it was asked.</summary>
sealed class ScriptedApi : IDisposable
{
    readonly HttpListener _listener;
    readonly Func<string, HttpListenerResponse, Task> _answer;
    readonly string _kubeConfig = Path.GetTempFileName();

    public ScriptedApi(Func<string, HttpListenerResponse, Task> answer)
    {
        this._answer = answer;
        _listener = LoopbackSite.Open(out var address);
        File.WriteAllText(_kubeConfig, $$$"""
            {"apiVersion":"v1","kind":"Config","current-context":"scripted","clusters":[{"name":"c","cluster":{"server":"{{{address}}}"}}],"contexts":[{"name":"scripted","context":{"cluster":"c"}}]}
            """);
        _ = ServeAsync();
    }

    /// <summary>The paths asked for, in their order, <c>/version</c> left out.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public ModuleSession Connect()
    {
        var session = new ModuleSession();
        session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", _kubeConfig);
        Assert.Empty(session.Errors);
        return session;
    }

    /// <summary>The beginning of a list of pods with these names; <c>]}</c> ends it.</summary>
    public static string Pods(params string[] names) =>
        """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[""" + string.Join(',', names.Select(name => $$$"""{"metadata":{"name":"{{{name}}}","namespace":"default"},"spec":{"containers":[{"name":"c","image":"{{{name}}}-image"}]}}"""));

    public static async Task WriteAsync(HttpListenerResponse response, string text)
    {
        response.ContentType = "application/json";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await response.OutputStream.FlushAsync();
    }

    public void Dispose()
    {
        _listener.Close();
        File.Delete(_kubeConfig);
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
