using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Kube.Server.Streams;

/// <summary>Passes a connection of another protocol on, byte by byte, once the far side has agreed to it.</summary>
static class UpgradeTunnel
{
    // What two ends need to agree; whatever else a client sends is for this server alone.
    static readonly string[] RequestHeaders = [HeaderNames.Upgrade, HeaderNames.SecWebSocketKey, HeaderNames.SecWebSocketVersion, HeaderNames.SecWebSocketProtocol, StreamUpgrade.VersionHeader];
    static readonly string[] AnswerHeaders = [HeaderNames.Upgrade, HeaderNames.SecWebSocketAccept, HeaderNames.SecWebSocketProtocol, StreamUpgrade.VersionHeader];

    public static bool IsWanted(HttpContext context) => context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    /// <summary>Asks the far side for what the client asks for.</summary>
    public static HttpRequestMessage Request(HttpContext context, Uri target)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Connection.Add("Upgrade");
        foreach (var name in RequestHeaders)
            if (context.Request.Headers.TryGetValue(name, out var values)) request.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        return request;
    }

    /// <summary>Carries bytes both ways until either side ends.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="answer">The far side's agreement.</param>
    public static async Task RunAsync(HttpContext context, HttpResponseMessage answer)
    {
        foreach (var name in AnswerHeaders)
            if (answer.Headers.TryGetValues(name, out var values)) context.Response.Headers[name] = values.ToArray();
        await using var client = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        await using var far = await answer.Content.ReadAsStreamAsync(CancellationToken.None);
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var copies = new[] { CopyAsync(client, far, ended.Token), CopyAsync(far, client, ended.Token) };
        await Task.WhenAny(copies);
        await ended.CancelAsync();
        await Task.WhenAll(copies);
    }

    // Each piece is sent on as it comes.
    static async Task CopyAsync(Stream from, Stream to, CancellationToken cancel)
    {
        var buffer = new byte[32 << 10];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancel)) > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
                await to.FlushAsync(cancel);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or HttpRequestException)
        {
            // One side has ended, and so does the other.
        }
    }
}
