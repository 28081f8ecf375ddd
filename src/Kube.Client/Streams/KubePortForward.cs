using System.Net;
using System.Net.Sockets;
using Kube.Streams;

namespace Kube;

/// <summary>
/// A port of this machine that leads to a port of a pod. Each connection is carried by itself, to the pod that is chosen when it comes: where that one has gone,
/// another takes its place. Thread-safe.
/// </summary>
public sealed class KubePortForward : IAsyncDisposable
{
    // A side that has said its last word, to one that cannot be told so, is listened for so long after each piece of the answer.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    readonly ForwardTarget _target;
    readonly TcpListener _listener;
    readonly CancellationTokenSource _stop = new();
    readonly Task _accepting;
    int _connections;
    long _total;

    KubePortForward(int id, ForwardTarget target, TcpListener listener)
    {
        (Id, _target, _listener) = (id, target, listener);
        Local = (IPEndPoint)listener.LocalEndpoint;
        _accepting = AcceptAsync();
    }

    /// <summary>A number by which it is known in this process.</summary>
    public int Id { get; }

    /// <summary>What it leads to, such as <c>service/web</c>.</summary>
    public string Target => _target.Name;

    /// <summary>The target's namespace.</summary>
    public string Namespace => _target.Namespace;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Local { get; }

    /// <summary>The target's port.</summary>
    public int Remote => _target.Port;

    /// <summary>The pod that the newest connection went to; null: there was none yet.</summary>
    public string? Pod { get; private set; }

    /// <summary>Whether it listens, fails to reach a pod, or is over.</summary>
    public KubePortForwardState State { get; private set; }

    /// <summary>Why the newest connection failed; null: it did not.</summary>
    public string? LastError { get; private set; }

    /// <summary>Connections that are open.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Connections that there have been.</summary>
    public long TotalConnections => Interlocked.Read(ref _total);

    /// <summary>The cluster.</summary>
    public KubeConnection Connection => _target.Connection;

    /// <summary>Begins to listen.</summary>
    /// <param name="id">A number by which it is known.</param>
    /// <param name="target">What it leads to.</param>
    /// <param name="local">Where to listen; port 0: any.</param>
    /// <exception cref="SocketException">Nothing can listen there.</exception>
    internal static KubePortForward Start(int id, ForwardTarget target, IPEndPoint local)
    {
        var listener = new TcpListener(local) { ExclusiveAddressUse = true };
        listener.Start();
        return new KubePortForward(id, target, listener);
    }

    /// <summary>Ends it with all its connections.</summary>
    public async ValueTask DisposeAsync()
    {
        State = KubePortForwardState.Stopped;
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                try
                {
                    var client = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
                    _ = Task.Run(() => ServeAsync(client));
                }
                catch (SocketException e) when (!_stop.IsCancellationRequested)
                {
                    // One that was gone before it was taken, or more than this process may open: others come later.
                    LastError = e.Message;
                    await Task.Delay(AcceptPause, _stop.Token).ConfigureAwait(false);
                }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            State = KubePortForwardState.Stopped;
        }
    }

    async Task ServeAsync(Socket client)
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Increment(ref _total);
        client.NoDelay = true;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            await using var local = new NetworkStream(client, ownsSocket: true);
            var (stream, pod) = await _target.OpenAsync(over.Token).ConfigureAwait(false);
            await using var port = stream;
            Pod = pod;
            var sending = SendAsync(local, port, over);
            try
            {
                var first = new byte[32 << 10];
                int read;
                while ((read = await port.ReadAsync(first, over.Token).ConfigureAwait(false)) > 0)
                {
                    await local.WriteAsync(first.AsMemory(0, read), over.Token).ConfigureAwait(false);
                    // A pod that answers is reached; one that refuses says so instead.
                    (State, LastError) = (State == KubePortForwardState.Stopped ? State : KubePortForwardState.Listening, null);
                    if (sending.IsCompleted && !port.CanEndWriting) over.CancelAfter(Patience);
                }
            }
            finally
            {
                await over.CancelAsync().ConfigureAwait(false);
                await sending.ConfigureAwait(false);
            }
        }
        catch (KubeException e)
        {
            LastError = e.Message;
            _target.Forget();
            if (State != KubePortForwardState.Stopped) State = KubePortForwardState.Failing;
            // Whoever connected hears of it as of any server that is not there.
            client.Close(0);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone, or the forward is stopped.
        }
        finally
        {
            client.Dispose();
            Interlocked.Decrement(ref _connections);
        }
    }

    static async Task SendAsync(NetworkStream local, PodPortStream port, CancellationTokenSource over)
    {
        try
        {
            await local.CopyToAsync(port, over.Token).ConfigureAwait(false);
            await port.EndWritingAsync(over.Token).ConfigureAwait(false);
            if (!port.CanEndWriting) over.CancelAfter(Patience);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone: so is the rest.
            await over.CancelAsync().ConfigureAwait(false);
        }
        catch (KubeStreamException)
        {
            // Reading tells what is wrong.
        }
    }
}

/// <summary>How a port-forward stands.</summary>
public enum KubePortForwardState
{
    /// <summary>It listens, and the last connection went through.</summary>
    Listening,
    /// <summary>It listens, and the last connection found no pod, or no answer there; the next one tries again.</summary>
    Failing,
    /// <summary>It is over.</summary>
    Stopped,
}
