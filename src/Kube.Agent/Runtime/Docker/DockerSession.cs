using System.Net;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using Docker.DotNet.NativeHttp;

namespace Kube.Agent.Runtime.Docker;

/// <summary>An engine whose API version is known.</summary>
sealed class DockerSession : IDisposable
{
    // For what must arrive byte for byte.
    readonly HttpClient _http;

    DockerSession(DockerEndpoint endpoint, Version version, HttpClient http, DockerClient client) =>
        (Endpoint, Version, _http, Client) = (endpoint, version, http, client);

    /// <summary>Where it is.</summary>
    public DockerEndpoint Endpoint { get; }

    /// <summary>The API version in use.</summary>
    public Version Version { get; }

    /// <summary>The engine's API as a library.</summary>
    public DockerClient Client { get; }

    /// <summary>Asks an engine which API versions it speaks and takes the best that both know.</summary>
    public static async Task<DockerSession> OpenAsync(DockerEndpoint endpoint, Version oldest, Version newest, CancellationToken cancel)
    {
        var address = DockerTransport.AddressOf(endpoint);
        var handler = new SocketsHttpHandler();
        try
        {
            DockerTransport.Configure(handler, endpoint);
            var engine = await AskVersionAsync(handler, address, endpoint, cancel);
            if (engine < oldest)
                throw new RuntimeUnavailableException($"The Docker Engine at {endpoint} ({endpoint.Origin}) speaks API {engine}; Kube needs {oldest}, which is Docker Engine 20.10, or later.");

            var version = engine < newest ? engine : newest;
            var client = new DockerClientBuilder()
                .WithEndpoint(address)
                .WithApiVersion(version)
                .WithAuthProvider(endpoint.Tls is null ? NoopAuthProvider.Instance : TlsProvider.Instance)
                .WithTimeout(Timeout.InfiniteTimeSpan)
                .WithTransportOptions(new NativeHttpTransportOptions { ConfigureHandler = h => DockerTransport.Configure(h, endpoint) })
                .Build();
            return new DockerSession(endpoint, version, new HttpClient(handler) { BaseAddress = new Uri(address, $"v{version}/"), Timeout = Timeout.InfiniteTimeSpan }, client);
        }
        catch
        {
            handler.Dispose();
            throw;
        }
    }

    /// <summary>Requests a path; the answer is there as soon as its headers are. What is no success is a <see cref="DockerApiException"/>.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancel)
    {
        var answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new DockerApiException(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
    }

    /// <summary>Posts to a path; what is no success is a <see cref="DockerApiException"/>.</summary>
    public async Task PostAsync(string path, CancellationToken cancel)
    {
        using var answer = await _http.PostAsync(path, null, cancel);
        if (!answer.IsSuccessStatusCode)
            throw new DockerApiException(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
    }

    /// <summary>
    /// Posts to a path and takes a connection of its own over for bytes in both directions, as exec and attach do. What is refused is a <see cref="DockerApiException"/>.
    /// </summary>
    public async Task<DockerHijack> UpgradeAsync(string path, string? json, CancellationToken cancel)
    {
        DockerTransport.Connected? connected = null;
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        // TLS is done here and not by the handler, which would keep the end of sending to itself.
        handler.ConnectCallback = async (_, connecting) => (connected = await DockerTransport.ConnectAsync(Endpoint, connecting)).Stream;
        var http = new HttpMessageInvoker(handler);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://docker/v{Version}/{path}")) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Upgrade.ParseAdd("tcp");
            var answer = await http.SendAsync(request, cancel);
            if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
                return new DockerHijack(http, answer, await answer.Content.ReadAsStreamAsync(cancel), connected!.EndWritingAsync);
            using (answer)
                throw new DockerApiException(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        Client.Dispose();
    }

    static async Task<Version> AskVersionAsync(SocketsHttpHandler handler, Uri address, DockerEndpoint endpoint, CancellationToken cancel)
    {
        using var http = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var answer = await http.GetAsync(new Uri(address, "_ping"), cancel);
        return answer.IsSuccessStatusCode && answer.Headers.TryGetValues("Api-Version", out var values) && Version.TryParse(values.First(), out var version)
            ? version
            : throw new RuntimeUnavailableException($"What answers at {endpoint} ({endpoint.Origin}) is no working Docker Engine: its ping gave HTTP {(int)answer.StatusCode}.");
    }

    /// <summary>Makes the library speak TLS at all; the handler is configured already.</summary>
    sealed class TlsProvider : IAuthProvider
    {
        public static readonly TlsProvider Instance = new();

        public bool TlsEnabled => true;

        public HttpMessageHandler ConfigureHandler(HttpMessageHandler handler) => handler;
    }
}
