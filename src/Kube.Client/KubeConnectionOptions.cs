using System.Net;
using System.Security.Cryptography.X509Certificates;
using Kube.Credentials;
using Kube.Http;

namespace Kube;

/// <summary>All that is needed to talk to a cluster. Its text form shows no secret.</summary>
public sealed record KubeConnectionOptions
{
    /// <summary>The API server's address. It may have a path, under which the API then lies.</summary>
    public required Uri Server { get; init; }

    /// <summary>The name by which people know it.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that is meant when none is named. Default <c>default</c>.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The CA certificates to trust instead of the system's.</summary>
    public X509Certificate2Collection? CertificateAuthority { get; init; }

    /// <summary>Trust any certificate.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The host name to expect in the certificate, where it is not the address's.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>A bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>A file with a bearer token, read again as it is renewed. It wins over <see cref="Token"/>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A user name for basic authentication.</summary>
    public string? UserName { get; init; }

    /// <summary>The password that goes with it.</summary>
    public string? Password { get; init; }

    /// <summary>A client certificate with its private key.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The certificates that lead from <see cref="ClientCertificate"/> to an authority that the server knows, where it needs them.</summary>
    public X509Certificate2Collection? ClientCertificateChain { get; init; }

    /// <summary>Whom to act as, where it is not the one who asks.</summary>
    public KubeImpersonation? Impersonate { get; init; }

    /// <summary>The proxy on the way to the server: http, https or socks5, with user and password where it wants them. Default: the environment's
    /// (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>), and none to this machine itself.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether a credential plugin may ask the person at the terminal. Default true.</summary>
    public bool MayPrompt { get; init; } = true;

    /// <summary>The kubeconfig files that these came from.</summary>
    public IReadOnlyList<string> KubeConfigPaths { get; init; } = [];

    /// <summary>The plugin that gives the credentials.</summary>
    internal ExecPlugin? Exec { get; init; }

    /// <summary>The login that gives the credentials.</summary>
    internal OidcProvider? Oidc { get; init; }

    /// <summary>Ask for answers that are not compressed, where the network is faster than the compression.</summary>
    public bool DisableCompression { get; init; }

    /// <summary>Have one HTTP/2 connection carry everything from the first request on, where the server can: for programs that watch. Default: HTTP/1.1 until something
    /// lasts, which answers a single request sooner.</summary>
    public bool PreferHttp2 { get; init; }

    /// <summary>How long a connection may take to be made. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take to begin. Default 70 s: API servers end a request themselves after 60.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(70);

    /// <summary>After how long a silence the other side of a connection is asked whether it is there, and how long it may take to say so.</summary>
    internal (TimeSpan Silence, TimeSpan Answer) Ping { get; init; } = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15));

    /// <summary>An HTTP handler that reaches the server as these say and asks as the one they name. It decompresses nothing, follows no redirect, tries nothing twice
    /// but what the server refuses for a credential that can be renewed. For those who pass requests on; the verbs of <see cref="KubeApi"/> need it not.</summary>
    public HttpMessageHandler CreateHandler() => ConnectionPool.Handler(this, CredentialSource.Of(this), DecompressionMethods.None);

    internal IReadOnlyList<string> Warnings()
    {
        var address = KubeConnection.Show(Server);
        if (Server.Scheme == "http") return Server.IsLoopback ? [] : [$"The connection to {address} is not encrypted: anybody on the way can read it, credentials too."];
        return InsecureSkipTlsVerify ? [$"The certificate of {address} is not checked: whoever answers there gets the credentials."] : [];
    }

    /// <summary>Name and address, and nothing that is secret.</summary>
    public override string ToString() => $"{Name} ({KubeConnection.Show(Server)})";
}
