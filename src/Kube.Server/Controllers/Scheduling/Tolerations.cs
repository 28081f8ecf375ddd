using Kube.Server.Controllers.Documents;

namespace Kube.Server.Controllers.Scheduling;

/// <remarks>https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/</remarks>
static class Tolerations
{
    public static bool Tolerate(IReadOnlyList<Toleration> tolerations, Taint taint) => tolerations.Any(t => Tolerates(t, taint));

    static bool Tolerates(Toleration toleration, Taint taint)
    {
        if (!string.IsNullOrEmpty(toleration.Effect) && toleration.Effect != taint.Effect) return false;
        // No key stands for all of them.
        if (!string.IsNullOrEmpty(toleration.Key) && toleration.Key != taint.Key) return false;
        return toleration.Operator switch
        {
            null or "" or "Equal" => (toleration.Value ?? "") == (taint.Value ?? ""),
            "Exists" => true,
            _ => false,
        };
    }
}
