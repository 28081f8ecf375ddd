using System.Globalization;
using Kube.Module.Base;

namespace Kube.Module.Rollouts;

/// <summary>The templates that a workload has had: in a deployment's replica sets, and in the revisions that stateful and daemon sets keep.</summary>
static class RolloutHistory
{
    const string RevisionAnnotation = "deployment.kubernetes.io/revision";

    /// <summary>The annotation that says why a template was rolled out.</summary>
    public const string ChangeCause = "kubernetes.io/change-cause";

    static readonly KubeResource ControllerRevisions = new("apps", "v1", "controllerrevisions", "ControllerRevision", true);

    /// <summary>Reads them, the oldest first.</summary>
    public static async Task<IReadOnlyList<KubeRolloutRevision>> ReadAsync(KubeApi api, KubeObject workload, CancellationToken cancel)
    {
        var source = workload.Kind == "Deployment" ? KubeResources.ReplicaSets : ControllerRevisions;
        var selection = PodSelection.Of(workload) ?? throw new ArgumentException("It has no pods.", nameof(workload));
        var keepers = new List<KubeObject>();
        await foreach (var keeper in api.ListAsync(source, workload.Namespace, selection.Options, cancel).ConfigureAwait(false))
            if (IsOf(keeper, workload)) keepers.Add(keeper);
        return Of(workload, keepers);
    }

    /// <summary>The revisions that these objects keep.</summary>
    internal static IReadOnlyList<KubeRolloutRevision> Of(KubeObject workload, IReadOnlyList<KubeObject> keepers)
    {
        var numbered = keepers.Select(keeper => (Keeper: keeper, Number: NumberOf(keeper))).Where(pair => pair.Number > 0).OrderBy(pair => pair.Number).ToArray();
        return [.. numbered.Select(pair => Make(workload, pair.Keeper, pair.Number, pair.Number == numbered[^1].Number))];
    }

    static KubeRolloutRevision Make(KubeObject workload, KubeObject keeper, long number, bool isCurrent)
    {
        var template = TemplateOf(keeper);
        return new KubeRolloutRevision
        {
            Namespace = workload.Namespace,
            Kind = workload.Kind,
            Name = workload.Name,
            Revision = number,
            IsCurrent = isCurrent,
            ChangeCause = keeper.Annotations.TryGetValue(ChangeCause, out var cause) ? cause : null,
            Images = [.. (template?.GetMap("spec")?.GetMaps("containers") ?? []).Select(container => container["image"] as string).OfType<string>()],
            CreationTimestamp = keeper.CreationTimestamp,
            Age = keeper.Age,
            Template = template,
            Connection = workload.Connection,
        };
    }

    static bool IsOf(KubeObject keeper, KubeObject workload) =>
        keeper.GetDocument().GetMap("metadata")?.GetMaps("ownerReferences").Any(owner => owner["controller"] is true && owner["uid"] as string == workload.Uid) == true;

    static long NumberOf(KubeObject keeper) => keeper.Kind == "ReplicaSet"
        ? keeper.Annotations.TryGetValue(RevisionAnnotation, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
        : RolloutStatus.Number(keeper.GetDocument(), "revision");

    /// <summary>The template as its workload had it, without what the keeper has added. A copy.</summary>
    static KubeMap? TemplateOf(KubeObject keeper)
    {
        var root = KubeMap.Parse(keeper.GetDocument().ToUtf8());
        var template = (keeper.Kind == "ReplicaSet" ? root : root.GetMap("data"))?.GetMap("spec")?.GetMap("template");
        template?.Remove("$patch");
        template?.GetMap("metadata")?.GetMap("labels")?.Remove("pod-template-hash");
        return template;
    }
}
