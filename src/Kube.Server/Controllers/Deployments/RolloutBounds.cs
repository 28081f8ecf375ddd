using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Deployments;

/// <summary>How many pods more than wanted an update may run, and how many fewer may be available.</summary>
readonly record struct RolloutBounds(int Surge, int Unavailable)
{
    public static RolloutBounds Of(DeploymentDocument deployment)
    {
        if (!deployment.IsRolling) return default;
        var wanted = deployment.Replicas;
        var rolling = deployment.Spec.Strategy.RollingUpdate ?? new RollingUpdate();
        var surge = IntOrPercent.Resolve(rolling.MaxSurge, wanted, up: true);
        var unavailable = IntOrPercent.Resolve(rolling.MaxUnavailable, wanted, up: false);
        // Percentages of few pods may both come to nothing; an update would never begin.
        return new RolloutBounds(surge, Math.Min(surge == 0 && unavailable == 0 ? 1 : unavailable, wanted));
    }
}
