namespace Kube.Registry;

/// <summary>The policy, whole.</summary>
/// <param name="Policy">Which images are verified.</param>
/// <param name="Allowlist">For <see cref="ImagePullCredentialsVerificationPolicy.NeverVerifyAllowlistedImages"/>: image names without tag and digest, or prefixes that end in <c>/*</c>.</param>
public sealed record ImagePullVerification(ImagePullCredentialsVerificationPolicy Policy, IReadOnlyList<string> Allowlist)
{
    /// <summary>The kubelet's default.</summary>
    public static ImagePullVerification Default { get; } = new(ImagePullCredentialsVerificationPolicy.NeverVerifyPreloadedImages, []);

    /// <summary>Whether a pod must have the credentials for an image that is on the node.</summary>
    /// <param name="image">The image.</param>
    /// <param name="wasPulled">Whether this node is known to have pulled it.</param>
    public bool IsRequired(ImageReference image, bool wasPulled) => Policy switch
    {
        ImagePullCredentialsVerificationPolicy.NeverVerify => false,
        ImagePullCredentialsVerificationPolicy.NeverVerifyPreloadedImages => wasPulled,
        ImagePullCredentialsVerificationPolicy.NeverVerifyAllowlistedImages => !Allowlist.Any(pattern => Covers(pattern, image)),
        _ => true,
    };

    /// <summary>What is wrong with the allow list, a sentence per pattern; empty: nothing.</summary>
    public IReadOnlyList<string> Validate() => [.. Allowlist.Select(Refuse).OfType<string>()];

    static bool Covers(string pattern, ImageReference image) => pattern.EndsWith("/*", StringComparison.Ordinal)
        ? image.Name.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : image.Name == pattern;

    static string? Refuse(string pattern)
    {
        if (pattern.EndsWith("/*", StringComparison.Ordinal) && pattern.Length > 2 && !pattern[..^1].Contains('*'))
            return null;
        if (pattern.Contains('*'))
            return $"'{pattern}': '*' is allowed only as '/*' at the end, after a registry";
        if (!ImageReference.TryParse(pattern, out var image, out var reason))
            return reason;
        return image.Name == pattern ? null : $"'{pattern}': expected the full name without tag and digest, such as '{image.Name}'";
    }
}
