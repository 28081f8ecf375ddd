namespace Kube.Manifests;

/// <summary>URLs as they may be shown: scheme, host, port and path. User info and query hold secrets.</summary>
static class RedactedUri
{
    public static string Of(Uri uri)
    {
        if (IsHttp(uri))
            return uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        // Of anything else it is not certain where user info ends, and whether a question mark starts a query.
        var text = uri.OriginalString;
        var end = text.AsSpan().IndexOfAny('?', '#');
        var shown = end < 0 ? text : text[..end];
        return shown[(shown.LastIndexOf('@') + 1)..];
    }

    public static bool IsHttp(Uri uri) => uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    /// <summary>Whether it starts with a scheme, and not with <c>user:password@</c>, which looks like one.</summary>
    public static bool HasScheme(Uri uri) => uri.IsAbsoluteUri && (uri.OriginalString.Contains("://", StringComparison.Ordinal) || !uri.OriginalString.Contains('@'));
}
