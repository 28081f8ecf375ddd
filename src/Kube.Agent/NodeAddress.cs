using System.Net;
using System.Net.Sockets;

namespace Kube.Agent;

/// <summary>Finds the node's address where nobody has named it.</summary>
static class NodeAddress
{
    /// <summary>The first IPv4 address of an interface that is up and no loopback; loopback where there is none.</summary>
    public static string Find(IEnumerable<HostAddress> addresses) => addresses
        .Where(address => address.IsUsable && address.Address.AddressFamily == AddressFamily.InterNetwork)
        // One with a gateway is the way to others; bridges of engines have none.
        .OrderByDescending(address => address.HasGateway)
        .FirstOrDefault()?.Address.ToString()
        ?? IPAddress.Loopback.ToString();
}
