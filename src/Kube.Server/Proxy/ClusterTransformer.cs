using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Kube.Server.Proxy;

/// <summary>What of a request reaches the cluster, and what of its answer the client: all but what belongs to the proxy itself.</summary>
sealed class ClusterTransformer(Uri server) : HttpTransformer
{
    // The proxy's own: its token, what pages keep for this host, the origins that it judges itself.
    static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Authorization, HeaderNames.Cookie, HeaderNames.Origin, HeaderNames.SecWebSocketProtocol,
    };

    // By these a proxy that an API server trusts tells who asks; no client of this one may.
    const string RemotePrefix = "X-Remote-";
    const string CorsPrefix = "Access-Control-";

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var name in proxyRequest.Headers.Select(h => h.Key).Where(IsProxys).ToArray()) proxyRequest.Headers.Remove(name);
        if (ProxyToken.Public(httpContext.Request.Headers.SecWebSocketProtocol) is { Count: > 0 } protocols)
            proxyRequest.Headers.TryAddWithoutValidation(HeaderNames.SecWebSocketProtocol, protocols.ToString());
        proxyRequest.RequestUri = httpContext.Features.GetRequiredFeature<RequestTarget>().At(server);
        // The cluster's own name, not the one by which the client calls the proxy.
        proxyRequest.Headers.Host = null;
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null)
            foreach (var name in proxyResponse.Headers.Select(h => h.Key).Where(name => name.StartsWith(CorsPrefix, StringComparison.OrdinalIgnoreCase)).ToArray())
                proxyResponse.Headers.Remove(name);
        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }

    static bool IsProxys(string name) => Own.Contains(name) || name.StartsWith(RemotePrefix, StringComparison.OrdinalIgnoreCase);
}
