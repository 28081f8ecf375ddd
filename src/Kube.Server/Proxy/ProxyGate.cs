using Kube.Server.Api;
using Kube.Server.Cors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Kube.Server.Proxy;

/// <summary>Stands before the cluster: answers 401 to who has no token, 400 and 403 to what is not passed on.</summary>
static class ProxyGate
{
    const string ImpersonationPrefix = "Impersonate-";

    /// <param name="app">The pipeline.</param>
    /// <param name="rules">What is passed on.</param>
    /// <param name="token">The token wanted; null: none.</param>
    /// <param name="origins">The origins whose pages may ask; null: none.</param>
    public static IApplicationBuilder UseProxyGate(this IApplicationBuilder app, RequestRules rules, ProxyToken? token, OriginPolicy? origins) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        if (token is not null && !token.IsShown(request.Headers)) throw Failures.Unauthorized();
        // Without a token a page's simple requests and WebSockets, which CORS lets happen, would act on the cluster.
        if (token is null && IsForeign(request, origins)) throw Forbidden("the proxy does not accept the origin of the page");
        var target = RequestTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)
            ?? throw Failures.BadRequest("the proxy passes no path on that servers read differently: dot segments, backslashes, control characters, two slashes at the start");
        var isUpgrade = IsUpgrade(context);
        var refusal = rules.Refuse(new ProxiedRequest(isUpgrade && HttpMethods.IsConnect(request.Method) ? HttpMethods.Get : request.Method, target.Path, HostNames.Of(request.Host))
        {
            IsUpgrade = isUpgrade,
            IsWatch = request.Query["watch"].ToString() is "1" or "true",
            Impersonates = request.Headers.Keys.Any(name => name.StartsWith(ImpersonationPrefix, StringComparison.OrdinalIgnoreCase)),
        });
        if (refusal is not null) throw Forbidden(refusal);
        context.Features.Set(target);
        await next(context);
    });

    /// <summary>Whether a client wants another protocol: by HTTP/1.1's Upgrade, or by HTTP/2's CONNECT.</summary>
    public static bool IsUpgrade(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    static StatusException Forbidden(string why) => new(new Status(403, "Forbidden", $"forbidden: {why}"));

    // A page of the proxy's own origin, were there one, sends it too.
    static bool IsForeign(HttpRequest request, OriginPolicy? origins) =>
        request.Headers.TryGetValue(HeaderNames.Origin, out var origin) && origins?.Allows(origin.ToString()) != true && origin != $"{request.Scheme}://{request.Host.Value}";
}
