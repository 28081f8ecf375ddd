using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Kube.Agent.Runtime.Docker;

/// <summary>
/// Containers in a Docker Engine, 20.10 or later. The engine is looked for on the first call and again after it went away, so that one of these lives as long as the agent.
/// </summary>
public sealed partial class DockerRuntime : IContainerRuntime
{
    // The inspects of a list run side by side, within reason.
    const int InspectsAtOnce = 8;

    // What changes a container's state; all else (exec, attach, copies) would only wake the agent for nothing.
    static readonly string[] WatchedActions = ["start", "die", "oom", "destroy", "pause", "unpause"];

    readonly DockerRuntimeOptions _options;
    readonly DockerConnection _connection;
    readonly DockerNetwork _network;
    readonly SemaphoreSlim _importing = new(1);

    /// <summary>Makes a runtime; the engine is not called yet.</summary>
    public DockerRuntime(DockerRuntimeOptions options) : this(options, DockerEndpointFinder.System)
    {
    }

    internal DockerRuntime(DockerRuntimeOptions options, DockerEndpointFinder finder)
    {
        _options = options;
        _connection = new DockerConnection(() => finder.Find(options.Host));
        _network = new DockerNetwork(options.Network);
    }

    /// <inheritdoc/>
    public string Name => "Docker";

