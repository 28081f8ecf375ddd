using System.Diagnostics.CodeAnalysis;

namespace Kube.Registry;

/// <summary>
/// The name under which credentials are configured, taken apart: a host whose labels may hold <c>*</c>, a port, a path. Two
/// spellings of the same are equal: the scheme, a leading <c>/v1/</c> or <c>/v2/</c> and the host's case do not count, and Docker
/// Hub's names are one. The rules are the kubelet's (pkg/credentialprovider), with paths compared by whole segments.
/// </summary>
public sealed record RegistryKey
{
    /// <summary>Docker Hub's key in Docker's configuration files and credential stores.</summary>
    public const string DockerHubAddress = "https://index.docker.io/v1/";

    RegistryKey(string host, string? port, string path) => (Host, Port, Path) = (host, port, path);

    /// <summary>The host in lower case, <c>*</c> and all; <c>docker.io</c> for each of Docker Hub's names.</summary>
    public string Host { get; }

    /// <summary>The port's digits; null: none is given.</summary>
    public string? Port { get; }

    /// <summary>The path without slashes at its ends; empty: the whole registry.</summary>
    public string Path { get; private init; }

    /// <summary>Whether the host holds <c>*</c>.</summary>
    public bool IsGlob => Host.Contains('*');

    /// <summary>Host, port and path in one spelling: <c>ghcr.io/me</c>, <c>docker.io</c>.</summary>
    public override string ToString() => (Port is null ? Host : $"{Host}:{Port}") + (Path.Length == 0 ? "" : "/" + Path);

    /// <summary>The name that docker login writes: <see cref="DockerHubAddress"/> for Docker Hub, else as <see cref="ToString"/>.</summary>
    public string ServerAddress => Host == ImageReference.DockerHub && Port is null && Path.Length == 0 ? DockerHubAddress : ToString();

    /// <summary>The key of an image's registry, without a path.</summary>
    public static RegistryKey Of(ImageReference image) =>
        TryParse(image.Registry, out var key) ? key : throw new ArgumentException($"'{image.Registry}' is no registry.", nameof(image));

    /// <summary>Reads a key as it stands in a configuration file; false when it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RegistryKey? key)
    {
        key = null;
        if (string.IsNullOrWhiteSpace(text))
            return false;

        var rest = text.Trim();
        var hasScheme = TrimScheme(ref rest);
        if (rest.AsSpan().ContainsAny("@?#\\ \t\r\n") || rest.Contains("://"))
            return false;

        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        if (!TrySplitPort(authority, out var host, out var port))
            return false;

        host = host.ToLowerInvariant();
        if (host == "index.docker.io" && port is null)
            host = ImageReference.DockerHub;
        key = new RegistryKey(host, port, CleanPath(slash < 0 ? "" : rest[slash..], hasScheme || host == ImageReference.DockerHub));
        return true;
    }

    /// <summary>Whether credentials under this key are for an image.</summary>
    public bool Matches(ImageReference image) => Covers(Of(image) with { Path = image.Repository });

    /// <summary>Whether everything under another key is also under this one.</summary>
    internal bool Covers(RegistryKey other) =>
        Port == other.Port && HostMatches(other.Host)
            && (Path.Length == 0 || Path == other.Path || other.Path.StartsWith(Path + "/", StringComparison.Ordinal));

    /// <summary>The order in which matching keys are tried: the longest path first, then an exact host before a glob, then the longer glob.</summary>
    internal static int CompareSpecificity(RegistryKey a, RegistryKey b)
    {
        var byPath = b.Path.Length.CompareTo(a.Path.Length);
        if (byPath != 0)
            return byPath;
        var byGlob = a.IsGlob.CompareTo(b.IsGlob);
        return byGlob != 0 ? byGlob : b.Host.Length.CompareTo(a.Host.Length);
    }

    bool HostMatches(string host)
    {
        if (!IsGlob)
            return Host == host;
        var (patterns, labels) = (Host.Split('.'), host.Split('.'));
        return patterns.Length == labels.Length && patterns.Zip(labels).All(pair => LabelMatches(pair.First, pair.Second));
    }

    static bool LabelMatches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> label)
    {
        // Greedy with one point of return: linear in practice, and never worse than length times length.
        var (p, l, star, mark) = (0, 0, -1, 0);
        while (l < label.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, mark) = (p++, l);
            else if (p < pattern.Length && pattern[p] == label[l])
                (p, l) = (p + 1, l + 1);
            else if (star >= 0)
                (p, l) = (star + 1, ++mark);
            else
                return false;
        }
        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    static bool TrimScheme(ref string text)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["https://", "http://"])
        {
            if (!text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                continue;
            text = text[scheme.Length..];
            return true;
        }
        return false;
    }

    static bool TrySplitPort(string authority, out string host, out string? port)
    {
        (host, port) = (authority, null);
        var colon = authority.LastIndexOf(':');
        if (authority.StartsWith('['))
        {
            var end = authority.IndexOf(']');
            if (end < 0 || (end != authority.Length - 1 && colon != end + 1))
                return false;
            colon = end == authority.Length - 1 ? -1 : colon;
        }
        if (colon >= 0)
            (host, port) = (authority[..colon], authority[(colon + 1)..]);
        return host.Length > 0 && (host[0] == '[' || !host.Contains(':')) && port is not "" && (port is null || port.All(char.IsAsciiDigit));
    }

    /// <summary>Without a scheme a bare <c>host/v2</c> may be a namespace of that name, so there it counts only with its last slash.</summary>
    static string CleanPath(string path, bool isAddress)
    {
        foreach (var version in (ReadOnlySpan<string>)["/v1", "/v2"])
        {
            if (path.StartsWith(version + "/", StringComparison.Ordinal) || (isAddress && path == version))
            {
                path = path[version.Length..];
                break;
            }
        }
        return string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }
}
