using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Kube.Agent;

/// <summary>Finds the node's address where nobody has named it.</summary>
static class NodeAddress
{
    /// <summary>The first IPv4 address of an interface that is up and no loopback; loopback where there is none.</summary>
    public static string Find() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(nic => nic.OperationalStatus == OperationalStatus.Up && nic.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        // One with a gateway is the way to others; bridges of engines have none.
        .OrderByDescending(nic => nic.GetIPProperties().GatewayAddresses.Count > 0)
        .SelectMany(nic => nic.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork)?.ToString()
        ?? IPAddress.Loopback.ToString();
}
