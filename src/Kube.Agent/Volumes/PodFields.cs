using System.Globalization;
using Kube.Agent.Pods;

namespace Kube.Agent.Volumes;

/// <summary>What a pod's own files and variables can tell of the pod: Kubernetes' downward API, as far as it does not change while the pod runs. Pure.</summary>
static class PodFields
{
    const decimal MilliCpu = 0.001m;

    /// <summary>A field of the metadata; null: there is no such field for files.</summary>
    public static string? Metadata(Pod pod, string path) => path switch
    {
        "metadata.name" => pod.Name,
        "metadata.namespace" => pod.Namespace,
        "metadata.uid" => pod.Uid,
        "metadata.labels" => Lines(pod.Metadata.Labels),
        "metadata.annotations" => Lines(pod.Metadata.Annotations),
        _ when Key(path, "metadata.labels") is { } label => pod.Metadata.Labels.GetValueOrDefault(label, ""),
        _ when Key(path, "metadata.annotations") is { } annotation => pod.Metadata.Annotations.GetValueOrDefault(annotation, ""),
        _ => null,
    };

    /// <summary>
    /// A container's request or limit, in units of the divisor, rounded up; a limit that is absent is the node's capacity. Null: there is no such resource.
    /// </summary>
    /// <param name="container">The container.</param>
    /// <param name="selector">Which resource (<c>limits.cpu</c> …) in which units.</param>
    /// <param name="node">What the node has.</param>
    public static string? Resource(ContainerSpec container, ResourceFieldSelector selector, NodeCapacity node)
    {
        if (selector.Resource.Split('.', 2) is not [var kind, var name] || kind is not ("limits" or "requests") || name is not ("cpu" or "memory" or "ephemeral-storage"))
            return null;
        var own = Amounts.Find(kind == "limits" ? container.Resources.Limits : container.Resources.Requests, name);
        var value = own ?? (kind == "requests" ? 0 : name switch { "cpu" => node.Processors, "memory" => node.MemoryBytes, _ => 0 });
        var divisor = Amounts.Read(selector.Divisor) is { } given and > 0 ? given : 1;
        // Kubernetes knows no finer processor than a thousandth.
        return decimal.Ceiling((name == "cpu" ? decimal.Ceiling(value / MilliCpu) * MilliCpu : value) / divisor).ToString(CultureInfo.InvariantCulture);
    }

    static string? Key(string path, string field) =>
        path.StartsWith(field + "['", StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal) ? path[(field.Length + 2)..^2] : null;

    /// <summary>One line <c>key="value"</c> for each, in order of the keys, the value escaped as Go writes a string.</summary>
    static string Lines(IReadOnlyDictionary<string, string> map) =>
        string.Join("\n", map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}=\"{Escape(entry.Value)}\""));

    static string Escape(string text) => string.Concat(text.Select(c => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' or '\x7f' => $"\\x{(int)c:x2}",
        _ => c.ToString(),
    }));
}

/// <summary>What a node has for its pods.</summary>
/// <param name="Processors">Processors.</param>
/// <param name="MemoryBytes">Memory in bytes.</param>
sealed record NodeCapacity(int Processors, long MemoryBytes);
