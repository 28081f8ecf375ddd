using System.Net;
using System.Net.Sockets;

namespace Kube.Server.Hosting;

/// <summary>From which of its addresses this machine reaches others.</summary>
static class LocalRoute
{
    // UDP connects without a word on the wire; the port does not matter.
    const int AnyPort = 9;

    /// <exception cref="StartException">The host has no address, or there is no way to it.</exception>
    public static async Task<IPAddress> TowardAsync(Uri server, CancellationToken cancel)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(server.DnsSafeHost, cancel);
            // Nodes that have both tell their IPv4 address.
            var target = addresses.OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
            using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(new IPEndPoint(target, AnyPort), cancel);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            throw new StartException($"no address of this machine is on the way to {server.Host}: name the one at which the API server reaches it, with --bind ({e.Message})", e);
        }
    }
}
