namespace Kube.Module.Draining;

/// <summary>What becomes of a pod whose node is cleared.</summary>
abstract record PodFate
{
    PodFate() { }

    /// <summary>It leaves.</summary>
    /// <param name="Loss">What is lost with it; null: nothing.</param>
    public sealed record Goes(string? Loss) : PodFate;

    /// <summary>It stays, and the node counts as clear all the same.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Stays(string Reason) : PodFate;

    /// <summary>It would be lost, and nobody has allowed that.</summary>
    /// <param name="Reason">What would be lost, and what allows it.</param>
    public sealed record Blocks(string Reason) : PodFate;

    /// <summary>Decides. The rules are those of kubectl's drain.</summary>
    public static PodFate Of(KubePod pod, DrainOptions options)
    {
        if (pod.Annotations.ContainsKey("kubernetes.io/config.mirror")) return new Stays("it is a static pod, which the node itself keeps");
        var owner = pod.GetDocument().GetMap("metadata")?.GetMaps("ownerReferences").FirstOrDefault(reference => reference["controller"] is true);
        // What has finished loses nothing more.
        if (pod.Phase is "Succeeded" or "Failed") return new Goes(null);
        if (owner?["kind"] as string == "DaemonSet") return new Stays($"daemon set '{owner["name"]}' would make it anew on this node");
        if (pod.DeletionTimestamp is not null) return new Goes(null);
        var losses = new List<(string Loss, bool IsAllowed, string Switch)>();
        if (owner is null) losses.Add(("nothing makes it anew", options.Force, "-Force"));
        if (HasLocalData(pod)) losses.Add(("it has data of its own in an emptyDir volume", options.DeleteLocalData, "-DeleteLocalData"));
        var forbidden = losses.Where(loss => !loss.IsAllowed).ToArray();
        return forbidden.Length == 0
            ? new Goes(losses.Count == 0 ? null : string.Join(", and ", losses.Select(loss => loss.Loss)))
            : new Blocks(string.Join(", and ", forbidden.Select(loss => $"{loss.Loss} ({loss.Switch})")));
    }

    static bool HasLocalData(KubePod pod) => pod.GetDocument().GetMap("spec")?.GetMaps("volumes").Any(volume => volume.ContainsKey("emptyDir")) == true;
}
