using System.Net.Sockets;
using System.Text;
using Kube.Agent.Pods;
using Kube.Agent.Runtime;

namespace Kube.Agent.Probes;

/// <summary>Tries probes: one connection, request or command, with a limit of time.</summary>
sealed class Prober(IContainerRuntime runtime, TimeProvider time)
{
    const int OutputKept = 10 * 1024;

    /// <summary>Tries a probe once.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="container">Its container.</param>
    /// <param name="id">The container's id in the engine.</param>
    /// <param name="address">The pod's address; null: it has none (yet).</param>
    /// <param name="cancel">Ends the try; then nothing is said.</param>
    public async Task<ProbeOutcome> TryAsync(ProbeSpec probe, ContainerSpec container, string id, string? address, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(GracePeriod.Of(probe.TimeoutSeconds), time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            return probe switch
            {
                { Exec: { } exec } => await ExecAsync(exec, id, limit.Token),
                { HttpGet: { } http } => await HttpGetAsync(http, container, address, limit.Token),
                { TcpSocket: { } tcp } => await ConnectAsync(tcp, container, address, limit.Token),
                _ => throw new InvalidOperationException("What cannot be tried is refused before."),
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ProbeOutcome.Failure($"{What(probe)} timed out after {probe.TimeoutSeconds}s");
        }
        catch (RuntimeUnavailableException)
        {
            // Who watches the engine says so, once for all.
            return new ProbeOutcome.Unknown(null);
        }
        catch (Exception e) when (e is RuntimeException or FormatException)
        {
            return new ProbeOutcome.Unknown(e.Message);
        }
    }

    async Task<ProbeOutcome> ExecAsync(ExecSpec exec, string id, CancellationToken cancel)
    {
        var output = new MemoryStream();
        var exitCode = await runtime.ExecAsync(id, new ExecRequest(exec.Command), frame =>
        {
            output.Write(frame.Bytes.Span[..(int)Math.Min(frame.Bytes.Length, OutputKept - output.Length)]);
            return ValueTask.CompletedTask;
        }, cancel);
        return exitCode == 0 ? new ProbeOutcome.Success() : new ProbeOutcome.Failure(Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length));
    }

    static async Task<ProbeOutcome> HttpGetAsync(HttpGetSpec http, ContainerSpec container, string? address, CancellationToken cancel)
    {
        var url = HandlerTarget.Url(http, container, Host(http.Host, address));
        try
        {
            return await HttpHandler.GetAsync(url, http.HttpHeaders, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new ProbeOutcome.Failure($"Get \"{HandlerTarget.Show(url)}\": {Reason(e)}");
        }
    }

    static async Task<ProbeOutcome> ConnectAsync(TcpSocketSpec tcp, ContainerSpec container, string? address, CancellationToken cancel)
    {
        var (host, port) = (Host(tcp.Host, address), HandlerTarget.Port(tcp.Port, container));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host, port, cancel);
            return new ProbeOutcome.Success();
        }
        catch (SocketException e)
        {
            return new ProbeOutcome.Failure($"dial tcp {(host.Contains(':') ? $"[{host}]" : host)}:{port}: {Reason(e)}");
        }
    }

    static string Host(string? host, string? address) =>
        !string.IsNullOrEmpty(host) ? host : address ?? throw new FormatException("the pod has no address");

    static string What(ProbeSpec probe) => probe switch
    {
        { Exec: { } exec } => $"command \"{string.Join(' ', exec.Command)}\"",
        { HttpGet: not null } => "HTTP request",
        _ => "connection",
    };

    static string Reason(Exception e) => e switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
        { InnerException: { } inner } => Reason(inner),
        _ => e.Message,
    };
}
