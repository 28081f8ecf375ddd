using System.Net;
using Kube.Server.Api;
using Yarp.ReverseProxy.Forwarder;

namespace Kube.Server.Proxy;

/// <summary>Passes requests on to the cluster as the one whom the kubeconfig names, and streams the answers.</summary>
sealed class ClusterForwarder(IHttpForwarder forwarder, KubeConnectionOptions cluster, ILogger log) : IDisposable
{
    // A watch may be quiet for hours; whoever waits for it ends it.
    static readonly ForwarderRequestConfig Requests = new() { ActivityTimeout = Timeout.InfiniteTimeSpan };

    // API servers take upgrades over HTTP/1.1 alone.
    static readonly ForwarderRequestConfig Upgrades = Requests with { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    readonly HttpMessageInvoker _http = new(cluster.CreateHandler());
    readonly ClusterTransformer _transformer = new(cluster.Server);

    public async Task ForwardAsync(HttpContext context)
    {
        await forwarder.SendAsync(context, cluster.Server.AbsoluteUri, _http, ProxyGate.IsUpgrade(context) ? Upgrades : Requests, _transformer);
        if (context.GetForwarderErrorFeature() is not { } fault || context.RequestAborted.IsCancellationRequested) return;
        var why = fault.Exception is { } exception ? Innermost(exception).Message : fault.Error.ToString();
        log.LogWarning("{Method} {Path}: {Error}: {Why}", context.Request.Method, context.Request.Path, fault.Error, why);
        if (!context.Response.HasStarted)
            await StatusErrors.WriteAsync(context, new Status(StatusCodes.Status502BadGateway, "ServiceUnavailable", $"the proxy gets no answer from {cluster}: {why}"));
    }

    public void Dispose() => _http.Dispose();

    // That of the socket or of the credential plugin says more than "an error occurred while sending the request".
    static Exception Innermost(Exception exception) => exception is KubeException || exception.InnerException is not { } inner ? exception : Innermost(inner);
}
