namespace Kube.Module.Base;

/// <summary>Which pods an object stands for, to cmdlets that read pods: itself, or those of a namespace, node or workload.</summary>
/// <param name="Namespace">The namespace to look in; null: all.</param>
/// <param name="Options">What narrows the list.</param>
sealed record PodSelection(string? Namespace, ListOptions Options)
{
    /// <summary>The pods of a namespace, node, workload or service; null for any other kind.</summary>
    public static PodSelection? Of(KubeObject owner) => (owner.Kind, owner.ApiVersion) switch
    {
        ("Namespace", "v1") => new(owner.Name, new ListOptions()),
        ("Node", "v1") => new(null, new ListOptions { FieldSelector = "spec.nodeName=" + owner.Name }),
        ("ReplicationController" or "Service", "v1") => BySelector(owner, Equalities(Map(owner, "selector"))),
        ("Deployment" or "ReplicaSet" or "StatefulSet" or "DaemonSet", "apps/v1") or ("Job", "batch/v1") =>
            BySelector(owner, [.. Equalities(Map(owner, "selector")?.GetMap("matchLabels")), .. Expressions(Map(owner, "selector"))]),
        _ => null,
    };

    /// <summary>The query that finds them, narrowed by a command's own selectors.</summary>
    public ObjectQuery Query(string? labelSelector, string? fieldSelector) => new(KubeResources.Pods, Namespace, Options.And(labelSelector, fieldSelector));

    static KubeMap? Map(KubeObject owner, string field) => owner.GetDocument().GetMap("spec")?.GetMap(field);

    static PodSelection BySelector(KubeObject owner, IReadOnlyList<string> terms) => terms.Count > 0
        ? new(owner.Namespace, new ListOptions { LabelSelector = string.Join(',', terms) })
        : throw new KubeCmdletException(Errors.Invalid, $"{owner.Kind} '{owner.Name}' has no selector, so it has no pods of its own.") { Target = owner };

    static string[] Equalities(KubeMap? labels) => labels is null ? [] : [.. labels.GetKeys().Select(key => $"{key}={labels[key]}")];

    static IEnumerable<string> Expressions(KubeMap? selector)
    {
        foreach (var expression in selector?.GetMaps("matchExpressions") ?? [])
        {
            var values = string.Join(',', expression["values"] as object[] ?? []);
            yield return expression["operator"] switch
            {
                "In" => $"{expression["key"]} in ({values})",
                "NotIn" => $"{expression["key"]} notin ({values})",
                "Exists" => $"{expression["key"]}",
                "DoesNotExist" => $"!{expression["key"]}",
                var other => throw new KubeCmdletException(Errors.Invalid, $"The selector's operator '{other}' is none that Kubernetes knows."),
            };
        }
    }
}
