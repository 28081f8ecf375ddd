using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kube.Http;

/// <summary>The sockets of one cluster and identity, shared by all connections that are equal and closed with the last.</summary>
sealed class ConnectionPool
{
    static readonly Dictionary<Key, ConnectionPool> Pools = [];

    readonly Key _key;
    int _users;

    ConnectionPool(Key key, KubeConnectionOptions options)
    {
        _key = key;
        Http = new HttpMessageInvoker(new RetryHandler(Sockets(options)));
    }

    public HttpMessageInvoker Http { get; }

    /// <summary>What makes two identities equal. Secrets are in it as hashes.</summary>
    sealed record Key(
        string Server, string Authorities, bool Insecure, string? ServerName, string? Token, string? TokenFile, string? UserName, string? Password,
        string? Certificate, TimeSpan ConnectTimeout, bool DisableCompression);

    public static ConnectionPool Open(KubeConnectionOptions options)
    {
        var key = new Key(
            options.Server.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped),
            string.Join(' ', (options.CertificateAuthority ?? []).Select(c => c.GetCertHashString(HashAlgorithmName.SHA256)).Order(StringComparer.Ordinal)),
            options.InsecureSkipTlsVerify, options.TlsServerName, Hash(options.Token), options.TokenFile, options.UserName, Hash(options.Password),
            options.ClientCertificate?.GetCertHashString(HashAlgorithmName.SHA256), options.ConnectTimeout, options.DisableCompression);
        lock (Pools)
        {
            if (!Pools.TryGetValue(key, out var pool)) Pools[key] = pool = new ConnectionPool(key, options);
            pool._users++;
            return pool;
        }
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

    static string? Hash(string? secret) => secret is null ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    static SocketsHttpHandler Sockets(KubeConnectionOptions options) => new()
    {
        // A login page's redirect must not be followed with a token in hand; it is told as what it is.
        AllowAutoRedirect = false,
        AutomaticDecompression = options.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip,
        ConnectTimeout = options.ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        // Watches may be silent for minutes: the ping finds out that nobody is there any more.
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
        // As Go does: what runs on this machine is never behind a proxy.
        UseProxy = !options.Server.IsLoopback,
        SslOptions = Tls(options),
    };

    static SslClientAuthenticationOptions Tls(KubeConnectionOptions options)
    {
        // Copies: the pool may outlive the options that it was made from.
        X509Certificate2Collection? authorities = options.CertificateAuthority is { } given
            ? [.. given.Select(c => X509CertificateLoader.LoadCertificate(c.RawData))] : null;
        var expected = options.TlsServerName ?? options.Server.IdnHost;
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = expected,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = options.InsecureSkipTlsVerify
                ? static (_, _, _, _) => true
                : (_, certificate, chain, errors) => ServerCertificate.Check(certificate, chain, errors, expected, authorities),
        };
        if (authorities is not null)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
        if (options.ClientCertificate is { } client)
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(new X509Certificate2(client), options.ClientCertificateChain, offline: true);
        return tls;
    }
}
