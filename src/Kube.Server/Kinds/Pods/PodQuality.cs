using System.Text.Json.Nodes;
using Kube.Server.Api;

namespace Kube.Server.Kinds.Pods;

/// <summary>A pod's quality of service, from what its containers request and are limited to.</summary>
static class PodQuality
{
    static readonly string[] Counted = ["cpu", "memory"];

    public static string Of(JsonObject spec)
    {
        var guaranteed = true;
        var any = false;
        foreach (var container in spec.Objects("initContainers").Concat(spec.Objects("containers")))
        {
            foreach (var name in Counted)
            {
                var request = Amount(container, "requests", name);
                var limit = Amount(container, "limits", name);
                any |= request is { Sign: > 0 } || limit is { Sign: > 0 };
                guaranteed &= limit is { Sign: > 0 } && request is { } asked && asked.CompareTo(limit.Value) == 0;
            }
        }

        return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }

    static KubeQuantity? Amount(JsonObject container, string list, string name) =>
        KubeQuantity.TryParse(container.Text("resources", list, name), out var quantity) ? quantity : null;
}
