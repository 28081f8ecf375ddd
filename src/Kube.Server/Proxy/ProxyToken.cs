using System.Buffers.Text;
using System.Text;
using Kube.Server.Security;
using Microsoft.Extensions.Primitives;

namespace Kube.Server.Proxy;

/// <summary>
/// The token that the proxy wants of its clients: a bearer's, or, as pages cannot set headers of WebSockets, in the list of protocols, as
/// Kubernetes takes it (https://kubernetes.io/docs/reference/access-authn-authz/authentication/, "base64url.bearer.authorization.k8s.io.").
/// </summary>
sealed class ProxyToken
{
    const string Scheme = "Bearer ";
    const string ProtocolPrefix = "base64url.bearer.authorization.k8s.io.";

    readonly TokenList _tokens = new();

    public ProxyToken(string token) => _tokens.Add(token, RequestUser.Admin);

    public bool IsShown(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return _tokens.Find(authorization[Scheme.Length..].Trim()) is not null;
        return Protocols(headers.SecWebSocketProtocol).Any(IsShownBy);
    }

    /// <summary>The protocols without the token, which is nobody else's business.</summary>
    public static StringValues Public(StringValues protocols) =>
        Protocols(protocols).Where(p => !p.StartsWith(ProtocolPrefix, StringComparison.Ordinal)).ToArray() is { Length: > 0 } others ? string.Join(", ", others) : default(StringValues);

    bool IsShownBy(string protocol)
    {
        if (!protocol.StartsWith(ProtocolPrefix, StringComparison.Ordinal)) return false;
        try
        {
            return _tokens.Find(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(protocol.AsSpan(ProtocolPrefix.Length)))) is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    static IEnumerable<string> Protocols(StringValues headers) =>
        headers.SelectMany(h => (h ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
