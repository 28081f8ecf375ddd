using System.Net;
using System.Net.Sockets;

namespace Kube.Server.Hosting;

/// <summary>
/// The sockets that the server listens on: one port on several addresses. They are bound before the server is built, so that no other
/// process can take the port in between and an address in use is told before anything else happens.
/// </summary>
sealed class ListenSockets : IDisposable
{
    const int Tries = 20;

    readonly Dictionary<EndPoint, Socket> _sockets;

    ListenSockets(int port, Dictionary<EndPoint, Socket> sockets) => (Port, _sockets) = (port, sockets);

    public int Port { get; }

    public IEnumerable<IPEndPoint> EndPoints => _sockets.Keys.Cast<IPEndPoint>();

    public Socket this[EndPoint endPoint] => _sockets[endPoint];

    /// <param name="addresses">Where to listen.</param>
    /// <param name="port">The port; 0: any that is free on all of them.</param>
    /// <param name="preferred">With port 0: the port to take if it is free; 0: none.</param>
    /// <exception cref="StartException">An address or the port cannot be had.</exception>
    public static ListenSockets Bind(IReadOnlyList<IPAddress> addresses, int port, int preferred = 0)
    {
        if (port != 0) return TryBind(addresses, port, out var inUse) ?? throw inUse;
        if (preferred != 0 && TryBind(addresses, preferred, out _) is { } asBefore) return asBefore;
        StartException? last = null;
        for (var i = 0; i < Tries; i++)
            if (TryBind(addresses, 0, out last) is { } bound) return bound;
        throw last!;
    }

    /// <summary>Whether this machine has ::1. It may know IPv6 and have it turned off, as in many containers.</summary>
    public static bool HasIPv6Loopback()
    {
        if (!Socket.OSSupportsIPv6) return false;
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    static ListenSockets? TryBind(IReadOnlyList<IPAddress> addresses, int port, out StartException error)
    {
        error = null!;
        var sockets = new Dictionary<EndPoint, Socket>();
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                // "::" alone: 0.0.0.0 is listened on by itself where it is asked for.
                if (address.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
                // On Unix a port whose last connections are still closing can be bound as it is; ReuseAddress would also let two servers share one.
                if (OperatingSystem.IsWindows()) socket.ExclusiveAddressUse = true;
                socket.Bind(new IPEndPoint(address, port));
                // Only who listens has the port: until then another may bind it too.
                socket.Listen(512);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                foreach (var other in sockets.Values) other.Dispose();
                error = new StartException(e.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse => $"port {port} is in use on {address}; choose another --port",
                    SocketError.AccessDenied => $"port {port} on {address} is not allowed to this user",
                    SocketError.AddressNotAvailable => $"{address} is no address of this machine",
                    _ => $"cannot listen on {address}, port {port}: {e.Message}",
                }, e);
                return null;
            }
            var local = (IPEndPoint)socket.LocalEndPoint!;
            port = local.Port;
            sockets.Add(local, socket);
        }
        return new ListenSockets(port, sockets);
    }

    public void Dispose()
    {
        foreach (var socket in _sockets.Values) socket.Dispose();
    }
}
