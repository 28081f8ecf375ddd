using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kube.Server.Controllers.CustomResources;
using Kube.Server.Controllers.DaemonSets;
using Kube.Server.Controllers.Deployments;
using Kube.Server.Controllers.Disruption;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Garbage;
using Kube.Server.Controllers.Jobs;
using Kube.Server.Controllers.Namespaces;
using Kube.Server.Controllers.Nodes;
using Kube.Server.Controllers.Replication;
using Kube.Server.Controllers.Revisions;
using Kube.Server.Controllers.Scheduling;
using Kube.Server.Controllers.ServiceEndpoints;
using Kube.Server.Controllers.StatefulSets;

namespace Kube.Server.Controllers;

/// <summary>Runs all controllers of an embedded cluster over a few copies that they share.</summary>
sealed class ControllerHost(KubeApi api, X509Certificate2 authority, ILoggerFactory loggers)
{
    static readonly KubeResource Leases = new("coordination.k8s.io", "v1", "leases", "Lease", true);

    readonly ILogger _log = loggers.CreateLogger("Kube.Controllers");
    readonly List<Func<CancellationToken, Task>> _copies = [];
    readonly List<Cache> _whole = [];

    /// <summary>Works until cancelled, or until one of them fails.</summary>
    public Task RunAsync(CancellationToken cancel)
    {
        var time = TimeProvider.System;
        var events = new ControllerEvents(api, time, _log);
        var pods = Copy(KubeResources.Pods, DocumentJson.Default.PodDocument);
        var nodes = Copy(KubeResources.Nodes, DocumentJson.Default.NodeDocument);
        var namespaces = Copy(KubeResources.Namespaces, DocumentJson.Default.NamespaceDocument);
        var replicationControllers = Copy(KubeResources.ReplicationControllers,
            json => JsonSerializer.Deserialize(json.Span, DocumentJson.Default.ReplicationControllerDocument)!.ToReplicaSet());
        var replicaSets = Copy(KubeResources.ReplicaSets, DocumentJson.Default.ReplicaSetDocument);
        var deployments = Copy(KubeResources.Deployments, DocumentJson.Default.DeploymentDocument);
        var daemonSets = Copy(KubeResources.DaemonSets, DocumentJson.Default.DaemonSetDocument);
        var statefulSets = Copy(KubeResources.StatefulSets, DocumentJson.Default.StatefulSetDocument);
        var revisions = Copy(RevisionHistory.Resource, DocumentJson.Default.ControllerRevisionDocument);
        var jobs = Copy(KubeResources.Jobs, DocumentJson.Default.JobDocument);
        var cronJobs = Copy(KubeResources.CronJobs, DocumentJson.Default.CronJobDocument);
        var services = Copy(KubeResources.Services, DocumentJson.Default.ServiceDocument);
        var endpoints = Copy(KubeResources.Endpoints, DocumentJson.Default.EndpointsDocument);
        var slices = Copy(EndpointController.Slices, DocumentJson.Default.EndpointsDocument);
        var budgets = Copy(DisruptionController.Budgets, DocumentJson.Default.DisruptionBudgetDocument);
        var definitions = Copy(DefinitionController.Resource, DocumentJson.Default.DefinitionDocument);
        var leases = Copy(Leases, DocumentJson.Default.LeaseDocument);
        var accounts = Copy(KubeResources.ServiceAccounts, DocumentJson.Default.AnyDocument, NamespaceDefaults.ServiceAccount);
        var configMaps = Copy(KubeResources.ConfigMaps, DocumentJson.Default.ConfigMapDocument, NamespaceDefaults.CaConfigMap);

        // Each attaches itself to its copies as it is made; only then do these begin.
        Func<CancellationToken, Task>[] controllers =
        [
            new Scheduler(api, pods, nodes, events, time, _log).RunAsync,
            new ReplicationManager(ReplicationManager.ReplicationControllers, api, replicationControllers, pods, events, time, _log).RunAsync,
            new ReplicationManager(ReplicationManager.ReplicaSets, api, replicaSets, pods, events, time, _log).RunAsync,
            new DeploymentController(api, deployments, replicaSets, pods, events, time, _log).RunAsync,
            new DaemonSetController(api, daemonSets, pods, nodes, revisions, events, time, _log).RunAsync,
            new StatefulSetController(api, statefulSets, pods, revisions, events, time, _log).RunAsync,
            new JobController(api, jobs, pods, events, time, _log).RunAsync,
            new CronJobController(api, cronJobs, jobs, events, time, _log).RunAsync,
            new EndpointController(api, services, pods, endpoints, slices, time, _log).RunAsync,
            new DisruptionController(api, budgets, pods, [replicaSets, replicationControllers], statefulSets, time, _log).RunAsync,
            new DefinitionController(api, definitions, time, _log).RunAsync,
            new NamespaceTermination(api, namespaces, pods, definitions, time, _log).RunAsync,
            new NamespaceDefaults(api, namespaces, accounts, configMaps, authority, time, _log).RunAsync,
            new GarbageCollector(api, definitions, _whole, time, _log).RunAsync,
            new NodeLifecycle(api, nodes, leases, events, time, _log).RunAsync,
            new EventExpiry(api, time, _log).RunAsync,
            events.RunAsync,
        ];
        return TaskGroup.RunAsync([.. controllers, .. _copies], cancel);
    }

    /// <param name="name">Of the objects of this name alone; null: of all.</param>
    Cache<T> Copy<T>(KubeResource resource, JsonTypeInfo<T> type, string? name = null) where T : IDocument =>
        Copy(resource, json => JsonSerializer.Deserialize(json.Span, type)!, name);

    Cache<T> Copy<T>(KubeResource resource, Func<ReadOnlyMemory<byte>, T> read, string? name = null) where T : IDocument
    {
        var cache = new Cache<T>(api, resource, read, _log, name is null ? null : new ListOptions { FieldSelector = "metadata.name=" + name });
        _copies.Add(cache.RunAsync);
        if (name is null) _whole.Add(cache);
        return cache;
    }
}
