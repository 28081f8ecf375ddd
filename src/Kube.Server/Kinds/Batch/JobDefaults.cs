using System.Text.Json.Nodes;
using Kube.Server.Api;
using Kube.Server.Kinds.Workloads;

namespace Kube.Server.Kinds.Batch;

/// <summary>What a job, or the template of one, leaves out.</summary>
static class JobDefaults
{
    const int BackoffLimit = 6;

    public static void Set(JsonObject job)
    {
        if (WorkloadDefaults.SetTemplate(job) is not { } spec)
            return;
        if (spec["completions"] is null && spec["parallelism"] is null)
            spec["completions"] = 1;
        spec.SetDefault("parallelism", 1);
        spec.SetDefault("backoffLimit", BackoffLimit);
        spec.SetDefault("completionMode", "NonIndexed");
        spec.SetDefault("suspend", false);
        spec.SetDefault("podReplacementPolicy", "TerminatingOrFailed");
        if (job["metadata"] is JsonObject metadata && metadata["labels"] is not JsonObject { Count: > 0 } && spec.Find("template", "metadata", "labels") is JsonObject { Count: > 0 } labels)
            metadata["labels"] = labels.DeepClone();
    }
}
