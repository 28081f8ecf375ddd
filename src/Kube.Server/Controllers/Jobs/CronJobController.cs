using System.Globalization;
using System.Text.Json;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Replication;
using Kube.Server.Kinds.Batch;

namespace Kube.Server.Controllers.Jobs;

/// <summary>Starts jobs when their time has come.</summary>
sealed class CronJobController
{
    const string TimeAnnotation = "batch.kubernetes.io/cronjob-scheduled-timestamp";
    static readonly ControllerIdentity Self = new("cronjob-controller", KubeResources.CronJobs);

    readonly KubeApi _api;
    readonly Cache<CronJobDocument> _cronJobs;
    readonly Cache<JobDocument> _jobs;
    readonly ControllerEvents _events;
    readonly TimeProvider _time;
    readonly WorkQueue _queue;

    public CronJobController(KubeApi api, Cache<CronJobDocument> cronJobs, Cache<JobDocument> jobs, ControllerEvents events, TimeProvider time, ILogger log)
    {
        (_api, _cronJobs, _jobs, _events, _time, _queue) = (api, cronJobs, jobs, events, time, new WorkQueue("cron job", time, log));
        cronJobs.Changed += (_, cronJob) => _queue.Add(cronJob.Metadata.Key);
        jobs.Changed += (_, job) =>
        {
            if (job.Metadata.Controller is { Kind: "CronJob" } owner) _queue.Add(job.Metadata.Namespace + "/" + owner.Name);
        };
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll(_cronJobs.Synced, _jobs.Synced).WaitAsync(cancel);
        await _queue.RunAsync(2, ReconcileAsync, cancel);
    }

    async Task<TimeSpan?> ReconcileAsync(string key, CancellationToken cancel)
    {
        if (_cronJobs.Find(key) is not { } cronJob) return null;
        if (TimeZones.Find(cronJob.Spec.TimeZone ?? "") is not { } zone)
        {
            // Checked when it was created; the machine's list of zones may have changed since.
            _events.Warning(Self, cronJob.Metadata, "UnknownTimeZone", $"invalid timeZone: {cronJob.Spec.TimeZone}");
            return null;
        }
        var own = _jobs.Items.Where(j => j.Metadata.Controller?.Uid == cronJob.Metadata.Uid).ToList();
        var plan = CronJobPlan.Decide(cronJob, own, CronSchedule.Parse(cronJob.Spec.Schedule), zone, _time.GetUtcNow());
        var status = plan.Status;
        if (plan.Start is { } time)
        {
            foreach (var job in plan.Replace) await DeleteAsync(cronJob, job, cancel);
            await StartAsync(cronJob, time, zone, cancel);
            status = status with { LastScheduleTime = time };
        }
        await StatusWriter.WriteAsync(_api, Self.Resource, cronJob.Metadata, cronJob.Status, status, DocumentJson.Default.CronJobStatus, cancel, exact: true);
        foreach (var (type, reason, message) in plan.Events)
            if (type == "Warning") _events.Warning(Self, cronJob.Metadata, reason, message);
            else _events.Normal(Self, cronJob.Metadata, reason, message);
        foreach (var job in plan.Forget) await DeleteAsync(cronJob, job, cancel);
        return plan.Again;
    }

    async Task StartAsync(CronJobDocument cronJob, DateTimeOffset time, TimeZoneInfo zone, CancellationToken cancel)
    {
        var name = CronJobPlan.JobName(cronJob, time);
        try
        {
            await _api.CreateAsync(KubeResources.Jobs, cronJob.Metadata.Namespace, Job(cronJob, name, TimeZoneInfo.ConvertTime(time, zone)), ControllerOptions.Write, cancel);
            _events.Normal(Self, cronJob.Metadata, "SuccessfulCreate", $"Created job {name}");
        }
        catch (KubeOperationException e) when (e.Status.Reason == "AlreadyExists" || e.Status.Causes.Any(c => c.Reason == "NamespaceTerminating"))
        {
            // It was started already, or never will be.
        }
        catch (KubeOperationException e)
        {
            _events.Warning(Self, cronJob.Metadata, "FailedCreate", $"Error creating job: {e.Message}");
            throw;
        }
    }

    async Task DeleteAsync(CronJobDocument cronJob, JobDocument job, CancellationToken cancel)
    {
        try
        {
            await _api.DeleteAsync(KubeResources.Jobs, job.Metadata.Namespace, job.Metadata.Name, new DeleteOptions { Uid = job.Metadata.Uid, PropagationPolicy = "Background" }, cancel);
            _events.Normal(Self, cronJob.Metadata, "SuccessfulDelete", $"Deleted job {job.Metadata.Name}");
        }
        catch (KubeOperationException e) when (e.Status.Reason is "NotFound" or "Conflict")
        {
            // Gone already.
        }
    }

    static byte[] Job(CronJobDocument cronJob, string name, DateTimeOffset time) => JsonBody.Write(json =>
    {
        var template = cronJob.Spec.JobTemplate;
        json.WriteString("apiVersion", "batch/v1");
        json.WriteString("kind", "Job");
        json.WriteStartObject("metadata");
        json.WriteString("name", name);
        json.WriteString("namespace", cronJob.Metadata.Namespace);
        if (PodTemplate.Find(template, "metadata", "labels") is { } labels)
        {
            json.WritePropertyName("labels");
            labels.WriteTo(json);
        }
        json.WriteStartObject("annotations");
        if (PodTemplate.Find(template, "metadata", "annotations") is { ValueKind: JsonValueKind.Object } annotations)
            foreach (var annotation in annotations.EnumerateObject().Where(a => a.Name != TimeAnnotation)) annotation.WriteTo(json);
        json.WriteString(TimeAnnotation, time.Offset == TimeSpan.Zero
            ? time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteStartArray("ownerReferences");
        OwnerReferences.WriteController(json, cronJob.Metadata, Self);
        json.WriteEndArray();
        json.WriteEndObject();
        if (PodTemplate.Find(template, "spec") is { } spec)
        {
            json.WritePropertyName("spec");
            spec.WriteTo(json);
        }
    });
}
