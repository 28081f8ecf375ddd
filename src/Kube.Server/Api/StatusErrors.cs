using Kube.Server.Storage;

namespace Kube.Server.Api;

/// <summary>The one place where exceptions become answers.</summary>
static class StatusErrors
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: there is no one to answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, ToStatus(e) ?? Unexpected(context, e));
        }
    }

    /// <summary>Answers with a failure.</summary>
    public static async Task WriteAsync(HttpContext context, Status status)
    {
        var body = status.ToJson();
        context.Response.StatusCode = status.Code;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        if (status.Details is { RetryAfterSeconds: > 0 and var seconds })
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    // A fault of the server's own: people read of it in the log, clients only that it happened.
    static Status Unexpected(HttpContext context, Exception e)
    {
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Kube.Api")
            .LogError(e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        return Failures.Internal("see the server's log").Status;
    }

    static Status? ToStatus(Exception e) => e switch
    {
        StatusException failure => failure.Status,
        RevisionExpiredException expired => Failures.Expired(expired.Message).Status,
        StorageException { Fault: StorageFault.Closed } => new Status(503, "ServiceUnavailable", "the server is shutting down"),
        StorageException storage => Failures.Internal(storage.Message).Status,
        BadHttpRequestException bad => new Status(bad.StatusCode, bad.StatusCode == 413 ? "RequestEntityTooLarge" : "BadRequest", bad.Message),
        _ => null,
    };
}
