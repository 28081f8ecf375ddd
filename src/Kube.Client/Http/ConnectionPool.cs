using System.Net;
using System.Security.Cryptography;
using System.Text;
using Kube.Credentials;

namespace Kube.Http;

/// <summary>The sockets of one cluster and identity, shared by all connections that are equal and closed with the last.</summary>
sealed class ConnectionPool
{
    static readonly Dictionary<Key, ConnectionPool> Pools = [];

    readonly Key _key;
    int _users;
    volatile bool _isShared;

    ConnectionPool(Key key, KubeConnectionOptions options, CredentialSource credentials)
    {
        (_key, Credentials, _isShared) = (key, credentials, options.PreferHttp2);
        Http = new HttpMessageInvoker(new RetryHandler(Handler(options, credentials, options.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip)));
    }

    public HttpMessageInvoker Http { get; }

    /// <summary>Where the credentials come from.</summary>
    public CredentialSource Credentials { get; }

    /// <summary>What makes two identities equal. Secrets are in it as hashes.</summary>
    sealed record Key(
        string Server, string Authorities, bool Insecure, string? ServerName, string Credentials, string? Certificate, string? Proxy, string Impersonate, bool MayPrompt,
        TimeSpan ConnectTimeout, bool DisableCompression, (TimeSpan, TimeSpan) Ping, bool PreferHttp2);

    public static ConnectionPool Open(KubeConnectionOptions options)
    {
        var credentials = CredentialSource.Of(options);
        var key = new Key(
            options.Server.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped),
            string.Join(' ', (options.CertificateAuthority ?? []).Select(c => c.GetCertHashString(HashAlgorithmName.SHA256)).Order(StringComparer.Ordinal)),
            options.InsecureSkipTlsVerify, options.TlsServerName, credentials.Key, options.ClientCertificate?.GetCertHashString(HashAlgorithmName.SHA256),
            options.Proxy is { } proxy ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(proxy.AbsoluteUri))) : null,
            string.Join('\n', Impersonation.Headers(options.Impersonate).Select(h => $"{h.Name}: {string.Join('\t', h.Values)}")), options.MayPrompt,
            options.ConnectTimeout, options.DisableCompression, options.Ping, options.PreferHttp2);
        lock (Pools)
        {
            if (!Pools.TryGetValue(key, out var pool)) Pools[key] = pool = new ConnectionPool(key, options, credentials);
            pool._users++;
            return pool;
        }
    }

    /// <summary>
    /// HTTP/1.1 until something lasts: what HTTP/2 costs a process once is a good part of its first answer, and a single large answer comes no faster. A watch is
    /// worth it: one connection carries any number of them, and its pings find out that nobody is there any more. From then on all share it.
    /// </summary>
    public Version VersionFor(KubeRequest request)
    {
        if (request.Lasts) _isShared = true;
        return _isShared ? HttpVersion.Version20 : HttpVersion.Version11;
    }

    public void Release()
    {
        lock (Pools)
        {
            if (--_users > 0) return;
            Pools.Remove(_key);
        }
        Http.Dispose();
    }

    /// <summary>Sockets that ask as the options say, without a second try.</summary>
    public static HttpMessageHandler Handler(KubeConnectionOptions options, CredentialSource credentials, DecompressionMethods decompression) =>
        new IdentityHandler(options, credentials, credential => Sockets(options, credential, decompression));

    public static SocketsHttpHandler Sockets(KubeConnectionOptions options, Credential credential, DecompressionMethods decompression) => new()
    {
        // A login page's redirect must not be followed with a token in hand; it is told as what it is.
        AllowAutoRedirect = false,
        AutomaticDecompression = decompression,
        ConnectTimeout = options.ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        // Watches may be silent for minutes: the ping finds out that nobody is there any more.
        KeepAlivePingDelay = options.Ping.Silence,
        KeepAlivePingTimeout = options.Ping.Answer,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        ConnectCallback = (context, cancel) => WatchedSocket.ConnectAsync(context.DnsEndPoint, options.Ping, cancel),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
        // As Go does: what runs on this machine is never behind the environment's proxy.
        UseProxy = options.Proxy is not null || !options.Server.IsLoopback,
        Proxy = options.Proxy is { } proxy ? ClusterProxy.Of(proxy) : null,
        SslOptions = TlsOptions.For(options, credential),
    };
}
