using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Kube.Registry;

/// <summary>
/// An image's name, parsed and completed as Docker does it: <c>nginx</c> is <c>docker.io/library/nginx:latest</c>.
/// The grammar is that of github.com/distribution/reference.
/// </summary>
public sealed partial record ImageReference
{
    /// <summary>Docker Hub's name in references.</summary>
    public const string DockerHub = "docker.io";

    const string OfficialPrefix = "library/";
    const int MaximumRepositoryLength = 255;

    // Docker knows no limit for the whole; this one keeps a hostile text from costing more than its length is worth.
    const int MaximumTextLength = 2048;

    ImageReference(string registry, string repository, string? tag, string? digest) =>
        (Registry, Repository, Tag, Digest) = (registry, repository, tag, digest);

    /// <summary>The registry's host, with its port if it has one: <c>docker.io</c>, <c>localhost:5000</c>, <c>[::1]:5000</c>.</summary>
    public string Registry { get; }

    /// <summary>The path in the registry, without tag and digest: <c>library/nginx</c>.</summary>
    public string Repository { get; }

    /// <summary>The tag; <c>latest</c> where the text has neither tag nor digest; null where it has a digest alone.</summary>
    public string? Tag { get; }

    /// <summary>The digest, such as <c>sha256:…</c>; null where the text has none.</summary>
    public string? Digest { get; }

    /// <summary>Registry and repository, without tag and digest: <c>docker.io/library/nginx</c>.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>What is pulled: the digest if there is one (a tag beside it is then only a note), else the tag.</summary>
    public string TagOrDigest => Digest ?? Tag!;

    /// <summary>The text as people write it: Docker Hub's host and <c>library/</c> are left out, the tag is not: <c>nginx:latest</c>.</summary>
    public string Familiar => FamiliarName + Suffix;

    /// <summary>The whole text, nothing left out: <c>docker.io/library/nginx:latest</c>.</summary>
    public override string ToString() => Name + Suffix;

    string Suffix => (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    string FamiliarName =>
        Registry != DockerHub ? Name
        : Repository.StartsWith(OfficialPrefix, StringComparison.Ordinal) && Repository.IndexOf('/', OfficialPrefix.Length) < 0 ? Repository[OfficialPrefix.Length..]
        : Repository;

    /// <summary>Reads a reference such as <c>nginx</c> or <c>ghcr.io/me/app:1.2@sha256:…</c>.</summary>
    /// <exception cref="FormatException">It is no valid reference; the message says why.</exception>
    public static ImageReference Parse(string text) =>
        TryParse(text, out var reference, out var reason) ? reference : throw new FormatException(reason);

    /// <summary>Reads a reference without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reference">The reference, if the text is one.</param>
    /// <param name="reason">Why it is none.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out string? reason)
    {
        reference = null;
        reason = Refuse(text, out var registry, out var match);
        if (reason is not null)
            return false;

        var digest = match!.Groups["digest"] is { Success: true } d ? d.Value : null;
        var tag = match.Groups["tag"] is { Success: true } t ? t.Value : digest is null ? "latest" : null;
        reference = new ImageReference(registry, match.Groups["path"].Value, tag, digest);
        return true;
    }

    static string? Refuse(string? text, out string registry, out Match? match)
    {
        (registry, match) = ("", null);
        if (string.IsNullOrEmpty(text))
            return "an image reference must not be empty";
        if (text.Length > MaximumTextLength)
            return $"an image reference must not be longer than {MaximumTextLength} characters, this one has {text.Length}";
        if (text.AsSpan().ContainsAny(" \t\r\n"))
            return $"'{text}' is no image reference: it holds white space";
        if (text.Contains("://"))
            return $"'{text}' is no image reference: it must not have a scheme such as https://";
        if (Identifier().IsMatch(text))
            return $"'{text}' is no image reference: 64 hexadecimal digits name an image's id, not a repository";

        (registry, var remainder) = SplitRegistry(text);
        if (!RegistryPattern().IsMatch(registry))
            return $"'{text}' is no image reference: '{registry}' is no valid registry host";

        match = RemainderPattern().Match(remainder);
        if (!match.Success)
            return $"'{text}' is no image reference: {RefuseRemainder(AsWritten(remainder, text))}";
        if (match.Groups["path"].Length > MaximumRepositoryLength)
            return $"'{text}' is no image reference: its repository is longer than {MaximumRepositoryLength} characters";
        return match.Groups["digest"] is { Success: true } digest && RefuseDigest(digest.Value) is { } reason
            ? $"'{text}' is no image reference: {reason}"
            : null;
    }

    /// <summary>The first part is a host if it has a dot or a port, has upper case (no repository may), or is <c>localhost</c>; all else is on Docker Hub.</summary>
    static (string Registry, string Remainder) SplitRegistry(string text)
    {
        var slash = text.IndexOf('/');
        var first = slash < 0 ? "" : text[..slash];
        var isHost = first == "localhost" || first.AsSpan().ContainsAny('.', ':') || first.Any(char.IsAsciiLetterUpper);
        var registry = !isHost || first == "index.docker.io" ? DockerHub : first;
        var remainder = isHost ? text[(slash + 1)..] : text;
        return registry == DockerHub && !remainder.Contains('/') ? (registry, OfficialPrefix + remainder) : (registry, remainder);
    }

    static string AsWritten(string remainder, string text) => text.Contains(OfficialPrefix) ? remainder : remainder.Replace(OfficialPrefix, "");

    static string RefuseRemainder(string remainder)
    {
        var at = remainder.IndexOf('@');
        var beforeDigest = at < 0 ? remainder : remainder[..at];
        if (at >= 0 && !DigestPattern().IsMatch(remainder[(at + 1)..]))
            return $"'{remainder[(at + 1)..]}' is no digest (algorithm:hexadecimal)";

        var colon = beforeDigest.IndexOf(':');
        var path = colon < 0 ? beforeDigest : beforeDigest[..colon];
        if (path.Length == 0)
            return "it names no repository";
        if (path.Any(char.IsAsciiLetterUpper))
            return $"the repository '{path}' must be in lower case";
        if (!RemainderPattern().IsMatch(path))
            return $"'{path}' is no valid repository (lower-case letters and digits, with '.', '_', '__' or '-' between them, in parts separated by '/')";
        return $"'{beforeDigest[(colon + 1)..]}' is no valid tag (letters, digits, '_', '.' and '-', at most 128, not starting with '.' or '-')";
    }

    static string? RefuseDigest(string digest)
    {
        var colon = digest.IndexOf(':');
        var expected = digest[..colon] switch { "sha256" => 64, "sha384" => 96, "sha512" => 128, _ => 0 };
        if (expected == 0)
            return $"the digest algorithm '{digest[..colon]}' is not one of sha256, sha384 and sha512";
        return digest.Length - colon - 1 == expected && !digest.Any(char.IsAsciiLetterUpper)
            ? null
            : $"a {digest[..colon]} digest has {expected} hexadecimal digits in lower case";
    }

    [GeneratedRegex(@"^[a-f0-9]{64}\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?\z")]
    private static partial Regex RegistryPattern();

    [GeneratedRegex(@"^(?<path>[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(?<tag>[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}))?(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?\z")]
    private static partial Regex RemainderPattern();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}\z")]
    private static partial Regex DigestPattern();
}
