using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kube.Server.Api;
using Kube.Server.Streams;

namespace Kube.Server.Nodes;

/// <summary>A node whose agent is a process of its own, on this machine or another: reached over HTTPS, both sides by certificate.</summary>
/// <param name="name">The node's name.</param>
/// <param name="address">Its endpoint.</param>
/// <param name="fingerprint">The SHA-256 of the certificate that it shows; null: any will do.</param>
/// <param name="client">The certificate by which the API server shows who it is.</param>
sealed class RemoteNode(string name, Uri address, string? fingerprint, X509Certificate2 client) : INode
{
    /// <summary>The annotation in which an agent tells its node's certificate: SHA-256, hexadecimal.</summary>
    public const string FingerprintAnnotation = "kube.agent/endpoint-certificate";

    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    static readonly TimeSpan StatsTimeout = TimeSpan.FromSeconds(10);

    public static string FingerprintOf(X509Certificate certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData()));

    public async Task ForwardAsync(HttpContext context, string path, string query)
    {
        // Logs are asked for now and then: a connection of its own for each is cheap enough, and holds none of a node that has gone.
        using var http = new HttpMessageInvoker(Handler());
        var upgrade = UpgradeTunnel.IsWanted(context);
        using var request = upgrade ? UpgradeTunnel.Request(context, new Uri(address, path + query)) : new HttpRequestMessage(HttpMethod.Get, new Uri(address, path + query));
        try
        {
            using var answer = await http.SendAsync(request, context.RequestAborted);
            if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
            {
                await UpgradeTunnel.RunAsync(context, answer);
                return;
            }
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
            await CopyAsync(body, context);
        }
        catch (HttpRequestException e) when (!context.Response.HasStarted)
        {
            throw Failures.Internal($"node {name} does not answer at {address}: {e.Message}");
        }
    }

    public async Task<ReadOnlyMemory<byte>> ReadStatsAsync(CancellationToken cancel)
    {
        using var http = new HttpClient(Handler()) { Timeout = StatsTimeout };
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "/stats/summary"), cancel);
            if (!answer.IsSuccessStatusCode) throw Failures.Internal($"node {name} does not tell what its pods use: HTTP {(int)answer.StatusCode}");
            return await answer.Content.ReadAsByteArrayAsync(cancel);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw Failures.Internal($"node {name} does not answer at {address}: {e.Message}");
        }
    }

    // Each piece is sent on as it comes: a log that is followed may pause behind any line.
    static async Task CopyAsync(Stream from, HttpContext context)
    {
        await context.Response.StartAsync(context.RequestAborted);
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectTimeout = ConnectTimeout,
        SslOptions =
        {
            ClientCertificates = [client],
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is not null && (fingerprint is null || FingerprintOf(certificate).Equals(fingerprint, StringComparison.OrdinalIgnoreCase)),
        },
    };
}
