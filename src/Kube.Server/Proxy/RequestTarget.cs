namespace Kube.Server.Proxy;

/// <summary>
/// What a request line asks for. The cluster gets the text as it came, and the rules see what the cluster makes of it: the path, decoded once.
/// Two readings of one path would let requests past the rules.
/// </summary>
/// <param name="Raw">Path and query as they were sent.</param>
/// <param name="Path">The path, decoded once.</param>
sealed record RequestTarget(string Raw, string Path)
{
    /// <returns>Null where servers read it differently: dot segments, backslashes, control characters, an authority.</returns>
    public static RequestTarget? Parse(string raw)
    {
        var query = raw.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(query < 0 ? raw : raw[..query]);
        if (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal)) return null;
        if (path.Any(c => c is '\\' || char.IsControl(c)) || raw.Contains('#', StringComparison.Ordinal)) return null;
        return path.Split('/').Any(segment => segment is "." or "..") ? null : new RequestTarget(raw, path);
    }

    /// <summary>The same below the cluster's address, which may have a path of its own.</summary>
    public Uri At(Uri server) => new(server.AbsoluteUri.TrimEnd('/') + Raw, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
