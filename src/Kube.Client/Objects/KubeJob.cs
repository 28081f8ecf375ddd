namespace Kube;

/// <summary>A job.</summary>
public sealed class KubeJob : KubeObject
{
    internal KubeJob(ObjectFields fields, KubeConnection? connection) : base(fields, connection)
    {
    }

    /// <summary>kubectl's STATUS: Complete, Failed, Terminating, Suspended, FailureTarget, SuccessCriteriaMet or Running.</summary>
    public string State =>
        Has("Complete") ? "Complete"
        : Has("Failed") ? "Failed"
        : Now.IsDeleting ? "Terminating"
        : Has("Suspended") ? "Suspended"
        : Has("FailureTarget") ? "FailureTarget"
        : Has("SuccessCriteriaMet") ? "SuccessCriteriaMet"
        : "Running";

    /// <summary>Pods that succeeded of those that have to, such as <c>1/3</c>, or <c>0/1 of 5</c> for five workers of which one has to.</summary>
    public string Completions => Now.Spec["completions"u8].Int is { } completions ? $"{Succeeded}/{completions}"
        : Now.Spec["parallelism"u8].Int is { } workers and > 1 ? $"{Succeeded}/1 of {workers}"
        : $"{Succeeded}/1";

    /// <summary>How long it took, or has taken so far; null before it started.</summary>
    public TimeSpan? Duration => StartTime is { } start ? (CompletionTime?.ToUniversalTime() ?? DateTime.UtcNow) - start.ToUniversalTime() : null;

    /// <summary>When it started, in local time.</summary>
    public DateTime? StartTime => Now.Status["startTime"u8].Time;

    /// <summary>When it was complete, in local time.</summary>
    public DateTime? CompletionTime => Now.Status["completionTime"u8].Time;

    /// <summary>How many of its pods run or are about to.</summary>
    public int Active => Now.Status["active"u8].Int ?? 0;

    /// <summary>How many of its pods succeeded.</summary>
    public int Succeeded => Now.Status["succeeded"u8].Int ?? 0;

    /// <summary>How many of its pods failed.</summary>
    public int Failed => Now.Status["failed"u8].Int ?? 0;

    /// <summary>The names of its pods' containers.</summary>
    public string[] Containers => PodSpecText.Each(Now.Spec["template"u8]["spec"u8], "name"u8);

    /// <summary>The images of its pods' containers.</summary>
    public string[] Images => PodSpecText.Each(Now.Spec["template"u8]["spec"u8], "image"u8);

    /// <summary>By what it knows its pods.</summary>
    public string? Selector => PodSpecText.LabelSelector(Now.Spec["selector"u8]);

    bool Has(string type)
    {
        foreach (var condition in Now.Status["conditions"u8])
            if (condition["type"u8].Text == type && condition["status"u8].Text == "True") return true;
        return false;
    }
}
