using System.Net;
using System.Net.Sockets;

namespace Kube.Server.Proxy;

/// <summary>Addresses as they stand in URLs.</summary>
static class HostNames
{
    public static string Of(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    /// <summary>The host of a Host header, without its port.</summary>
    public static string Of(HostString host) =>
        IPAddress.TryParse(host.Host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? Of(address) : host.Host;
}
