using System.Text.Json.Nodes;

namespace Kube.Server.Kinds.Pods;

/// <summary>Requests that follow from limits.</summary>
static class ResourceDefaults
{
    /// <summary>A limit without a request is requested, too.</summary>
    public static void RequestLimits(JsonObject? resources)
    {
        if (resources?["limits"] is not JsonObject limits)
            return;
        if (resources["requests"] is not JsonObject requests)
            resources["requests"] = requests = [];
        foreach (var (name, limit) in limits)
        {
            if (!requests.ContainsKey(name))
                requests[name] = limit?.DeepClone();
        }
    }
}
