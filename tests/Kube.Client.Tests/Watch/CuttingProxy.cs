using System.Net;
using System.Net.Sockets;

namespace Kube.Tests.Watch;

/// <summary>Stands on loopback between a client and a server, passes their bytes on, and breaks off as networks do.</summary>
sealed class CuttingProxy : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly EndPoint _target;
    readonly Lock _gate = new();
    readonly List<Link> _links = [];
    bool _isSilent;
    int _accepted;

    /// <param name="target">The server, by an address of this machine.</param>
    public CuttingProxy(Uri target)
    {
        _target = new IPEndPoint(IPAddress.Parse(target.Host), target.Port);
        _listener.Start();
        Address = new UriBuilder(target) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _ = AcceptAsync();
    }

    /// <summary>The server's address, by way of here.</summary>
    public Uri Address { get; }

    /// <summary>How many connections there were.</summary>
    public int Accepted => _accepted;

    /// <summary>How many there are.</summary>
    public int Open
    {
        get
        {
            lock (_gate) return _links.Count;
        }
    }

    /// <summary>Ends all connections there are: with a reset, or in good order.</summary>
    public void Cut(bool reset)
    {
        foreach (var link in Links()) link.Cut(reset);
    }

    /// <summary>Ends each connection there is when more than so many further bytes come from the server; those alone are passed on.</summary>
    public void CutAfter(int bytes, bool reset)
    {
        foreach (var link in Links()) link.CutAfter(bytes, reset);
    }

    /// <summary>From now on nothing passes, and nobody is told: not on the connections there are, nor on new ones, which are taken.</summary>
    public void FallSilent()
    {
        lock (_gate)
        {
            _isSilent = true;
            foreach (var link in _links) link.IsSilent = true;
        }
    }

    /// <summary>New connections pass again; the silent ones stay so.</summary>
    public void Recover()
    {
        lock (_gate) _isSilent = false;
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut(reset: true);
    }

    Link[] Links()
    {
        lock (_gate) return [.. _links];
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                Interlocked.Increment(ref _accepted);
                Link link;
                lock (_gate) _links.Add(link = new Link(client) { IsSilent = _isSilent });
                _ = PassAsync(link);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task PassAsync(Link link)
    {
        using (link)
        {
            try
            {
                await link.PassAsync(_target);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // One side is gone.
            }
            finally
            {
                lock (_gate) _links.Remove(link);
            }
        }
    }

    sealed class Link(Socket client) : IDisposable
    {
        readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        readonly Lock _gate = new();
        int _left = int.MaxValue;
        bool _reset;

        public volatile bool IsSilent;

        public async Task PassAsync(EndPoint target)
        {
            client.NoDelay = true;
            await _server.ConnectAsync(target);
            await Task.WhenAny(PumpAsync(client, _server, bytes => bytes), PumpAsync(_server, client, Allow));
        }

        public void Cut(bool reset)
        {
            lock (_gate)
            {
                try
                {
                    // A reset is what an end with data unsent and no time to send it is.
                    if (reset) client.LingerState = new LingerOption(true, 0);
                    else client.Shutdown(SocketShutdown.Both);
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
                {
                    // It is gone already.
                }
                Dispose();
            }
        }

        public void CutAfter(int bytes, bool reset)
        {
            lock (_gate) (_left, _reset) = (bytes, reset);
        }

        public void Dispose()
        {
            client.Dispose();
            _server.Dispose();
        }

        async Task PumpAsync(Socket from, Socket to, Func<int, int> allow)
        {
            var buffer = new byte[16 * 1024];
            while (await from.ReceiveAsync(buffer) is var read and > 0)
            {
                if (IsSilent) continue;
                var passing = allow(read);
                for (var sent = 0; sent < passing;) sent += await to.SendAsync(buffer.AsMemory(sent, passing - sent));
                if (passing == read) continue;
                Cut(_reset);
                return;
            }
            // In silence not even the server's end is passed on.
            if (IsSilent && from == _server) await Task.Delay(Timeout.Infinite);
        }

        int Allow(int bytes)
        {
            lock (_gate)
            {
                var allowed = Math.Min(bytes, _left);
                if (_left != int.MaxValue) _left -= allowed;
                return allowed;
            }
        }
    }
}
