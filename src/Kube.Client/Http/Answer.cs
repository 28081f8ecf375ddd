using System.Buffers;
using System.Net;
using System.Text;

namespace Kube.Http;

/// <summary>Tells a success of Kubernetes from everything else that may come back.</summary>
static class Answer
{
    const int MaxErrorBytes = 1 << 20;

    /// <exception cref="KubeOperationException">The server refuses.</exception>
    /// <exception cref="KubeConnectionException">What answers is no Kubernetes API.</exception>
    public static async Task RequireSuccessAsync(HttpResponseMessage answer, Uri server, CancellationToken cancel)
    {
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols) return;
        var html = answer.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";
        var code = (int)answer.StatusCode;
        if (answer.IsSuccessStatusCode && !html) return;
        if (code is >= 300 and < 400)
        {
            var to = answer.Headers.Location is { IsAbsoluteUri: true } location ? $" to {location.GetLeftPart(UriPartial.Authority)}" : "";
            throw NotKubernetes(server, $"redirects{to}");
        }
        // Proxies in front of an API server say "not now" and "not you" in HTML; anything else in HTML is some other site.
        if (html && code is not (401 or 403 or 429 or >= 500)) throw NotKubernetes(server, "answers with a web page (HTML)");
        var body = await ReadBoundedAsync(answer.Content, cancel).ConfigureAwait(false);
        throw new KubeOperationException(StatusReader.Read(body, code, PlainText(answer, body), RetryAfter(answer)));
    }

    /// <summary>Seconds to wait, as the server asks; null where it does not ask.</summary>
    public static int? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => (int)Math.Ceiling(delta.TotalSeconds),
        { Date: { } date } => (int)Math.Max(0, Math.Ceiling((date - (answer.Headers.Date ?? DateTimeOffset.UtcNow)).TotalSeconds)),
        _ => null,
    };

    static KubeConnectionException NotKubernetes(Uri server, string what) =>
        new(KubeConnectionFault.NotKubernetes, $"{KubeConnection.Show(server)} is not a Kubernetes API: it {what}.");

    static string? PlainText(HttpResponseMessage answer, byte[] body)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not "text/plain") return null;
        var text = Encoding.UTF8.GetString(body).Trim();
        var line = text.AsSpan(0, Math.Min(300, text.Length)).ToString().ReplaceLineEndings(" ");
        return line.Length > 0 ? line : null;
    }

    static async Task<byte[]> ReadBoundedAsync(HttpContent content, CancellationToken cancel)
    {
        using var stream = await content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var all = new ArrayBufferWriter<byte>();
        while (all.WrittenCount < MaxErrorBytes)
        {
            var read = await stream.ReadAsync(all.GetMemory(4096), cancel).ConfigureAwait(false);
            if (read == 0) break;
            all.Advance(read);
        }
        return all.WrittenSpan.ToArray();
    }
}
