namespace Kube.Manifests;

/// <summary>URLs as they may be shown: scheme, host, port and path. User info and query hold secrets.</summary>
static class RedactedUri
{
    public static string Of(Uri uri)
    {
        if (uri.IsAbsoluteUri)
            return uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        var text = uri.OriginalString;
        var end = text.AsSpan().IndexOfAny('?', '#');
        var shown = end < 0 ? text : text[..end];
        // Without a scheme it is not known where user info ends, other than at the last @ before the path.
        return shown[(shown.LastIndexOf('@') + 1)..];
    }
}
