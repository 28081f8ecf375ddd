using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kube.Agent.Runtime;
using Microsoft.Extensions.Logging;

namespace Kube.Agent.Tests.Agents;

/// <summary>A node with an agent in this process, in a namespace of its own. At the end its pods are deleted and the agent is stopped.</summary>
sealed class TestNode : IAsyncDisposable
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    readonly string _folder = Directory.CreateTempSubdirectory("kube-agent-node-").FullName;
    CancellationTokenSource _stop = new();
    Task _running = Task.CompletedTask;

    TestNode(KubeApi api, IContainerRuntime runtime) => (Api, Runtime) = (api, runtime);

    public static async Task<TestNode> StartAsync(ApiProcess process, IContainerRuntime runtime, Func<AgentOptions, AgentOptions>? change = null)
    {
        var node = new TestNode(await process.ApiAsync(), runtime);
        await node.Api.CreateAsync(KubeResources.Namespaces, null, Json($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{node.Namespace}}}"}}"""), new WriteOptions(), default);
        node.StartAgent(change);
        await node.UntilAsync(async () => (await node.NodeAsync())?["status"]?["conditions"]?.AsArray().Any(condition => (string?)condition!["status"] == "True") == true, "the node is ready");
        return node;
    }

    public KubeApi Api { get; }
    public IContainerRuntime Runtime { get; }
    public string Name { get; } = $"node-{Guid.NewGuid():N}"[..13];
    public string Namespace => Name;
    public NodeAgent Agent { get; private set; } = null!;
    public LogLines Log { get; } = new();
    public string Folder => _folder;

    public void StartAgent(Func<AgentOptions, AgentOptions>? change = null)
    {
        _stop = new CancellationTokenSource();
        var options = new AgentOptions { NodeName = Name, DataPath = _folder, NodeAddress = "192.0.2.9", DockerConfigPath = _folder, ResyncInterval = TimeSpan.FromSeconds(2), HeartbeatInterval = TimeSpan.FromSeconds(2) };
        Agent = new NodeAgent(Api, Runtime, change?.Invoke(options) ?? options, Log);
        _running = Agent.RunAsync(_stop.Token);
    }

    public async Task StopAgentAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Bound);
    }

    /// <summary>Creates a pod on this node. Single quotes stand for double ones.</summary>
    public Task CreatePodAsync(string name, string spec, string annotations = "{}") => Api.CreateAsync(
        KubeResources.Pods, Namespace,
        Json($$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","annotations":{{{annotations.Replace('\'', '"')}}}},"spec":{"nodeName":"{{{Name}}}","terminationGracePeriodSeconds":2,{{{spec.Replace('\'', '"')}}}}}"""),
        new WriteOptions(), default);

    public Task CreateAsync(KubeResource resource, string json) => Api.CreateAsync(resource, Namespace, Json(json.Replace('\'', '"')), new WriteOptions(), default);

    public Task DeletePodAsync(string name, int? grace = null) => Api.DeleteAsync(KubeResources.Pods, Namespace, name, new DeleteOptions { GracePeriodSeconds = grace }, default);

    public async Task<JsonNode?> PodAsync(string name) => await FindAsync(KubeResources.Pods, Namespace, name);

    public Task<JsonNode?> NodeAsync() => FindAsync(KubeResources.Nodes, null, Name);

    /// <summary>Waits until a pod is as wanted, and returns it.</summary>
    public async Task<JsonNode> UntilPodAsync(string name, Func<JsonNode, bool> wanted, string what)
    {
        JsonNode? pod = null;
        await UntilAsync(async () => (pod = await PodAsync(name)) is not null && wanted(pod), $"pod {name}: {what}", () => pod?["status"]?.ToJsonString());
        return pod!;
    }

    public Task<JsonNode> UntilRunningAsync(string name) => UntilPodAsync(name, pod => (string?)pod["status"]!["phase"] == "Running" && Container(pod)["state"]!["running"] is not null, "runs");

    public Task UntilGoneAsync(string name) => UntilAsync(async () => await PodAsync(name) is null, $"pod {name} is gone");

    public static JsonNode Container(JsonNode pod, int index = 0) => pod["status"]!["containerStatuses"]?[index] ?? new JsonObject { ["state"] = new JsonObject() };

    public static string? WaitingReason(JsonNode pod) => (string?)Container(pod)["state"]!["waiting"]?["reason"];

    /// <summary>Whether its image was refused: that is told for two seconds, and then that the next try waits.</summary>
    public static bool IsImageRefused(JsonNode pod) => WaitingReason(pod) is "ErrImagePull" or "ImagePullBackOff";

    /// <summary>The node's containers, without sandboxes, of one pod.</summary>
    public async Task<ContainerIdentity[]> ContainersAsync(string pod) =>
        [.. (await Runtime.ListAsync(default)).Select(container => ContainerLabels.Read(container.Labels)!).Where(identity => identity.Pod == pod && identity.Namespace == Namespace && !identity.IsSandbox)];

    public async Task<(string Id, ContainerIdentity Identity)[]> AllAsync() =>
        [.. (await Runtime.ListAsync(default)).Select(container => (container.Id, Identity: ContainerLabels.Read(container.Labels)!)).Where(container => container.Identity.Namespace == Namespace)];

    public async Task<JsonObject[]> EventsAsync(string pod)
    {
        var events = new List<JsonObject>();
        await foreach (var told in Api.ListAsync(KubeResources.Events, Namespace, new ListOptions(), default))
        {
            var json = JsonNode.Parse(told.Json.Span)!.AsObject();
            if ((string?)json["involvedObject"]!["name"] == pod)
                events.Add(json);
        }
        return [.. events];
    }

    /// <summary>Waits for an event of a pod.</summary>
    public async Task<JsonObject> UntilEventAsync(string pod, string reason, string message)
    {
        JsonObject? found = null;
        JsonObject[] all = [];
        await UntilAsync(async () => (found = (all = await EventsAsync(pod)).FirstOrDefault(told => (string?)told["reason"] == reason && ((string?)told["message"])!.Contains(message))) is not null,
            $"event {reason} of pod {pod}: {message}", () => string.Join("\n", all.Select(told => $"{told["reason"]}: {told["message"]}")));
        return found!;
    }

    public async Task<string> LogAsync(string pod, string container = "c", NodeLogRequest? request = null)
    {
        using var output = new MemoryStream();
        await Agent.Endpoint.ReadLogAsync(Namespace, pod, container, request ?? new NodeLogRequest(), output, default);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public async Task UntilAsync(Func<Task<bool>> condition, string what, Func<string?>? instead = null)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > Bound)
                Assert.Fail($"not within {Bound.TotalSeconds} s: {what}\n{instead?.Invoke()}\n{Log}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await foreach (var pod in Api.ListAsync(KubeResources.Pods, Namespace, new ListOptions(), default))
            await Api.DeleteAsync(KubeResources.Pods, Namespace, pod.Name, new DeleteOptions { GracePeriodSeconds = 0 }, default);
        if (_running.IsCompleted)
            StartAgent();
        await UntilAsync(async () => (await AllAsync()).Length == 0, "nothing is left of the pods");
        await StopAgentAsync();
        Directory.Delete(_folder, recursive: true);
    }

    async Task<JsonNode?> FindAsync(KubeResource resource, string? @namespace, string name)
    {
        try
        {
            return JsonNode.Parse((await Api.GetAsync(resource, @namespace, name, default)).Json.Span);
        }
        catch (KubeOperationException e) when (e.Status.Code == 404)
        {
            return null;
        }
    }

    static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);
}

/// <summary>Keeps what is logged, for the messages of tests that fail.</summary>
sealed class LogLines : ILoggerFactory, ILogger
{
    readonly StringBuilder _text = new();

    public ILogger CreateLogger(string categoryName) => this;
    public void AddProvider(ILoggerProvider provider) { }
    public void Dispose() { }
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_text)
            _text.Append(logLevel).Append(": ").AppendLine(formatter(state, exception)).Append(exception is null ? "" : exception + "\n");
    }

    public override string ToString()
    {
        lock (_text)
            return _text.ToString();
    }
}
