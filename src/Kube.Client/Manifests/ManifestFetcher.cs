using System.Globalization;
using System.Net;
using System.Net.Security;

namespace Kube.Manifests;

/// <summary>Fetches a manifest from a URL, within limits, into memory. Nothing is written to the disk.</summary>
sealed class ManifestFetcher : IDisposable
{
    readonly FetchOptions _options;
    readonly TlsWitness _witness = new();
    readonly HttpMessageInvoker _client;

    /// <param name="options">Identity and limits.</param>
    /// <param name="tls">What to trust; the system's authorities if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit allows nothing, or more than memory can be.</exception>
    public ManifestFetcher(FetchOptions options, SslClientAuthenticationOptions? tls = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Attempts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxRedirects);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxBytes, Array.MaxLength);
        _options = options;
        tls ??= new();
        tls.RemoteCertificateValidationCallback = _witness.Validate;
        // No cookies and no credentials of the session's own: what is sent is what the options say. Proxies are the system's.
        _client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = options.ConnectTimeout,
            UseCookies = false,
            SslOptions = tls,
        });
    }

    /// <summary>The bytes at an address.</summary>
    /// <exception cref="ManifestException">They cannot be had; the message names the address without user info and query.</exception>
    public async Task<ReadOnlyMemory<byte>> FetchAsync(Uri address, CancellationToken cancel)
    {
        var shown = RedactedUri.Of(address);
        if (!RedactedUri.HasScheme(address))
            throw ManifestException.On(shown, ManifestFault.Refused, "the URL has no scheme; expected http:// or https:// before it");
        if (!RedactedUri.IsHttp(address))
            throw ManifestException.On(shown, ManifestFault.Refused, $"the scheme {address.Scheme} is not supported; expected http or https{(address.IsFile ? ", or -Path for a file" : "")}");
        var identity = FetchIdentity.Of(address, _options, shown);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(_options.Timeout);
        FetchFailure? failure = null;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await AttemptAsync(address, identity, shown, deadline.Token).ConfigureAwait(false);
                }
                catch (Exception e) when (FetchFailure.Of(e, _witness.Reason) is { } transient && !deadline.IsCancellationRequested)
                {
                    failure = transient;
                    if (attempt >= _options.Attempts || !transient.MayPass)
                        throw failure.ToException(shown, attempt);
                }
                await Task.Delay(_options.RetryDelay, deadline.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (deadline.IsCancellationRequested && e is OperationCanceledException or HttpRequestException or IOException)
        {
            cancel.ThrowIfCancellationRequested();
            var last = failure is null ? "" : $" (before that: {failure.Message})";
            throw ManifestException.On(shown, ManifestFault.Timeout, string.Create(CultureInfo.InvariantCulture, $"it did not arrive within {_options.Timeout.TotalSeconds:0.###} s; expected a faster server, or a longer timeout{last}"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    async Task<ReadOnlyMemory<byte>> AttemptAsync(Uri address, FetchIdentity identity, string shown, CancellationToken cancel)
    {
        for (var route = new FetchRoute(address); ;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, route.Address);
            request.Headers.Accept.ParseAdd("application/yaml, application/json, text/plain;q=0.9, */*;q=0.8");
            FetchBody.Accept(request.Headers);
            request.Headers.UserAgent.Add(new("Kube", typeof(ManifestFetcher).Assembly.GetName().Version!.ToString(3)));
            if (route.AtHome)
                identity.ApplyTo(request.Headers);
            using var response = await _client.SendAsync(request, cancel).ConfigureAwait(false);
            if (FetchRoute.IsRedirect(response.StatusCode))
                route = route.Follow(Location(response), _options.MaxRedirects, shown);
            else if (response.StatusCode == HttpStatusCode.OK)
                return await FetchBody.ReadAsync(response.Content, _options.MaxBytes, shown, cancel).ConfigureAwait(false);
            else
                throw new FetchStatusException(response.StatusCode, route);
        }
    }

    static string? Location(HttpResponseMessage response) => response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.First() : null;
}
