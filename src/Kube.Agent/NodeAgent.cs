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

    readonly AgentOptions _options;
    readonly IContainerRuntime _runtime;
    readonly ILoggerFactory _logs;
    readonly ILogger _log;
    readonly EngineView _engine;
    readonly NodeEvents _events;
    readonly NodeHeartbeat _heartbeat;
    readonly PodServices _services;
    readonly Informer _informer;
    readonly ConcurrentDictionary<string, PodWorker> _workers = [];

    /// <summary>Makes an agent; it begins with <see cref="RunAsync"/>.</summary>
    /// <param name="api">The cluster.</param>
    /// <param name="runtime">What runs the containers. It stays the caller's to dispose.</param>
    /// <param name="options">The node.</param>
    /// <param name="logs">Where it logs.</param>
    public NodeAgent(KubeApi api, IContainerRuntime runtime, AgentOptions options, ILoggerFactory logs)
    {
        (_runtime, _options, _logs) = (runtime, options, logs);
        _log = logs.CreateLogger<NodeAgent>();
        _engine = new EngineView(runtime) { Changed = uid => _workers.GetValueOrDefault(uid)?.Wake() };
        _events = new NodeEvents(new EventRecorder(api, new WriteOptions(), options.Time, logs.CreateLogger<EventRecorder>()), options.NodeName);
        var address = options.NodeAddress ?? NodeAddress.Find(HostAddress.All());
        _heartbeat = new NodeHeartbeat(api, runtime.Name, options, address, _events, logs.CreateLogger<NodeHeartbeat>());
        var records = new ImagePullRecordFile(options.DataPath, runtime, options.Time, logs.CreateLogger<ImagePullRecordFile>());
        var objects = new PodObjects(api);
        var credentials = new DockerCredentials(DockerConfigLocations.Default(options.DockerConfigPath));
        var images = new PodImages(runtime, new PullSecrets(objects), credentials, records, new ImagePuller(runtime, records, options.Time), _events, options.Time, logs.CreateLogger<PodImages>());
        var variables = new VariableSources(objects, options, address, () => _services!.Capacity);
        var volumes = new PodVolumes(PodServices.PodsFolderOf(options), new ApiVolumeData(api), options.Time) { AddsServiceAccount = true };
        _services = new PodServices(api, runtime, _engine, images, variables, volumes, _events, options, address) { EngineInfo = () => _heartbeat.EngineInfo };
        _informer = new Informer(api, KubeResources.Pods, null, new ListOptions { FieldSelector = $"spec.nodeName={options.NodeName}" })
        {
            OnFailure = e => _log.LogWarning("The pods of node {Node}: {Error}", options.NodeName, e.Message),
        };
        Endpoint = new NodeEndpoint(runtime, _engine, Find, options);
    }

    /// <summary>What the API server asks of the node: logs and descriptions of containers.</summary>
    public NodeEndpoint Endpoint { get; }

    /// <summary>Registers the node, with what its engine tells of itself, so that whoever starts the agent learns what is in the way. Without it <see cref="RunAsync"/> does so, for as long as it takes.</summary>
    /// <exception cref="RuntimeUnavailableException">The engine does not answer.</exception>
    /// <exception cref="KubeException">The API server refuses, or is not reached.</exception>
    /// <exception cref="NodeTakenException">The cluster has another node of that name.</exception>
    public async Task RegisterAsync(CancellationToken cancel)
    {
        _heartbeat.EngineUp(await _runtime.GetInfoAsync(cancel));
        await _heartbeat.BeatAsync(cancel);
    }

    /// <summary>Works until cancelled, and then returns. Containers go on; the next agent of the same node adopts them.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task[] parts =
        [
            _heartbeat.RunAsync(ending.Token),
            _events.RunAsync(ending.Token),
            FollowEngineAsync(ending.Token),
            ResyncAsync(ending.Token),
            _informer.RunAsync(change => OnChange(change, ending.Token), ending.Token),
        ];
        var first = await Task.WhenAny(parts);
        await ending.CancelAsync();
        foreach (var part in parts.Concat(_workers.Values.Select(worker => worker.Completion)))
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
            _log.LogError("Pod {Namespace}/{Name} cannot be read and is left alone: {Error}", change.Object.Namespace, change.Object.Name, e.Message);
            return;
        }
        if (change.Type == KubeWatchEventType.Deleted)
        {
            _workers.GetValueOrDefault(pod.Uid)?.Update(pod);
            _workers.GetValueOrDefault(pod.Uid)?.Remove();
            return;
        }
        foreach (var namesake in _workers.Values.Where(worker => worker.Uid != pod.Uid && worker.Pod is { } other && (other.Namespace, other.Name) == (pod.Namespace, pod.Name)))
            namesake.Remove();
        Start(pod.Uid, pod, cancel);
    }

    void Start(string uid, Pod? pod, CancellationToken cancel)
    {
        var fresh = new PodWorker(uid, pod, _services, _logs.CreateLogger<PodWorker>());
        var worker = _workers.GetOrAdd(uid, fresh);
        if (!ReferenceEquals(worker, fresh))
        {
            if (pod is not null)
                worker.Update(pod);
            return;
        }
        worker.Start(() => _workers.TryRemove(uid, out _), cancel);
    }

    /// <summary>Keeps the view of the engine up to date by its events, through all its comings and goings.</summary>
    async Task FollowEngineAsync(CancellationToken cancel)
    {
        string? logged = null;
        while (true)
        {
            try
            {
                var info = await _runtime.GetInfoAsync(cancel);
                await using var ids = _runtime.WatchAsync(cancel).GetAsyncEnumerator(cancel);
                // The watch is under way before the list is made, so that nothing falls between them.
                var next = ids.MoveNextAsync().AsTask();
                // What the engine is is known before any pod is looked after.
                _heartbeat.EngineUp(info);
                await _engine.RefreshAllAsync(cancel);
                _log.LogInformation("{Runtime} {Version} answers", _runtime.Name, info.Version);
                logged = null;
                while (await next)
                {
                    await _engine.RefreshAsync(ids.Current, cancel);
                    next = ids.MoveNextAsync().AsTask();
                }
            }
            catch (Exception e) when (e is RuntimeUnavailableException or RuntimeException)
            {
                _engine.SetUnavailable();
                _heartbeat.EngineDown(e.Message);
                if (logged != e.Message)
                    _log.LogWarning("The engine: {Error}", e.Message);
                logged = e.Message;
            }
            await Task.Delay(Reconnect, _options.Time, cancel);
        }
    }

    /// <summary>Looks at everything now and then, for what events have missed, and removes what belongs to no pod.</summary>
    async Task ResyncAsync(CancellationToken cancel)
    {
        await _informer.Synced.WaitAsync(cancel);
        await _engine.Available.WaitAsync(cancel);
        while (true)
        {
            foreach (var uid in _engine.Uids.Union(_services.Volumes.FindPods()).Except(_workers.Keys).Except(_informer.Objects.Values.Select(pod => pod.Uid!)).ToArray())
                Start(uid, null, cancel);
            await Task.Delay(_options.ResyncInterval, _options.Time, cancel);
            try
            {
                if (_engine.IsAvailable)
                    await _engine.RefreshAllAsync(cancel);
            }
            catch (Exception e) when (e is RuntimeUnavailableException or RuntimeException)
            {
                _log.LogWarning("The engine's containers were not listed: {Error}", e.Message);
            }
            foreach (var worker in _workers.Values)
                worker.Wake();
        }
    }

    PodWorker? Find(string @namespace, string name) =>
        _workers.Values.FirstOrDefault(worker => !worker.IsRemoved && worker.Pod is { } pod && pod.Namespace == @namespace && pod.Name == name);
}
