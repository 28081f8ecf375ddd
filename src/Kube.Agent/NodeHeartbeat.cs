using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Agent.Events;
using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Microsoft.Extensions.Logging;

namespace Kube.Agent;

/// <summary>Registers the node, and reports that it lives and how its engine is: at intervals, and at once when that changes.</summary>
sealed class NodeHeartbeat(KubeApi api, string runtime, AgentOptions options, string address, NodeEvents events, ILogger log)
{
    static readonly TimeSpan RetryRegistration = TimeSpan.FromSeconds(1);

    readonly SemaphoreSlim _changed = new(0, 1);
    readonly NodeLease? _lease = options.HasLease ? new NodeLease(api, options.NodeName, options.Time) : null;
    volatile EngineState _engine = new(null, "it has not been reached yet");
    EngineState? _registered;
    JsonElement _node;
    bool _told;

    /// <summary>What the engine said of itself last; null before it has answered once.</summary>
    public RuntimeInfo? EngineInfo => _engine.Info;

    /// <summary>The engine answers.</summary>
    public void EngineUp(RuntimeInfo info) => Change(new EngineState(info, null));

    /// <summary>The engine does not answer.</summary>
    public void EngineDown(string fault) => Change(_engine with { Fault = fault });

    /// <summary>Reports once, and registers the node where that has not been done.</summary>
    /// <exception cref="KubeException">The API server refuses, or is not reached.</exception>
    /// <exception cref="NodeTakenException">The node is another's.</exception>
    public async Task BeatAsync(CancellationToken cancel)
    {
        // Another engine may be of another architecture.
        if (_registered is null || _registered.Info != _engine.Info)
        {
            var current = _engine;
            _node = await RegisterAsync(current, cancel);
            _registered = current;
        }
        _node = await ReportAsync(_node, cancel);
        if (_lease is not null) await _lease.RenewAsync(_node.GetProperty("metadata").GetProperty("uid").GetString()!, cancel);
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            var wait = options.HeartbeatInterval;
            try
            {
                await BeatAsync(cancel);
            }
            catch (KubeOperationException e) when (e.Status.Code == 404)
            {
                // Somebody has deleted the node; as long as its agent lives it is there.
                _registered = null;
                wait = RetryRegistration;
            }
            catch (Exception e) when (e is KubeException or NodeTakenException)
            {
                log.LogWarning("Node {Node} was not reported: {Error}", options.NodeName, e.Message);
                wait = _registered is not null ? wait : RetryRegistration;
            }
            await _changed.WaitAsync(wait, cancel);
        }
    }

    void Change(EngineState now)
    {
        if (_engine == now)
            return;
        _engine = now;
        if (_changed.CurrentCount == 0)
            _changed.Release();
    }

    async Task<JsonElement> RegisterAsync(EngineState engine, CancellationToken cancel)
    {
        var metadata = NodeDocument.Metadata(options, engine.Info);
        try
        {
            var present = await api.GetAsync(KubeResources.Nodes, null, options.NodeName, cancel);
            if (options.AgentId is { } id && present.Annotations.GetValueOrDefault(NodeDocument.AgentAnnotation) != id) throw new NodeTakenException(options.NodeName);
        }
        catch (KubeOperationException e) when (e.Status.Code == 404)
        {
            // With its status, so that nobody sees a node of which nothing is known.
            var created = await api.CreateAsync(KubeResources.Nodes, null, NodeDocument.Create(options.NodeName, options.Taints, metadata, Status(engine, default)), new WriteOptions(), cancel);
            log.LogInformation("Registered node {Node}", options.NodeName);
            return Parse(created);
        }
        return Parse(await api.PatchAsync(KubeResources.Nodes, null, options.NodeName, PatchType.Merge, NodeDocument.Write(metadata), new WriteOptions(), cancel));
    }

    async Task<JsonElement> ReportAsync(JsonElement before, CancellationToken cancel)
    {
        var engine = _engine;
        var status = NodeDocument.Write(Status(engine, before));
        var node = Parse(await api.PatchAsync(KubeResources.Nodes, null, options.NodeName, PatchType.Merge, status, new WriteOptions { Subresource = "status" }, cancel));
        if (_told != (engine.Fault is null))
        {
            _told = engine.Fault is null;
            events.RecordNode(PodAction.RecordEvent.Normal, _told ? "NodeReady" : "NodeNotReady", $"Node {options.NodeName} status is now: {(_told ? "NodeReady" : "NodeNotReady")}");
        }
        return node;
    }

    JsonObject Status(EngineState engine, JsonElement before) =>
        NodeDocument.Status(options, address, runtime, engine.Info, engine.Fault, DiskBytes(), before, options.Time.GetUtcNow());

    long DiskBytes()
    {
        try
        {
            Directory.CreateDirectory(options.DataPath);
            return new DriveInfo(Path.GetFullPath(options.DataPath)).TotalSize;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Some file systems have no size to tell.
            return 0;
        }
    }

    static JsonElement Parse(KubeObject node)
    {
        using var document = JsonDocument.Parse(node.Json);
        return document.RootElement.Clone();
    }

    sealed record EngineState(RuntimeInfo? Info, string? Fault);
}
