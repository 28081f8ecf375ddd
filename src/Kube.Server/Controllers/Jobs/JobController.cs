using System.Globalization;
using System.Text.Json;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Replication;

namespace Kube.Server.Controllers.Jobs;

/// <summary>Runs pods until a job is done, and removes it some time after where it says so.</summary>
sealed class JobController
{
    const string IndexVariable = "JOB_COMPLETION_INDEX";
    static readonly ControllerIdentity Self = new("job-controller", KubeResources.Jobs);

    readonly KubeApi _api;
    readonly Cache<JobDocument> _jobs;
    readonly Cache<PodDocument> _pods;
    readonly PodControl _control;
    readonly ControllerEvents _events;
    readonly TimeProvider _time;
    readonly WorkQueue _queue;

    public JobController(KubeApi api, Cache<JobDocument> jobs, Cache<PodDocument> pods, ControllerEvents events, TimeProvider time, ILogger log)
    {
        (_api, _jobs, _pods, _events, _time, _queue) = (api, jobs, pods, events, time, new WorkQueue("job", time, log));
        jobs.Changed += (_, job) => _queue.Add(job.Metadata.Key);
        _control = new PodControl(api, pods, events, time, Self, _queue.Add, Offer);
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_jobs.Synced, _pods.Synced).WaitAsync(cancel);
        await _queue.RunAsync(2, ReconcileAsync, cancel);
    }

    void Offer(PodDocument pod)
    {
        foreach (var job in _jobs.Items.Where(j => j.Metadata.Namespace == pod.Metadata.Namespace && !j.IsFinished && j.Spec.Selector.Matches(pod.Metadata.Labels)))
            _queue.Add(job.Metadata.Key);
    }

    async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancel)
    {
        if (_jobs.Find(key) is not { } job) return null;
        if (job.IsFinished) return await ExpireAsync(job, cancel);
        var expected = _control.Expected(job.Metadata);
        var claim = await _control.ClaimAsync(job.Metadata, job.Spec.Selector, cancel);
        var plan = JobPlan.Decide(job, claim.Own, expected, _control.IsLeaving, _time.GetUtcNow());
        await _control.DeleteAsync(job.Metadata, plan.Delete, cancel);
        await StatusWriter.WriteAsync(_api, Self.Resource, job.Metadata, job.Status, plan.Status, DocumentJson.Default.JobStatus, cancel, exact: true);
        if (plan.Event is { Type: "Warning" } warning) _events.Warning(Self, job.Metadata, warning.Reason, warning.Message);
        else if (plan.Event is { } happened) _events.Normal(Self, job.Metadata, happened.Reason, happened.Message);
        if (plan.Create > 0)
            await _control.CreateAsync(job.Metadata, job.IsIndexed
                ? [.. plan.Indexes.Select(i => IndexedPod(job, i))]
                : [.. Enumerable.Repeat(PodTemplate.ToPod(job.Spec.Template, job.Metadata, Self), plan.Create)], cancel);
        return plan.Again;
    }

    async Task<TimeSpan?> ExpireAsync(JobDocument job, CancellationToken cancel)
    {
        if (JobPlan.Expiry(job, _time.GetUtcNow()) is not { } left || job.Metadata.DeletionTimestamp is not null) return null;
        if (left > TimeSpan.Zero) return left;
        try
        {
            await _api.DeleteAsync(Self.Resource, job.Metadata.Namespace, job.Metadata.Name, new DeleteOptions { Uid = job.Metadata.Uid, ResourceVersion = job.Metadata.ResourceVersion, PropagationPolicy = "Foreground" }, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Reason == "NotFound")
        {
            // Somebody else was faster.
        }
        return null;
    }

    // The pod's name, host name, annotation, label and environment all say which part of the work is its own.
    static byte[] IndexedPod(JobDocument job, int index)
    {
        var text = index.ToString(CultureInfo.InvariantCulture);
        var name = $"{job.Metadata.Name}-{text}";
        return PodTemplate.ToPod(job.Spec.Template, job.Metadata, Self, prefix: name + "-",
            labels: new Dictionary<string, string> { [JobTally.IndexAnnotation] = text },
            annotations: new Dictionary<string, string> { [JobTally.IndexAnnotation] = text },
            spec: new Dictionary<string, Action<Utf8JsonWriter>>
            {
                ["hostname"] = json => json.WriteStringValue(name),
                ["containers"] = json => WriteContainers(json, job.Spec.Template, "containers"),
                ["initContainers"] = json => WriteContainers(json, job.Spec.Template, "initContainers"),
            });
    }

    static void WriteContainers(Utf8JsonWriter json, JsonElement template, string field)
    {
        json.WriteStartArray();
        if (PodTemplate.Find(template, "spec", field) is { ValueKind: JsonValueKind.Array } containers)
            foreach (var container in containers.EnumerateArray())
            {
                json.WriteStartObject();
                foreach (var property in container.EnumerateObject().Where(p => p.Name != "env")) property.WriteTo(json);
                json.WriteStartArray("env");
                var own = PodTemplate.Find(container, "env") is { ValueKind: JsonValueKind.Array } env ? env.EnumerateArray().ToList() : [];
                foreach (var variable in own) variable.WriteTo(json);
                if (!own.Exists(v => v.GetProperty("name").GetString() == IndexVariable))
                {
                    json.WriteStartObject();
                    json.WriteString("name", IndexVariable);
                    json.WriteStartObject("valueFrom");
                    json.WriteStartObject("fieldRef");
                    json.WriteString("fieldPath", $"metadata.annotations['{JobTally.IndexAnnotation}']");
                    json.WriteEndObject();
                    json.WriteEndObject();
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        json.WriteEndArray();
    }
}
