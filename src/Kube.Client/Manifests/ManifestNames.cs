using System.Text.RegularExpressions;

namespace Kube.Manifests;

/// <summary>Names that can be right before a server has seen them (kubernetes.io/docs/concepts/overview/working-with-objects/names).</summary>
static partial class ManifestNames
{
    const int LongestName = 253;

    /// <summary>What is wrong with the name of an object, or null.</summary>
    public static string? Fault(string name, string? apiVersion)
    {
        if (name.Length > LongestName)
            return $"has more than {LongestName} characters; expected a shorter name";
        if (name is "." or ".." || name.AsSpan().ContainsAny('/', '%') || name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            return "cannot be part of a path; expected a name without blanks, slashes and percent signs";
        // Elsewhere, in rbac.authorization.k8s.io for one, names such as system:node are good.
        return IsOfKubernetesItself(apiVersion) && !Subdomain().IsMatch(name)
            ? "is no name for this kind; expected lower case letters, digits, dashes and points, and a letter or digit at both ends"
            : null;
    }

    public static bool IsLabel(string text) => text.Length <= 63 && Label().IsMatch(text);

    public static bool IsKind(string text) => KindForm().IsMatch(text);

    public static bool IsApiVersion(string text) => ApiVersionForm().IsMatch(text);

    static bool IsOfKubernetesItself(string? apiVersion) =>
        apiVersion is "v1" || apiVersion?.Split('/')[0] is "apps" or "batch" or "autoscaling" or "policy";

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex KindForm();

    [GeneratedRegex(@"^([a-z0-9]([-.a-z0-9]*[a-z0-9])?/)?[a-z0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ApiVersionForm();
}
