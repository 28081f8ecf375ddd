namespace Kube.Manifests;

/// <summary>Where the file itself is, when somebody took the address of the page that shows it.</summary>
static class RawPageAdvice
{
    public static string? For(Uri uri)
    {
        if (!uri.IsAbsoluteUri)
            return null;
        var shown = RedactedUri.Of(uri);
        if (uri.Host.Equals("github.com", StringComparison.OrdinalIgnoreCase) && uri.Segments is [_, _, _, "blob/", ..])
            return $"the file itself is at {FirstReplaced(shown, "/blob/", "/raw/")}";
        if (uri.Host.Equals("gist.github.com", StringComparison.OrdinalIgnoreCase))
            return $"the file itself is at {shown.TrimEnd('/')}/raw";
        // GitLab, at any host.
        return uri.AbsolutePath.Contains("/-/blob/", StringComparison.Ordinal) ? $"the file itself is at {FirstReplaced(shown, "/-/blob/", "/-/raw/")}" : null;
    }

    static string FirstReplaced(string text, string old, string with) =>
        string.Concat(text.AsSpan(0, text.IndexOf(old, StringComparison.Ordinal)), with, text.AsSpan(text.IndexOf(old, StringComparison.Ordinal) + old.Length));
}
