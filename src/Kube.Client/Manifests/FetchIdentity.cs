using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Kube.Manifests;

/// <summary>The headers that say who asks. They belong to one origin; no value of them is ever shown.</summary>
sealed class FetchIdentity
{
    /// <summary>What HTTP itself sets; a caller's value would break the exchange.</summary>
    static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Accept-Encoding", "Range", "Expect",
    };

    readonly List<KeyValuePair<string, string>> _headers = [];

    /// <exception cref="ManifestException">The options contradict each other, or a header cannot be sent.</exception>
    public static FetchIdentity Of(Uri address, FetchOptions options, string shown)
    {
        var identity = new FetchIdentity();
        var given = options.Headers.Keys.Any(k => k.Equals("Authorization", StringComparison.OrdinalIgnoreCase));
        if ((options.Credential is null ? 0 : 1) + (options.Token is null ? 0 : 1) + (given ? 1 : 0) > 1)
            throw Refused(shown, "there is more than one of a credential, a token and an Authorization header; expected one");
        if (Authorization(address, options, given, shown) is { } authorization)
            identity._headers.Add(new("Authorization", authorization));
        foreach (var (name, value) in options.Headers)
            identity.Add(name, value, shown);
        return identity;
    }

    public void ApplyTo(HttpRequestHeaders headers)
    {
        foreach (var (name, value) in _headers)
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }
    }

    void Add(string name, string value, string shown)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c)))
            throw Refused(shown, "the name of a header is none; expected letters, digits and dashes");
        if (Reserved.Contains(name))
            throw Refused(shown, $"the header {name} cannot be set: it is HTTP's own");
        if (value is null || value.Any(c => c is not '\t' and (< ' ' or > '~')))
            throw Refused(shown, $"the value of the header {name} cannot be sent; expected one line of ASCII");
        using var probe = new HttpRequestMessage();
        if (!probe.Headers.TryAddWithoutValidation(name, value))
            throw Refused(shown, $"the header {name} cannot be set: it describes a body, and a GET has none");
        _headers.Add(new(name, value));
    }

    static string? Authorization(Uri address, FetchOptions options, bool given, string shown)
    {
        if (options.Token is { } token)
            return token.Length > 0 && token.All(c => c is > ' ' and <= '~') ? $"Bearer {token}" : throw Refused(shown, "the token cannot be sent; expected ASCII without blanks");
        if (options.Credential is { } credential)
            return Basic(credential, shown);
        if (given || address.UserInfo.Length == 0)
            return null;
        var parts = address.UserInfo.Split(':', 2);
        return Basic(new(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : ""), shown);
    }

    static string Basic(NetworkCredential credential, string shown) => credential.UserName.Contains(':')
        ? throw Refused(shown, "the user name holds a colon, which basic authentication cannot send")
        : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}"));

    static ManifestException Refused(string shown, string message) => ManifestException.On(shown, ManifestFault.Refused, message);
}
