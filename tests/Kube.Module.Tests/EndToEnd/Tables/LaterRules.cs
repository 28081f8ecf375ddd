using System.Text.Json.Nodes;

namespace Kube.Module.Tests.EndToEnd.Tables;

/// <summary>Where kubectl prints otherwise today than the lab's Kubernetes 1.20 did. Kube goes by today's rules for every cluster.</summary>
static class LaterRules
{
    /// <summary>Whether the rule for what stands in a column has changed since.</summary>
    public static bool HaveChanged(string type, string column, string text, JsonObject item) => (type, column, text) switch
    {
        // A pod that has finished keeps its word while it is deleted.
        ("Kube.KubePod", "state", "Terminating") => (string?)item["status"]?["phase"] is "Succeeded" or "Failed",
        // A container that failed is told before one that completed.
        ("Kube.KubePod", "state", "Completed" or "NotReady") => item["status"]!["containerStatuses"]!.AsArray().Any(status => (int?)status!["state"]!["terminated"]?["exitCode"] is > 0),
        // The count of a series is the series' own; it used to be one more.
        ("Kube.KubeEvent", "count", _) => item["series"] is not null,
        _ => false,
    };
}
