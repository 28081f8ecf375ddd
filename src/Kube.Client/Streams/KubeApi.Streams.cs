using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Kube.Http;
using Kube.Streams;

namespace Kube;

public sealed partial class KubeApi
{
    /// <summary>Runs a command in a container. It runs when this returns; disposing what is returned ends the connection.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="options">What is run, and with which streams.</param>
    /// <param name="cancel">Ends the opening.</param>
    /// <exception cref="KubeOperationException">
    /// It is refused. Its reason is <c>StreamUnsupported</c> where the server speaks no protocol that Kube knows, or where it cannot be told the end of standard input
    /// and <see cref="ExecOptions.StdinLength"/> is not given; nothing has run then.
    /// </exception>
    public async Task<KubeCommand> ExecAsync(string @namespace, string pod, ExecOptions options, CancellationToken cancel)
    {
        var what = $"The command in pod {pod}";
        if (!options.Stdin || options.Tty) return await OpenCommandAsync(KubeRequest.Exec(@namespace, pod, options), [KubeCommand.Newest, KubeCommand.Older], what, cancel).ConfigureAwait(false);
        if (Connection.EndsInput != false)
            try
            {
                // Asked for alone: a server that takes an older one has started the command before it can be known.
                var command = await OpenCommandAsync(KubeRequest.Exec(@namespace, pod, options), [KubeCommand.Newest], what, cancel).ConfigureAwait(false);
                Connection.EndsInput = true;
                return command;
            }
            catch (KubeOperationException e) when (Connection.EndsInput is null && e.Status.Code is not (401 or 404 or 409 or 429))
            {
                // Old servers say no more than 403 to a protocol that they do not know: whether it is that, the older one tells.
            }
        if (options.StdinLength is not { } length)
        {
            await CheckAsync(@namespace, pod, options, what, cancel).ConfigureAwait(false);
            throw SocketHandshake.Refuse(Connection.Server, "it cannot be told the end of standard input, which came with Kubernetes 1.30");
        }
        var behind = options with { Command = ["sh", "-c", "head -c \"$0\" | \"$@\"", length.ToString(CultureInfo.InvariantCulture), .. options.Command] };
        var older = await OpenCommandAsync(KubeRequest.Exec(@namespace, pod, behind), [KubeCommand.Older], what, cancel).ConfigureAwait(false);
        Connection.EndsInput = false;
        return older;
    }

    /// <summary>Joins a container's own program. Disposing what is returned ends the connection; the program goes on.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="options">With which streams. Standard input needs a container that keeps it open.</param>
    /// <param name="cancel">Ends the opening.</param>
    /// <exception cref="KubeOperationException">It is refused.</exception>
    public Task<KubeCommand> AttachAsync(string @namespace, string pod, AttachOptions options, CancellationToken cancel) =>
        OpenCommandAsync(KubeRequest.Attach(@namespace, pod, options), [KubeCommand.Newest, KubeCommand.Older], $"The connection to pod {pod}", cancel);

    /// <summary>Connects to a TCP port of a pod, as from within it.</summary>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <param name="cancel">Ends the opening.</param>
    /// <returns>Bytes both ways. Reading ends with the other side; where nothing listens at the port, it is a <see cref="KubeStreamException"/>.</returns>
    /// <exception cref="KubeOperationException">It is refused.</exception>
    public async Task<PodPortStream> OpenPortAsync(string @namespace, string pod, int port, CancellationToken cancel)
    {
        var socket = await OpenSocketAsync(KubeRequest.PortForward(@namespace, pod, port), [KubeCommand.Newest, KubeCommand.Older], cancel).ConfigureAwait(false);
        return new PodPortStream(socket, $"The connection to port {port} of pod {pod}");
    }

    /// <summary>Listens on a port of this machine and carries what connects there to a pod, until it is disposed.</summary>
    /// <param name="subject">A pod, or a service or workload whose running pods are meant: each connection goes to one that there is then.</param>
    /// <param name="podSelector">The labels of those pods; null: the subject is the pod.</param>
    /// <param name="port">The port of the pod, or of the service.</param>
    /// <param name="local">Where to listen; port 0: any.</param>
    /// <exception cref="System.Net.Sockets.SocketException">Nothing can listen there.</exception>
    public KubePortForward StartPortForward(KubeObject subject, string? podSelector, int port, IPEndPoint local) =>
        KubePortForward.Start(Interlocked.Increment(ref _forwards), new ForwardTarget(this, subject, podSelector, port), local);

    static int _forwards;

    async Task<KubeCommand> OpenCommandAsync(KubeRequest request, IReadOnlyList<string> protocols, string what, CancellationToken cancel) =>
        new(await OpenSocketAsync(request, protocols, cancel).ConfigureAwait(false), what);

    /// <summary>Finds out whether it is really for its protocol that a server refuses, and runs nothing that matters.</summary>
    async Task CheckAsync(string @namespace, string pod, ExecOptions options, string what, CancellationToken cancel)
    {
        var nothing = new ExecOptions(["true"]) { Container = options.Container };
        await using var command = await OpenCommandAsync(KubeRequest.Exec(@namespace, pod, nothing), [KubeCommand.Older], what, cancel).ConfigureAwait(false);
        Connection.EndsInput = false;
    }

    async Task<WebSocket> OpenSocketAsync(KubeRequest request, IReadOnlyList<string> protocols, CancellationToken cancel)
    {
        HttpResponseMessage? answer = null;
        try
        {
            answer = await Connection.SendAsync(request with { Protocols = protocols }, cancel).ConfigureAwait(false);
            return await SocketHandshake.OpenAsync(answer, protocols, Connection.Server, cancel).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            answer?.Dispose();
            if (e is KubeOperationException refused && SocketHandshake.Explain(refused.Status, Connection.Server) is { } explained) throw explained;
            throw;
        }
    }
}
