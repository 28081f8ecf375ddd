using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Agent.Usage;

namespace Kube.Agent;

/// <summary>What the API server asks of a node, without HTTP. Every refusal is a <see cref="NodeEndpointException"/>.</summary>
public sealed class NodeEndpoint
{
    const int BadRequest = 400;
    const int NotFound = 404;
    const int Unavailable = 503;

    readonly IContainerRuntime _runtime;
    readonly EngineView _engine;
    readonly Func<string, string, PodWorker?> _find;
    readonly AgentOptions _options;
    readonly UsageMeter _meter;

    internal NodeEndpoint(IContainerRuntime runtime, EngineView engine, Func<string, string, PodWorker?> find, AgentOptions options)
    {
        (_runtime, _engine, _find, _options) = (runtime, engine, find, options);
        _meter = new UsageMeter(runtime, engine, options.Time);
    }

    /// <summary>Writes a container's log. With <see cref="NodeLogRequest.Follow"/> it ends when the container does.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod's name.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="request">Which part of the log.</param>
    /// <param name="output">Where it goes; flushed after each line when it is followed.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NodeEndpointException">There is no such pod, container or log, and nothing was written; or the engine failed, perhaps in the middle.</exception>
    public async Task ReadLogAsync(string @namespace, string pod, string container, NodeLogRequest request, Stream output, CancellationToken cancel)
    {
        var worker = FindPod(@namespace, pod);
        var id = LogSource.Find(pod, container, worker.Status, request.Previous) switch
        {
            { Id: { } found } => found,
            { Refusal: var refusal } => throw new NodeEndpointException(BadRequest, "BadRequest", refusal!),
        };
        await AskAsync(async () =>
        {
            using var full = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var writer = new LogWriter(output, request);
            try
            {
                await _runtime.ReadLogAsync(id, new LogRequest(request.Follow, request.TailLines, request.Since), async frame =>
                {
                    await writer.WriteAsync(frame, cancel);
                    if (writer.IsFull)
                        await full.CancelAsync();
                }, full.Token);
            }
            catch (OperationCanceledException) when (writer.IsFull && !cancel.IsCancellationRequested)
            {
                // All that was asked for is written.
            }
            await writer.FlushAsync(cancel);
            return true;
        });
    }

    /// <summary>The engine's own description (inspect) of a container, JSON.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod's name.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="includeEnvironment">Leave the values of environment variables in.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NodeEndpointException">There is no such pod or container.</exception>
    public async Task<ReadOnlyMemory<byte>> DescribeAsync(string @namespace, string pod, string container, bool includeEnvironment, CancellationToken cancel)
    {
        var worker = FindPod(@namespace, pod);
        var newest = _engine.Of(worker.Uid).Where(observed => observed.Identity.Container == container).MaxBy(observed => observed.Attempt);
        var description = newest is null ? null : await AskAsync(() => _runtime.DescribeAsync(newest.Id, cancel));
        if (description is not { } json)
            throw new NodeEndpointException(NotFound, "NotFound", $"container \"{container}\" of pod \"{pod}\" is not in the engine");
        return includeEnvironment ? json : WithoutEnvironment(json);
    }

    /// <summary>What the node's pods and their containers use, JSON in the form of the kubelet's <c>Summary</c>. Who asks first waits for more than a second.</summary>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NodeEndpointException">The engine does not answer.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadStatsAsync(CancellationToken cancel) =>
        StatsSummary.Write(_options.NodeName, await AskAsync(() => _meter.MeasureAsync(cancel)), _options.Time.GetUtcNow());

    /// <summary>A running container, to run commands in or to join.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod's name.</param>
    /// <param name="container">The container's name.</param>
    /// <exception cref="NodeEndpointException">There is no such pod or container (404), or it does not run (400).</exception>
    public NodeContainer FindContainer(string @namespace, string pod, string container)
    {
        var worker = FindPod(@namespace, pod);
        var newest = _engine.Of(worker.Uid).Where(observed => observed.Identity.Container == container && !observed.Identity.IsSandbox).MaxBy(observed => observed.Attempt);
        if (newest is { IsRunning: true }) return new NodeContainer(_runtime, newest.Id);
        throw newest is null && worker.Status?.Find(container) is null
            ? new NodeEndpointException(NotFound, "NotFound", $"container not found (\"{container}\")")
            : new NodeEndpointException(BadRequest, "BadRequest", $"container {container} of pod {pod} is not running");
    }

    /// <summary>A pod whose ports can be reached.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod's name.</param>
    /// <exception cref="NodeEndpointException">There is no such pod (404), or it does not run (400).</exception>
    public NodePod FindRunningPod(string @namespace, string pod)
    {
        var sandbox = _engine.Of(FindPod(@namespace, pod).Uid).Where(observed => observed.Identity.IsSandbox && observed.IsRunning).MaxBy(observed => observed.Attempt);
        return sandbox is null ? throw new NodeEndpointException(BadRequest, "BadRequest", $"pod {pod} is not running") : new NodePod(_runtime, sandbox.Id);
    }

    PodWorker FindPod(string @namespace, string pod) =>
        _find(@namespace, pod) ?? throw new NodeEndpointException(NotFound, "NotFound", $"pods \"{pod}\" not found on this node");

    internal static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (RuntimeUnavailableException e)
        {
            throw new NodeEndpointException(Unavailable, "ServiceUnavailable", e.Message);
        }
        catch (RuntimeException e)
        {
            throw new NodeEndpointException(BadRequest, "BadRequest", e.Message);
        }
    }

    /// <summary>Keeps the names of environment variables and leaves out their values.</summary>
    internal static ReadOnlyMemory<byte> WithoutEnvironment(ReadOnlyMemory<byte> json)
    {
        var description = JsonNode.Parse(json.Span);
        if (description?["Config"]?["Env"] is JsonArray variables)
        {
            for (var i = 0; i < variables.Count; i++)
                variables[i] = variables[i]?.GetValue<string>().Split('=', 2)[0];
        }
        return JsonSerializer.SerializeToUtf8Bytes(description);
    }
}
