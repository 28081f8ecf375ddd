using Kube.Http;

namespace Kube;

/// <summary>One cluster as one identity: its address, who asks, and the pool of connections to it. Thread-safe.</summary>
/// <remarks>Connections to the same cluster as the same identity share one pool, which is closed with the last of them.</remarks>
public sealed partial class KubeConnection : IDisposable
{
    readonly ConnectionPool _pool;
    int _disposed;

    /// <summary>Opens what the options describe. No request is made.</summary>
    /// <exception cref="ArgumentException">The address is not an absolute http or https URL, or the options name two identities.</exception>
    public KubeConnection(KubeConnectionOptions options)
    {
        var server = options.Server;
        if (!server.IsAbsoluteUri || server.Scheme is not ("https" or "http"))
            throw new ArgumentException($"A server is an http or https address, not '{(server.IsAbsoluteUri ? Show(server) : server.ToString())}'.", nameof(options));
        if (options.UserName is not null && (options.Token ?? options.TokenFile) is not null)
            throw new ArgumentException("A token and a user name with a password are two identities; give one.", nameof(options));
        if (options.Proxy is { } proxy && !ClusterProxy.IsUsable(proxy)) throw new ArgumentException("A proxy is an http, https or socks5 address.", nameof(options));
        Options = options;
        _pool = ConnectionPool.Open(options);
    }

    /// <summary>What it was opened with. Never shown: it holds secrets.</summary>
    internal KubeConnectionOptions Options { get; }

    /// <summary>The API server's address.</summary>
    public Uri Server => Options.Server;

    /// <summary>The kubeconfig context that it came from, or a name of its own.</summary>
    public string Name => Options.Name;

    /// <summary>The namespace that is meant when none is named.</summary>
    public string Namespace => Options.Namespace;

    /// <summary>The kubeconfig files that it came from; none where it was made otherwise.</summary>
    public IReadOnlyList<string> KubeConfigPaths => Options.KubeConfigPaths;

    /// <summary>What a person should know before trusting it: that nothing shows who answers, or that nothing is encrypted.</summary>
    public IReadOnlyList<string> Warnings => Options.Warnings();

    /// <summary>What the kubeconfig's credential plugin wrote to standard error when it ran last; null: nothing, or there is none.</summary>
    public string? CredentialNotice => _pool.Credentials.Notice;

    /// <summary>The resources that the server lists, once they have been asked for.</summary>
    internal Discovery.ResourceCache Resources { get; } = new(TimeProvider.System);

    /// <summary>How the server describes its kinds, once that has been asked for.</summary>
    internal OpenApi.ApiDocuments OpenApi { get; } = new(TimeProvider.System);

    /// <summary>Whether the server can be told the end of a command's standard input; null: not known yet.</summary>
    internal bool? EndsInput { get; set; }

    /// <summary>Gives the pool back; it closes when nothing else uses it. Requests under way in other connections go on.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) _pool.Release();
    }

    /// <summary>Name and address.</summary>
    public override string ToString() => Options.ToString();

    /// <summary>An address as people may see it: without user info and query.</summary>
    internal static string Show(Uri uri) =>
        uri.IsAbsoluteUri ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/') : uri.ToString();

    /// <summary>Sends a request; the answer is a success whose headers are here and whose body may still be arriving.</summary>
    internal async Task<HttpResponseMessage> SendAsync(KubeRequest request, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        using var message = request.ToMessage(Server, _pool.VersionFor(request));
        // Before the clock runs: a plugin may wait for a person.
        await _pool.Credentials.GetAsync(Options.MayPrompt, cancel).ConfigureAwait(false);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Options.Timeout);
        HttpResponseMessage answer;
        try
        {
            answer = await _pool.Http.SendAsync(message, limited.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (ConnectionFaults.Explain(e, Options, cancel) is { } fault)
        {
            throw fault;
        }
        try
        {
            await Answer.RequireSuccessAsync(answer, Server, limited.Token).ConfigureAwait(false);
            return answer;
        }
        catch (Exception e)
        {
            answer.Dispose();
            if (ConnectionFaults.Explain(e, Options, cancel) is { } fault) throw fault;
            throw;
        }
    }

    /// <summary>Sends a request and reads the whole body of its answer.</summary>
    internal async Task<byte[]> SendForBytesAsync(KubeRequest request, CancellationToken cancel)
    {
        using var answer = await SendAsync(request, cancel).ConfigureAwait(false);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Options.Timeout);
        try
        {
            return await answer.Content.ReadAsByteArrayAsync(limited.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (ConnectionFaults.Explain(e, Options, cancel) is { } fault)
        {
            throw fault;
        }
    }
}
