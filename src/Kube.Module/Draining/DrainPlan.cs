namespace Kube.Module.Draining;

/// <summary>What becomes of each pod of a node.</summary>
sealed record DrainPlan(IReadOnlyList<(KubePod Pod, PodFate Fate)> Pods)
{
    /// <summary>Those that leave.</summary>
    public IEnumerable<KubePod> Going => Pods.Where(pod => pod.Fate is PodFate.Goes).Select(pod => pod.Pod);

    /// <summary>What is in the way, a sentence for each pod; null where nothing is.</summary>
    public string? Obstacle
    {
        get
        {
            var blocking = Pods.Where(pod => pod.Fate is PodFate.Blocks).Select(pod => $"{NameOf(pod.Pod)}: {((PodFate.Blocks)pod.Fate).Reason}").ToArray();
            return blocking.Length == 0 ? null : string.Join("; ", blocking);
        }
    }

    /// <summary>What a person may want to know of the others.</summary>
    public IEnumerable<string> Remarks => Pods.Select(pod => pod.Fate switch
    {
        PodFate.Stays(var reason) => $"{NameOf(pod.Pod)} stays: {reason}.",
        PodFate.Goes { Loss: { } loss } => $"{NameOf(pod.Pod)} goes, though {loss}.",
        _ => null,
    }).OfType<string>();

    /// <summary>How a pod is called.</summary>
    public static string NameOf(KubePod pod) => $"pod '{pod.Name}' in namespace {pod.Namespace}";
}
