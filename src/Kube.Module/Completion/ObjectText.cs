namespace Kube.Module.Completion;

/// <summary>An object in a line.</summary>
static class ObjectText
{
    /// <summary>What helps to choose among objects of one kind.</summary>
    public static string Describe(KubeObject item)
    {
        var parts = new List<string?> { item.ToString(), item.Namespace is { } place ? $"in {place}" : null };
        parts.AddRange(item switch
        {
            KubePod pod => [pod.State, $"ready {pod.Ready}", pod.RestartCount > 0 ? $"restarts {pod.RestartCount}" : null, pod.Node is { } node ? $"on {node}" : null],
            KubeNode node => [node.State, string.Join(' ', node.Roles), node.Version],
            KubeNamespace space => [space.State],
            KubeService service => [service.Type, service.ClusterIP, string.Join(' ', service.Ports)],
            KubeEvent happened => [happened.Reason, happened.Message],
            _ => [],
        });
        if (item.Age is not null) parts.Add($"age {KubeAge.Format(item.Age)}");
        return string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }
}
