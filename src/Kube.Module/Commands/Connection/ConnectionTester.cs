using System.Diagnostics;
using System.Text.Json;

namespace Kube.Module.Commands;

/// <summary>Goes through a connection step by step, as far as it carries.</summary>
/// <param name="patience">How long one step may take.</param>
sealed class ConnectionTester(TimeSpan patience)
{
    const int Answers = 5;

    readonly List<KubeConnectionStep> _steps = [];

    bool HasFailed => _steps.Any(step => step.State == KubeConnectionStepState.Failed);

    public async Task<KubeConnectionTest> TestAsync(KubeConnection connection, string? @namespace, CancellationToken cancel)
    {
        var api = new KubeApi(connection);
        var place = @namespace ?? connection.Namespace;
        _steps.Add(ConnectionSteps.Configured(connection));
        var handshake = await connection.ProbeAsync(patience, cancel).ConfigureAwait(false);
        _steps.Add(ConnectionSteps.Reached(handshake));
        _steps.Add(ConnectionSteps.Shown(handshake, connection.Server, DateTime.Now));
        var identity = await TryAsync(ConnectionSteps.Identity, api.GetIdentityAsync, ConnectionSteps.Known, cancel).ConfigureAwait(false);
        var version = await TryAsync(ConnectionSteps.Version, token => MeasureAsync(api, token), told => ConnectionSteps.Told(told.Version, told.Latency), cancel).ConfigureAwait(false);
        var access = await TryAsync(ConnectionSteps.Access, token => AskAsync(api, place, token), asked => ConnectionSteps.Allowed(asked.Allowed, asked.Denied, place), cancel).ConfigureAwait(false);
        return new KubeConnectionTest(connection.Name, !HasFailed, [.. _steps])
        {
            Server = connection.Server,
            Address = handshake.Address,
            Latency = version?.Latency,
            TlsProtocol = handshake.TlsProtocol,
            Certificate = handshake.Certificate,
            IsTrusted = handshake.Certificate is null ? null : handshake.Distrust is null,
            User = identity?.UserName,
            Groups = [.. identity?.Groups ?? []],
            Version = version?.Version,
            Namespace = place,
            Allowed = access?.Allowed ?? [],
            Denied = access?.Denied ?? [],
        };
    }

    /// <summary>A test that comes to its end before there is a connection.</summary>
    public static KubeConnectionTest Unconfigured(string name, Exception exception) =>
        new(name, false, [ConnectionSteps.Failed(ConnectionSteps.Configuration, exception), .. new[] { ConnectionSteps.Reach, ConnectionSteps.Certificate, ConnectionSteps.Identity, ConnectionSteps.Version, ConnectionSteps.Access }.Select(ConnectionSteps.Skipped)]);

    async Task<T?> TryAsync<T>(string step, Func<CancellationToken, Task<T>> work, Func<T, KubeConnectionStep> describe, CancellationToken cancel) where T : class
    {
        if (HasFailed)
        {
            _steps.Add(ConnectionSteps.Skipped(step));
            return null;
        }
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(patience);
        try
        {
            var found = await work(limited.Token).ConfigureAwait(false);
            _steps.Add(describe(found));
            return found;
        }
        catch (KubeException exception)
        {
            _steps.Add(ConnectionSteps.Failed(step, exception));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            _steps.Add(ConnectionSteps.Late(step, patience));
        }
        return null;
    }

    static async Task<ServerAnswer> MeasureAsync(KubeApi api, CancellationToken cancel)
    {
        var times = new TimeSpan[Answers];
        var body = ReadOnlyMemory<byte>.Empty;
        for (var i = 0; i < Answers; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            body = await api.SendAsync(HttpMethod.Get, "/version", null, null, cancel).ConfigureAwait(false);
            times[i] = Stopwatch.GetElapsedTime(clock);
        }
        return new ServerAnswer(VersionIn(body) ?? throw new KubeConnectionException(KubeConnectionFault.NotKubernetes, $"{api.Connection} is not a Kubernetes API: it tells no version."), ConnectionSteps.Median(times));
    }

    static string? VersionIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("gitVersion", out var version) ? version.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static async Task<Asked> AskAsync(KubeApi api, string place, CancellationToken cancel)
    {
        KubeAccess[] all =
        [
            new("list", "pods") { Namespace = place },
            new("create", "pods") { Namespace = place },
            new("delete", "pods") { Namespace = place },
            new("get", "pods") { Namespace = place, Subresource = "log" },
            new("create", "pods") { Namespace = place, Subresource = "exec" },
            new("create", "deployments") { Namespace = place, Group = "apps" },
            new("list", "secrets") { Namespace = place },
            new("list", "nodes"),
            new("*", "*") { Group = "*" },
        ];
        var answers = await Task.WhenAll(all.Select(access => api.ReviewAccessAsync(access, cancel))).ConfigureAwait(false);
        string[] Those(bool isAllowed) => [.. all.Zip(answers).Where(pair => pair.Second == isAllowed).Select(pair => pair.First.ToString())];
        return new Asked(Those(true), Those(false));
    }

    sealed record ServerAnswer(string Version, TimeSpan Latency);

    sealed record Asked(string[] Allowed, string[] Denied);
}
