using System.Net;
using Kube.Credentials;

namespace Kube.Http;

/// <summary>Sends each request as the one who asks; gets another credential, once, where the server refuses the one that was sent.</summary>
/// <param name="options">Whom the requests act as, and whether a plugin may ask.</param>
/// <param name="source">Where the credentials come from.</param>
/// <param name="open">Opens the sockets for a client certificate.</param>
sealed class IdentityHandler(KubeConnectionOptions options, CredentialSource source, Func<Credential, HttpMessageHandler> open) : HttpMessageHandler
{
    readonly Lock _gate = new();
    readonly IReadOnlyList<(string Name, IReadOnlyList<string> Values)> _impersonation = Impersonation.Headers(options.Impersonate);
    Transport? _transport;
    bool _disposed;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var credential = await source.GetAsync(options.MayPrompt, cancel).ConfigureAwait(false);
        var answer = await SendAsAsync(credential, request, cancel).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || !IsRepeatable(request)) return answer;
        if (await source.RenewAsync(credential, options.MayPrompt, cancel).ConfigureAwait(false) is not { } another) return answer;
        answer.Dispose();
        return await SendAsAsync(another, request, cancel).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            lock (_gate)
            {
                _disposed = true;
                _transport?.Invoker.Dispose();
            }
        base.Dispose(disposing);
    }

    // A body that comes from elsewhere has been read.
    static bool IsRepeatable(HttpRequestMessage request) => request.Content is null or ByteArrayContent or ReadOnlyMemoryContent;

    Task<HttpResponseMessage> SendAsAsync(Credential credential, HttpRequestMessage request, CancellationToken cancel)
    {
        request.Headers.Authorization = credential.Authorization;
        foreach (var (name, values) in _impersonation)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, values);
        }
        return TransportFor(credential).SendAsync(request, cancel);
    }

    /// <summary>The sockets are those of one certificate: with another one, new ones are opened. Requests under way on the old ones come to their end.</summary>
    HttpMessageInvoker TransportFor(Credential credential)
    {
        var certificate = credential.Certificate?.Thumbprint;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_transport is { } current)
            {
                if (current.Certificate == certificate) return current.Invoker;
                current.Invoker.Dispose();
            }
            _transport = new Transport(certificate, new HttpMessageInvoker(open(credential)));
            return _transport.Invoker;
        }
    }

    sealed record Transport(string? Certificate, HttpMessageInvoker Invoker);
}
