using System.Text.Json;
using Kube.Server.Controllers.Deployments;
using Kube.Server.Controllers.Documents;

namespace Kube.Server.Tests.Controllers.Deployments;

/// <summary>Deployments and replica sets that tests decide on.</summary>
static class DeploymentSamples
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static DeploymentDocument Deployment(int replicas, string surge = "1", string unavailable = "0", string image = "new") => new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = "dev", Uid = "web", Generation = 2, ResourceVersion = "1" },
        Spec = new DeploymentSpec
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } },
            Template = Template(image),
            ProgressDeadlineSeconds = 600,
            RevisionHistoryLimit = 2,
            Strategy = new DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new RollingUpdate { MaxSurge = Json(surge), MaxUnavailable = Json(unavailable) } },
        },
    };

    /// <param name="desired">What the deployment wanted when the set was last sized, with a surge of 3; null: not written.</param>
    public static ReplicaSetDocument Set(string image, int size, int available, int revision, int? desired = null) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = image, Namespace = "dev", Uid = image, Generation = 1, CreationTimestamp = Now.AddMinutes(revision), ResourceVersion = "1",
            Annotations = new Dictionary<string, string>
            {
                [Revision.Number] = Revision.Text(revision),
                [Revision.DesiredReplicas] = desired?.ToString() ?? "",
                [Revision.MaxReplicas] = (desired + 3)?.ToString() ?? "",
            },
        },
        Spec = new ReplicaSetSpec { Replicas = size, Template = Template(image, image + "-hash") },
        Status = new ReplicaSetStatus { Replicas = size, ReadyReplicas = available, AvailableReplicas = available, ObservedGeneration = 1 },
    };

    public static JsonElement Template(string image, string? hash = null) => Json(
        $$$"""{"metadata":{"labels":{"app":"web"{{{(hash is null ? "" : $",\"{TemplateHash.Label}\":\"{hash}\"")}}}}},"spec":{"containers":[{"name":"c","image":"{{{image}}}"}]}}""");

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
