using System.Net;

namespace Kube.Manifests;

/// <summary>
/// Where a request is on its way: the address now, how many redirects it took, and whether it is still at the origin that the credentials are for.
/// Once it left, it stays a stranger, also when it is sent back.
/// </summary>
sealed record FetchRoute(Uri Address, int Redirects = 0, bool AtHome = true)
{
    public static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The route after a redirect.</summary>
    /// <param name="location">The answer's Location, as it came.</param>
    /// <param name="limit">How many redirects are followed.</param>
    /// <param name="start">The first address, as it may be shown.</param>
    /// <exception cref="ManifestException">The redirect is not followed; the message says why.</exception>
    public FetchRoute Follow(string? location, int limit, string start)
    {
        if (string.IsNullOrWhiteSpace(location))
            throw Refused(start, "a redirect names no target; expected a Location header");
        if (!Uri.TryCreate(Address, location, out var target))
            throw Refused(start, "a redirect's target is no URL");
        var shown = RedactedUri.Of(target);
        if (!RedactedUri.IsHttp(target))
            throw Refused(start, $"a redirect leads to {target.Scheme}; expected http or https");
        if (Address.Scheme == Uri.UriSchemeHttps && target.Scheme == Uri.UriSchemeHttp)
            throw Refused(start, $"a redirect leads from https to {shown}, where anybody on the way could change the manifest; expected https");
        if (Redirects >= limit)
            throw Refused(start, $"there are more than {limit} redirects, the last to {shown}; expected fewer");
        return new(target, Redirects + 1, AtHome && SameOrigin(Address, target));
    }

    static bool SameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && a.IdnHost.Equals(b.IdnHost, StringComparison.OrdinalIgnoreCase);

    static ManifestException Refused(string start, string message) => ManifestException.On(start, ManifestFault.Refused, message);
}
