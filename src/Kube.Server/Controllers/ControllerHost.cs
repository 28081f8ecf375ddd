using System.Security.Cryptography.X509Certificates;
using Kube.Server.Controllers.Documents;
using Kube.Server.Controllers.Garbage;
using Kube.Server.Controllers.Namespaces;
using Kube.Server.Controllers.Nodes;
using Kube.Server.Controllers.Replication;
using Kube.Server.Controllers.Scheduling;

namespace Kube.Server.Controllers;

/// <summary>Runs all controllers of an embedded cluster over a few copies that they share.</summary>
sealed class ControllerHost(KubeApi api, X509Certificate2 authority, ILoggerFactory loggers)
{
    static readonly KubeResource Leases = new("coordination.k8s.io", "v1", "leases", "Lease", true);

    /// <summary>Works until cancelled, or until one of them fails.</summary>
    public Task RunAsync(CancellationToken cancel)
    {
        var time = TimeProvider.System;
        var log = loggers.CreateLogger("Kube.Controllers");
        var events = new EventRecorder(api, time, log);
        var pods = new Cache<PodDocument>(api, KubeResources.Pods, DocumentJson.Default.PodDocument, log);
        var nodes = new Cache<NodeDocument>(api, KubeResources.Nodes, DocumentJson.Default.NodeDocument, log);
        var namespaces = new Cache<NamespaceDocument>(api, KubeResources.Namespaces, DocumentJson.Default.NamespaceDocument, log);
        var replicationControllers = new Cache<ReplicationControllerDocument>(api, KubeResources.ReplicationControllers, DocumentJson.Default.ReplicationControllerDocument, log);
        var leases = new Cache<LeaseDocument>(api, Leases, DocumentJson.Default.LeaseDocument, log);
        var accounts = new Cache<AnyDocument>(api, KubeResources.ServiceAccounts, DocumentJson.Default.AnyDocument, log, Named(NamespaceDefaults.ServiceAccount));
        var configMaps = new Cache<ConfigMapDocument>(api, KubeResources.ConfigMaps, DocumentJson.Default.ConfigMapDocument, log, Named(NamespaceDefaults.CaConfigMap));

        // Each attaches itself to its copies as it is made; only then do these begin.
        Func<CancellationToken, Task>[] controllers =
        [
            new Scheduler(api, pods, nodes, events, time, log).RunAsync,
            new ReplicationManager(api, replicationControllers, pods, events, time, log).RunAsync,
            new NamespaceTermination(api, namespaces, pods, time, log).RunAsync,
            new NamespaceDefaults(api, namespaces, accounts, configMaps, authority, time, log).RunAsync,
            new GarbageCollector(api, time, log).RunAsync,
            new NodeLifecycle(api, nodes, leases, events, time, log).RunAsync,
            new EventExpiry(api, time, log).RunAsync,
            events.RunAsync,
        ];
        Func<CancellationToken, Task>[] copies =
        [
            pods.RunAsync, nodes.RunAsync, namespaces.RunAsync, replicationControllers.RunAsync, leases.RunAsync, accounts.RunAsync, configMaps.RunAsync,
        ];
        return TaskGroup.RunAsync([.. controllers, .. copies], cancel);
    }

    static ListOptions Named(string name) => new() { FieldSelector = "metadata.name=" + name };
}
