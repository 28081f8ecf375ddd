using Kube.Agent.Pods;

namespace Kube.Agent.Status;

/// <summary>A pod's quality of service: Kubernetes' <c>ComputePodQOS</c>, over cpu and memory.</summary>
static class QosClass
{
    public const string Guaranteed = "Guaranteed";
    public const string Burstable = "Burstable";
    public const string BestEffort = "BestEffort";

    static readonly string[] Counted = ["cpu", "memory"];

    public static string Of(PodSpec spec)
    {
        var any = false;
        var guaranteed = true;
        foreach (var container in spec.InitContainers.Concat(spec.Containers))
        {
            foreach (var resource in Counted)
            {
                var limit = Amounts.Find(container.Resources.Limits, resource);
                var request = Amounts.Find(container.Resources.Requests, resource) ?? limit;
                any |= limit > 0 || request > 0;
                guaranteed &= limit > 0 && request == limit;
            }
        }
        return !any ? BestEffort : guaranteed ? Guaranteed : Burstable;
    }
}
