using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kube.Http;

namespace Kube.Credentials;

/// <summary>Gets a new id token from an issuer by a refresh token (OpenID Connect Core, 12).</summary>
static class OidcClient
{
    const int MaxBytes = 1 << 20;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>The id token, and the refresh token for the next time, which may be another.</returns>
    /// <exception cref="KubeConnectionException">The issuer is not reached, or gives none.</exception>
    public static async Task<(string IdToken, string RefreshToken)> RefreshAsync(OidcProvider provider, string refreshToken, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Patience);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            // A redirect would carry the refresh token elsewhere.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !provider.Issuer.IsLoopback,
            SslOptions = TlsOptions.For(provider.Issuer.IdnHost, provider.CertificateAuthority, insecure: false),
        })
        { MaxResponseContentBufferSize = MaxBytes };
        try
        {
            var endpoint = await EndpointAsync(http, provider, limited.Token).ConfigureAwait(false);
            // Issuers differ in where they want the client's secret; as golang.org/x/oauth2 does, the header is tried first.
            var answer = await AskAsync(http, endpoint, provider, refreshToken, inHeader: provider.ClientSecret is not null, limited.Token).ConfigureAwait(false);
            if (answer is { Status: HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized } && provider.ClientSecret is not null)
                answer = await AskAsync(http, endpoint, provider, refreshToken, inHeader: false, limited.Token).ConfigureAwait(false);
            if (answer.Status != HttpStatusCode.OK)
                throw Fault(provider, $"is over: the issuer gives no new token ({Text(answer.Body, "error") ?? ((int)answer.Status).ToString(CultureInfo.InvariantCulture)}); log in again");
            return (Text(answer.Body, "id_token") ?? throw Fault(provider, "cannot be renewed: the issuer answers without an id_token; the scope openid may be missing, or the issuer gives none when it refreshes"),
                Text(answer.Body, "refresh_token") ?? refreshToken);
        }
        catch (HttpRequestException e)
        {
            throw new KubeConnectionException(KubeConnectionFault.Credentials, $"The {provider.Title} cannot be renewed: {ConnectionFaults.Why(e)}", e);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Fault(provider, $"cannot be renewed: the issuer gave no answer within {Patience.TotalSeconds:0} s");
        }
    }

    static async Task<Uri> EndpointAsync(HttpClient http, OidcProvider provider, CancellationToken cancel)
    {
        var address = new Uri(provider.Issuer.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration");
        using var answer = await http.GetAsync(address, cancel).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.OK) throw Fault(provider, $"cannot be renewed: {KubeConnection.Show(address)} answers {(int)answer.StatusCode}");
        var document = Json(await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false));
        if (Text(document, "issuer") is not { } issuer || issuer.TrimEnd('/') != provider.Issuer.OriginalString.TrimEnd('/'))
            throw Fault(provider, "cannot be renewed: what answers calls itself another issuer");
        return Uri.TryCreate(Text(document, "token_endpoint"), UriKind.Absolute, out var endpoint) && IsSafe(endpoint)
            ? endpoint : throw Fault(provider, "cannot be renewed: the issuer names no https token_endpoint");
    }

    /// <summary>Whether secrets may be sent there.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback);

    static async Task<(HttpStatusCode Status, JsonElement? Body)> AskAsync(HttpClient http, Uri endpoint, OidcProvider provider, string refreshToken, bool inHeader, CancellationToken cancel)
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "refresh_token"), new("refresh_token", refreshToken) };
        if (!inHeader)
        {
            form.Add(new("client_id", provider.ClientId));
            if (provider.ClientSecret is { } secret) form.Add(new("client_secret", secret));
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.ParseAdd("application/json");
        // Both parts are form-encoded first (RFC 6749, 2.3.1).
        if (inHeader)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
                $"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(provider.ClientSecret!)}")));
        using var answer = await http.SendAsync(request, cancel).ConfigureAwait(false);
        return (answer.StatusCode, Json(await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false)));
    }

    static JsonElement? Json(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(JsonElement? of, string name) => of is { } element && JsonFields.Text(element, name) is { Length: > 0 } text ? text : null;

    static KubeConnectionException Fault(OidcProvider provider, string what) => new(KubeConnectionFault.Credentials, $"The {provider.Title} {what}.");
}
