using System.Globalization;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Deployments;

/// <summary>What a deployment writes into the annotations of its replica sets.</summary>
static class Revision
{
    public const string Number = "deployment.kubernetes.io/revision";
    public const string History = "deployment.kubernetes.io/revision-history";
    public const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";
    public const string MaxReplicas = "deployment.kubernetes.io/max-replicas";

    // The deployment's own: a set of an older template must not be taken for the newest.
    static readonly string[] NotCopied = ["kubectl.kubernetes.io/last-applied-configuration", Number, History, DesiredReplicas, MaxReplicas, "deprecated.deployment.rollback.to"];

    public static long Of(ReplicaSetDocument set) => Read(set.Metadata, Number) ?? 0;

    public static long? Read(ObjectMeta metadata, string annotation) =>
        metadata.Annotations?.GetValueOrDefault(annotation) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The deployment's annotations as its newest replica set carries them, such as <c>kubernetes.io/change-cause</c>.</summary>
    public static Dictionary<string, string> Copied(DeploymentDocument deployment) =>
        (deployment.Metadata.Annotations ?? new Dictionary<string, string>()).Where(a => !NotCopied.Contains(a.Key)).ToDictionary();

    /// <summary>How many replicas the deployment wants and may have for a while, by which a later change of its scale is told from an update.</summary>
    public static Dictionary<string, string> Size(DeploymentDocument deployment) => new()
    {
        [DesiredReplicas] = Text(deployment.Replicas),
        [MaxReplicas] = Text(deployment.Replicas + RolloutBounds.Of(deployment).Surge),
    };

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
