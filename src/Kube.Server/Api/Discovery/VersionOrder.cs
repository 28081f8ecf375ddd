using System.Globalization;
using System.Text.RegularExpressions;

namespace Kube.Server.Api.Discovery;

/// <summary>The best version first: <c>v2</c>, <c>v1</c>, <c>v2beta1</c>, <c>v1beta2</c>, <c>v1alpha1</c>, and then all other names in their order.</summary>
/// <remarks>https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority</remarks>
sealed partial class VersionOrder : IComparer<string>
{
    public static VersionOrder Default { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (one, other) = (Rank(x!), Rank(y!));
        var order = other.CompareTo(one);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    // Stability, version, revision: all greater is better.
    static (int Stability, long Major, long Minor) Rank(string version)
    {
        if (Pattern().Match(version) is not { Success: true } parts)
            return (0, 0, 0);
        static long Number(Group part) => long.TryParse(part.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var stability = parts.Groups[2].Value switch { "" => 3, "beta" => 2, _ => 1 };
        return (stability, Number(parts.Groups[1]), Number(parts.Groups[3]));
    }

    [GeneratedRegex(@"^v([0-9]+)(?:(alpha|beta)([0-9]+))?\z")]
    private static partial Regex Pattern();
}
