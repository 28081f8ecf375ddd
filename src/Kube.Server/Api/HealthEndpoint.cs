namespace Kube.Server.Api;

/// <summary>Answers <c>/healthz</c>, <c>/livez</c> and <c>/readyz</c>: a server that answers is healthy, so there is one check, <c>ping</c>.</summary>
static class HealthEndpoint
{
    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var path = context.Request.Path.Value!.Trim('/');
        var verbose = context.Request.Query.ContainsKey("verbose") && !path.Contains('/');
        return context.Response.WriteAsync(verbose ? $"[+]ping ok\n{path} check passed\n" : "ok", context.RequestAborted);
    }
}