    /// <inheritdoc/>
    public Task<RuntimeInfo> GetInfoAsync(CancellationToken cancel) => _connection.CallAsync(async (session, limit) =>
    {
        var version = await session.Client.System.GetVersionAsync(limit);
        var info = await session.Client.System.GetSystemInfoAsync(limit);
        if (info.OSType != "linux")
            throw new RuntimeUnavailableException($"The Docker Engine at {session.Endpoint} ({session.Endpoint.Origin}) runs {info.OSType} containers; Kube's pods are Linux containers. Docker Desktop's menu switches to them.");

        var pods = await _network.EnsureAsync(session.Client, limit);
        return new RuntimeInfo(version.Version, info.OperatingSystem, info.OSType, version.Arch, info.KernelVersion, (int)info.NCPU, info.MemTotal,
            session.Endpoint.IsLocal ? DockerNetwork.GatewayOnThisMachine(pods) : null)
        {
            SharesFiles = session.Endpoint.IsLocal,
        };
    }, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RuntimeContainer>> ListAsync(CancellationToken cancel) => _connection.CallAsync<IReadOnlyList<RuntimeContainer>>(async (session, limit) =>
    {
        var listed = await session.Client.Containers.ListContainersAsync(new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [OwnerFilter] = true } },
        }, limit);
        var containers = new RuntimeContainer?[listed.Count];
        await Parallel.ForAsync(0, listed.Count, new ParallelOptions { MaxDegreeOfParallelism = InspectsAtOnce, CancellationToken = limit }, async (i, inspecting) =>
            containers[i] = await InspectAsync(session, listed[i].ID, inspecting));
        return [.. containers.OfType<RuntimeContainer>()];
    }, cancel);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var filters = new Dictionary<string, string[]> { ["type"] = ["container"], ["event"] = WatchedActions, ["label"] = [OwnerFilter] };
        using var reader = new StreamReader(await _connection.OpenStreamAsync("events?filters=" + Uri.EscapeDataString(JsonSerializer.Serialize(filters)), cancel));
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            using var message = JsonDocument.Parse(line);
            if (message.RootElement.TryGetProperty("Actor", out var actor) && actor.TryGetProperty("ID", out var id) && id.GetString() is { } container)
                yield return container;
        }
        throw new RuntimeUnavailableException("The Docker Engine has ended its stream of events.");
    }

    /// <inheritdoc/>
    public Task<RuntimeContainer?> InspectAsync(string id, CancellationToken cancel) => _connection.CallAsync((session, limit) => InspectAsync(session, id, limit), cancel);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> DescribeAsync(string id, CancellationToken cancel) => _connection.CallAsync<ReadOnlyMemory<byte>?>(async (session, limit) =>
    {
        try
        {
            using var answer = await session.GetAsync($"containers/{id}/json", limit);
            return await answer.Content.ReadAsByteArrayAsync(limit);
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }, cancel);

    /// <inheritdoc/>
    public Task<RuntimeUsage?> GetUsageAsync(string id, CancellationToken cancel) => _connection.CallAsync<RuntimeUsage?>(async (session, limit) =>
    {
        try
        {
            // One shot: else the engine looks twice, a second apart, before it answers.
            using var answer = await session.GetAsync($"containers/{id}/stats?stream=false&one-shot=true", limit);
            return DockerStats.Read(await answer.Content.ReadAsByteArrayAsync(limit));
        }
        catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return null;
        }
    }, cancel);

    /// <inheritdoc/>
    public Task StartAsync(string id, CancellationToken cancel) =>
        _connection.CallAsync((session, limit) => session.Client.Containers.StartContainerAsync(id, null, limit), cancel);

    /// <inheritdoc/>
    public Task StopAsync(string id, TimeSpan grace, CancellationToken cancel) => _connection.CallAsync(async (session, limit) =>
    {
        try
        {
            await session.Client.Containers.StopContainerAsync(id, new ContainerStopParameters { WaitBeforeKillSeconds = (uint)Math.Ceiling(grace.TotalSeconds) }, limit);
        }
        catch (DockerContainerNotFoundException)
        {
            // What is gone has stopped.
        }
    }, cancel, grace + TimeSpan.FromMinutes(2));

    /// <inheritdoc/>
    public Task RemoveAsync(string id, CancellationToken cancel) => _connection.CallAsync(async (session, limit) =>
    {
        if (await InspectAsync(session, id, limit) is not { } container)
            return;
        try
        {
            await session.Client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { RemoveVolumes = true }, limit);
        }
        catch (DockerContainerNotFoundException)
        {
            // Someone else was faster.
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.Conflict && e.ResponseBody?.Contains("already in progress", StringComparison.Ordinal) == true)
        {
            // The engine is at it.
        }
        if (ContainerLabels.Read(container.Labels) is { } identity)
            await DockerVolumes.RemoveUnusedAsync(session.Client, identity.Uid, limit);
    }, cancel);

    /// <inheritdoc/>
    public async Task ReadLogAsync(string id, LogRequest request, Func<LogFrame, ValueTask> write, CancellationToken cancel)
    {
        var tty = await _connection.CallAsync(async (session, limit) => (await session.Client.Containers.InspectContainerAsync(id, limit)).Config!.Tty, cancel);
        var path = $"containers/{id}/logs?stdout=1&stderr=1&timestamps=1&follow={(request.Follow ? 1 : 0)}&tail={request.TailLines?.ToString(CultureInfo.InvariantCulture) ?? "all"}";
        if (request.Since is { } since)
            path += string.Create(CultureInfo.InvariantCulture, $"&since={since.ToUnixTimeSeconds()}.{since.Ticks % TimeSpan.TicksPerSecond * 100:D9}");
        await using var stream = await _connection.OpenStreamAsync(path, cancel);
        try
        {
            await DockerLogReader.ReadAsync(stream, framed: !tty, write, cancel);
        }
        catch (InvalidDataException e)
        {
            throw new RuntimeException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _network.Dispose();
        _importing.Dispose();
        return ValueTask.CompletedTask;
    }

    string OwnerFilter => $"{ContainerLabels.Owner}={_options.Owner}";

    static async Task<RuntimeContainer?> InspectAsync(DockerSession session, string id, CancellationToken cancel)
    {
        try
        {
            return DockerInspect.Container(await session.Client.Containers.InspectContainerAsync(id, cancel));
        }
        catch (DockerContainerNotFoundException)
        {
            return null;
        }
    }
}
