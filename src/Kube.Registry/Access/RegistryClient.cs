using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Kube.Registry;

/// <summary>Asks a registry whether it takes a credential, by the registry API's own round trip.</summary>
/// <remarks>https://distribution.github.io/distribution/spec/auth/. A secret is sent over https, or to this very machine, and nowhere else.</remarks>
public sealed class RegistryClient : IDisposable
{
    readonly HttpClient _http;

    /// <summary>Opens nothing yet.</summary>
    public RegistryClient() : this(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
    }

    internal RegistryClient(HttpMessageHandler handler) => _http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Asks.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="repository">The repository that is to be pulled from; null: only whether the credential is good.</param>
    /// <param name="credential">Who to be; null: nobody.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<RegistryAccess> TestAsync(RegistryKey registry, string? repository, RegistryCredential? credential, CancellationToken cancel)
    {
        try
        {
            return await TestAsync(await FindAsync(registry, cancel).ConfigureAwait(false), repository, credential, cancel).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            return Refused(RegistryScheme.None, $"{registry} is not reached: {exception.InnerException?.Message ?? exception.Message}");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Refused(RegistryScheme.None, $"{registry} does not answer within {_http.Timeout.TotalSeconds:0} s");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>The API's root: https; on this machine http as well, as for the Docker Engine.</summary>
    async Task<Uri> FindAsync(RegistryKey registry, CancellationToken cancel)
    {
        var host = registry.Host == ImageReference.DockerHub ? "registry-1.docker.io" : registry.Host;
        var authority = registry.Port is null ? host : $"{host}:{registry.Port}";
        var secure = new Uri($"https://{authority}/v2/");
        if (!secure.IsLoopback) return secure;
        try
        {
            using var answer = await _http.GetAsync(secure, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            return secure;
        }
        catch (HttpRequestException)
        {
            return new Uri($"http://{authority}/v2/");
        }
    }

    async Task<RegistryAccess> TestAsync(Uri root, string? repository, RegistryCredential? credential, CancellationToken cancel)
    {
        var target = repository is null ? root : new Uri(root, $"{repository}/tags/list?n=1");
        using var open = await _http.GetAsync(root, cancel).ConfigureAwait(false);
        if (open.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Unauthorized))
            return Refused(RegistryScheme.None, $"{root.Authority} is no registry: it answers {(int)open.StatusCode} to {root.AbsolutePath}");
        if (open.StatusCode == HttpStatusCode.OK)
            return await JudgeAsync(target, RegistryScheme.None, null, [], "the registry lets everybody in", cancel).ConfigureAwait(false);
        return AuthenticateChallenge.Choose(open.Headers.WwwAuthenticate) switch
        {
            { IsBearer: true } bearer => await WithTokenAsync(bearer, target, repository, credential, cancel).ConfigureAwait(false),
            { IsBasic: true } when credential is { IdentityToken: null } => await JudgeAsync(target, RegistryScheme.Basic, Basic(credential), [], "the registry takes the credential", cancel).ConfigureAwait(false),
            { IsBasic: true } => Refused(RegistryScheme.Basic, credential is null ? "the registry wants a user and a password" : "the registry wants a user and a password, and the credential is an identity token"),
            _ => Refused(RegistryScheme.None, $"{root.Authority} asks for neither Basic nor Bearer authentication"),
        };
    }

    async Task<RegistryAccess> WithTokenAsync(AuthenticateChallenge challenge, Uri target, string? repository, RegistryCredential? credential, CancellationToken cancel)
    {
        if (credential?.RegistryToken is { } own)
            return await JudgeAsync(target, RegistryScheme.Bearer, new AuthenticationHeaderValue("Bearer", own), [], "the registry takes the credential", cancel).ConfigureAwait(false);
        if (!Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) || realm.Scheme is not ("https" or "http"))
            return Refused(RegistryScheme.Bearer, "the registry does not say where its tokens are had");
        if (realm.Scheme == "http" && !realm.IsLoopback)
            return Refused(RegistryScheme.Bearer, $"the registry wants the credential to go to {realm.Authority} over plain http; it was not sent");
        var scope = repository is null ? challenge.Scope : $"repository:{repository}:pull,push";
        using var request = RegistryToken.Request(realm, challenge.Service, scope, credential);
        using var answer = await _http.SendAsync(request, cancel).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            return Refused(RegistryScheme.Bearer, $"{realm.Authority} refuses the credential ({(int)answer.StatusCode})");
        if (RegistryToken.Read(await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false)) is not { } token)
            return Refused(RegistryScheme.Bearer, $"{realm.Authority} answers without a token");
        return await JudgeAsync(target, RegistryScheme.Bearer, new AuthenticationHeaderValue("Bearer", token), RegistryToken.ActionsIn(token, repository),
            credential is null ? "the registry lets everybody in" : "the registry takes the credential", cancel).ConfigureAwait(false);
    }

    async Task<RegistryAccess> JudgeAsync(Uri target, RegistryScheme scheme, AuthenticationHeaderValue? authorization, IReadOnlyList<string> actions, string granted, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target) { Headers = { Authorization = authorization } };
        using var answer = await _http.SendAsync(request, cancel).ConfigureAwait(false);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => new RegistryAccess(true, scheme, actions, granted),
            HttpStatusCode.Unauthorized => Refused(scheme, authorization is null ? "the repository wants a credential" : "the registry refuses the credential"),
            HttpStatusCode.Forbidden => Refused(scheme, "the credential is good and may not read this repository"),
            HttpStatusCode.NotFound => Refused(scheme, "the credential is good and there is no such repository, or it may not be seen"),
            var other => Refused(scheme, $"the registry answers {(int)other}"),
        };
    }

    static AuthenticationHeaderValue Basic(RegistryCredential credential) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}")));

    static RegistryAccess Refused(RegistryScheme scheme, string message) => new(false, scheme, [], message);
}
