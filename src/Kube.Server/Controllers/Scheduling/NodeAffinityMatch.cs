using System.Globalization;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Scheduling;

/// <summary>Whether a node is one of those that a pod asks for by labels and name.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity</remarks>
static class NodeAffinityMatch
{
    static readonly Dictionary<string, string> None = [];

    public static bool Matches(PodSpec pod, ObjectMeta node)
    {
        var labels = node.Labels ?? None;
        if (pod.NodeSelector is { } selector && !selector.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value)) return false;
        var required = pod.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;
        return required is null || (required.NodeSelectorTerms ?? []).Any(term => Matches(term, labels, node.Name));
    }

    // An empty term matches nothing.
    static bool Matches(NodeSelectorTerm term, IReadOnlyDictionary<string, string> labels, string name)
    {
        var (expressions, fields) = (term.MatchExpressions ?? [], term.MatchFields ?? []);
        return (expressions.Count > 0 || fields.Count > 0)
            && expressions.All(e => Matches(e, labels.GetValueOrDefault(e.Key)))
            && fields.All(f => f.Key == "metadata.name" && Matches(f, name));
    }

    static bool Matches(NodeSelectorRequirement requirement, string? value)
    {
        var values = requirement.Values ?? [];
        return requirement.Operator switch
        {
            "In" => value is not null && values.Contains(value),
            "NotIn" => value is null || !values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            "Gt" => Compare(value, values) > 0,
            "Lt" => Compare(value, values) < 0,
            _ => false,
        };
    }

    // 0, which is neither greater nor less, where one of the two is no number.
    static int Compare(string? value, IReadOnlyList<string> values) =>
        values.Count == 1
        && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var left)
        && long.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var right) ? left.CompareTo(right) : 0;
}
