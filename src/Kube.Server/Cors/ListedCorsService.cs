using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Kube.Server.Cors;

/// <summary>
/// ASP.NET Core's evaluation, written out as kube-apiserver writes it: the same headers on every answer to an allowed origin,
/// preflight or not, and lists joined with ", ".
/// </summary>
sealed class ListedCorsService(OriginPolicy policy, ILoggerFactory loggers) : CorsService(Options.Create(new CorsOptions()), loggers)
{
    readonly string _methods = string.Join(", ", policy.Policy.Methods);
    readonly string _headers = string.Join(", ", policy.Policy.Headers);
    readonly string _exposed = string.Join(", ", policy.Policy.ExposedHeaders);

    public override void ApplyResult(CorsResult result, HttpResponse response)
    {
        if (!result.IsOriginAllowed) return;
        var headers = response.Headers;
        headers[HeaderNames.AccessControlAllowOrigin] = result.AllowedOrigin;
        headers[HeaderNames.AccessControlAllowMethods] = _methods;
        headers[HeaderNames.AccessControlAllowHeaders] = _headers;
        headers[HeaderNames.AccessControlExposeHeaders] = _exposed;
        if (result.SupportsCredentials) headers[HeaderNames.AccessControlAllowCredentials] = "true";
    }
}
