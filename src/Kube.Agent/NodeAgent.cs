using System.Collections.Concurrent;
using System.Text.Json;
using Kube.Agent.Events;
using Kube.Agent.Images;
using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Agent.Variables;
using Kube.Agent.Volumes;
using Kube.Registry;
using Microsoft.Extensions.Logging;

namespace Kube.Agent;

/// <summary>A node of a cluster: registers it, and makes its containers match the pods that are bound to it.</summary>
public sealed class NodeAgent
{
    static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);

    readonly AgentOptions options;
    readonly KubeApi api;
    readonly IContainerRuntime runtime;
    readonly ILoggerFactory logs;
    readonly ILogger log;
    readonly EngineView engine;
    readonly EventRecorder events;
    readonly NodeHeartbeat heartbeat;
    readonly PodServices services;
    readonly Informer informer;
    readonly ConcurrentDictionary<string, PodWorker> workers = [];

    /// <summary>Makes an agent; it begins with <see cref="RunAsync"/>.</summary>
    /// <param name="api">The cluster.</param>
    /// <param name="runtime">What runs the containers. It stays the caller's to dispose.</param>
    /// <param name="options">The node.</param>
    /// <param name="logs">Where it logs.</param>
    public NodeAgent(KubeApi api, IContainerRuntime runtime, AgentOptions options, ILoggerFactory logs)
    {
        (this.api, this.runtime, this.options, this.logs) = (api, runtime, options, logs);
        log = logs.CreateLogger<NodeAgent>();
        engine = new EngineView(runtime) { Changed = uid => workers.GetValueOrDefault(uid)?.Wake() };
        events = new EventRecorder(api, options.NodeName, options.Time, logs.CreateLogger<EventRecorder>());
        var address = options.NodeAddress ?? NodeAddress.Find();
        heartbeat = new NodeHeartbeat(api, runtime.Name, options, address, events, logs.CreateLogger<NodeHeartbeat>());
        var records = new ImagePullRecordFile(options.DataPath, runtime, options.Time, logs.CreateLogger<ImagePullRecordFile>());
        var objects = new PodObjects(api);
        var credentials = new DockerCredentials(DockerConfigLocations.Default(options.DockerConfigPath));
        var images = new PodImages(runtime, new PullSecrets(objects), credentials, records, new ImagePuller(runtime, records, options.Time), events, options.Time, logs.CreateLogger<PodImages>());
        var variables = new VariableSources(objects, options, address, () => services!.Capacity);
        var volumes = new PodVolumes(PodServices.PodsFolderOf(options), new ApiVolumeData(api), options.Time) { AddsServiceAccount = true };
        services = new PodServices(api, runtime, engine, images, variables, volumes, events, options, address) { EngineInfo = () => heartbeat.EngineInfo };
        informer = new Informer(api, KubeResources.Pods, null, new ListOptions { FieldSelector = $"spec.nodeName={options.NodeName}" })
        {
            OnFailure = e => log.LogWarning("The pods of node {Node}: {Error}", options.NodeName, e.Message),
        };
        Endpoint = new NodeEndpoint(runtime, engine, Find);
    }

    /// <summary>What the API server asks of the node: logs and descriptions of containers.</summary>
    public NodeEndpoint Endpoint { get; }

    /// <summary>Works until cancelled, and then returns. Containers go on; the next agent of the same node adopts them.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task[] parts =
        [
            heartbeat.RunAsync(ending.Token),
            events.RunAsync(ending.Token),
            FollowEngineAsync(ending.Token),
            ResyncAsync(ending.Token),
            informer.RunAsync(change => OnChange(change, ending.Token), ending.Token),
        ];
        var first = await Task.WhenAny(parts);
        await ending.CancelAsync();
        foreach (var part in parts.Concat(workers.Values.Select(worker => worker.Completion)))
            await Task.WhenAny(part);
        // None ends but by cancellation, unless something is wrong with the program itself.
        if (!cancel.IsCancellationRequested)
            await first;
    }

    void OnChange(KubeWatchEvent change, CancellationToken cancel)
    {
        Pod pod;
        try
        {
            pod = Pod.Parse(change.Object.Json.Span);
        }
        catch (JsonException e)
        {
            log.LogError("Pod {Namespace}/{Name} cannot be read and is left alone: {Error}", change.Object.Namespace, change.Object.Name, e.Message);
            return;
        }
        if (change.Type == KubeWatchEventType.Deleted)
        {
            workers.GetValueOrDefault(pod.Uid)?.Update(pod);
            workers.GetValueOrDefault(pod.Uid)?.Remove();
            return;
        }
        foreach (var namesake in workers.Values.Where(worker => worker.Uid != pod.Uid && worker.Pod is { } other && (other.Namespace, other.Name) == (pod.Namespace, pod.Name)))
            namesake.Remove();
        Start(pod.Uid, pod, cancel);
    }

    void Start(string uid, Pod? pod, CancellationToken cancel)
    {
        var fresh = new PodWorker(uid, pod, services, logs.CreateLogger<PodWorker>());
        var worker = workers.GetOrAdd(uid, fresh);
        if (!ReferenceEquals(worker, fresh))
        {
            if (pod is not null)
                worker.Update(pod);
            return;
        }
        worker.Start(() => workers.TryRemove(uid, out _), cancel);
    }

    /// <summary>Keeps the view of the engine up to date by its events, through all its comings and goings.</summary>
    async Task FollowEngineAsync(CancellationToken cancel)
    {
        string? logged = null;
        while (true)
        {
            try
            {
                var info = await runtime.GetInfoAsync(cancel);
                await using var ids = runtime.WatchAsync(cancel).GetAsyncEnumerator(cancel);
                // The watch is under way before the list is made, so that nothing falls between them.
                var next = ids.MoveNextAsync().AsTask();
                // What the engine is is known before any pod is looked after.
                heartbeat.EngineUp(info);
                await engine.RefreshAllAsync(cancel);
                log.LogInformation("{Runtime} {Version} answers", runtime.Name, info.Version);
                logged = null;
                while (await next)
                {
                    await engine.RefreshAsync(ids.Current, cancel);
                    next = ids.MoveNextAsync().AsTask();
                }
            }
            catch (Exception e) when (e is RuntimeUnavailableException or RuntimeException)
            {
                engine.SetUnavailable();
                heartbeat.EngineDown(e.Message);
                if (logged != e.Message)
                    log.LogWarning("The engine: {Error}", e.Message);
                logged = e.Message;
            }
            await Task.Delay(Reconnect, options.Time, cancel);
        }
    }

    /// <summary>Looks at everything now and then, for what events have missed, and removes what belongs to no pod.</summary>
    async Task ResyncAsync(CancellationToken cancel)
    {
        await informer.Synced.WaitAsync(cancel);
        await engine.Available.WaitAsync(cancel);
        while (true)
        {
            foreach (var uid in engine.Uids.Union(services.Volumes.FindPods()).Except(workers.Keys).Except(informer.Objects.Values.Select(pod => pod.Uid!)).ToArray())
                Start(uid, null, cancel);
            await Task.Delay(options.ResyncInterval, options.Time, cancel);
            try
            {
                if (engine.IsAvailable)
                    await engine.RefreshAllAsync(cancel);
            }
            catch (Exception e) when (e is RuntimeUnavailableException or RuntimeException)
            {
                log.LogWarning("The engine's containers were not listed: {Error}", e.Message);
            }
            foreach (var worker in workers.Values)
                worker.Wake();
        }
    }

    PodWorker? Find(string @namespace, string name) =>
        workers.Values.FirstOrDefault(worker => !worker.IsRemoved && worker.Pod is { } pod && pod.Namespace == @namespace && pod.Name == name);
}
