using System.Net;
using System.Net.Sockets;

namespace Kube.Server.Hosting;

/// <summary>Which addresses the server listens on. Pure.</summary>
static class ListenAddresses
{
    /// <param name="bind">The address asked for; null: none.</param>
    /// <param name="gateway">The engine's gateway, where pods find this machine; null: there is none to listen on.</param>
    /// <param name="hasIPv6">Whether the machine knows IPv6.</param>
    public static IReadOnlyList<IPAddress> For(IPAddress? bind, IPAddress? gateway, bool hasIPv6)
    {
        var addresses = new List<IPAddress> { IPAddress.Loopback };
        if (hasIPv6) addresses.Add(IPAddress.IPv6Loopback);
        if (gateway is not null) addresses.Add(gateway);
        if (bind is not null) addresses.Add(bind);
        // Who listens everywhere listens on each address already.
        if (addresses.Contains(IPAddress.Any)) addresses.RemoveAll(a => a.AddressFamily == AddressFamily.InterNetwork && !a.Equals(IPAddress.Any));
        if (addresses.Contains(IPAddress.IPv6Any)) addresses.RemoveAll(a => a.AddressFamily == AddressFamily.InterNetworkV6 && !a.Equals(IPAddress.IPv6Any));
        return [.. addresses.Distinct()];
    }
}
