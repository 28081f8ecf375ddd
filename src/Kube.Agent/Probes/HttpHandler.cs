using System.Net;
using System.Net.Security;
using Kube.Agent.Pods;

namespace Kube.Agent.Probes;

/// <summary>The HTTP requests of probes and hooks, as the kubelet makes them (<c>probe/http</c>): each on a connection of its own, certificates unchecked.</summary>
static class HttpHandler
{
    const int BodyRead = 10 * 1024;
    const int Redirects = 10;

    static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        // A pod's certificate is for its service's name, if for any; the kubelet does not check it either.
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    });

    /// <summary>Gets a URL: 200 to 399 is success. Redirects are followed on the same host; one to another host is a success with a warning.</summary>
    /// <exception cref="HttpRequestException">It was not answered.</exception>
    public static async Task<ProbeOutcome> GetAsync(Uri url, IReadOnlyList<HeaderSpec> headers, CancellationToken cancel)
    {
        for (var (at, count) = (url, 0); ; count++)
        {
            using var request = Request(at, headers);
            using var answer = await Http.SendAsync(request, cancel);
            if (TargetOf(answer, at) is { } target && target.Host == url.Host)
            {
                if (count == Redirects)
                    return new ProbeOutcome.Failure($"Get \"{HandlerTarget.Show(target)}\": stopped after {Redirects} redirects");
                at = target;
                continue;
            }
            await ReadAsync(answer, cancel);
            var status = (int)answer.StatusCode;
            return status switch
            {
                >= 200 and < 300 => new ProbeOutcome.Success(),
                >= 300 and < 400 => new ProbeOutcome.Warning($"HTTP probe answered {status}: redirects end here, as they leave {url.Host} or have no target"),
                _ => new ProbeOutcome.Failure($"HTTP probe failed with statuscode: {status}"),
            };
        }
    }

    internal static HttpRequestMessage Request(Uri url, IReadOnlyList<HeaderSpec> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version11 };
        foreach (var header in headers)
        {
            // A header that HTTP keeps for bodies needs one to stand with.
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value))
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(header.Name, header.Value);
        }
        AddDefault(request, headers, "User-Agent", "kube-probe/1");
        AddDefault(request, headers, "Accept", "*/*");
        return request;
    }

    /// <summary>An empty value stands for no such header at all.</summary>
    static void AddDefault(HttpRequestMessage request, IReadOnlyList<HeaderSpec> headers, string name, string value)
    {
        var given = headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (given.Length == 0)
            request.Headers.TryAddWithoutValidation(name, value);
        else if (given.All(header => header.Value.Length == 0))
            request.Headers.Remove(name);
    }

    static Uri? TargetOf(HttpResponseMessage answer, Uri from) =>
        (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } location
        && new Uri(from, location) is { Scheme: "http" or "https" } target ? target : null;

    /// <summary>Reads the beginning: a server that stops amid it does not serve.</summary>
    static async Task ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        await body.ReadAtLeastAsync(new byte[BodyRead], BodyRead, throwOnEndOfStream: false, cancel);
    }
}
