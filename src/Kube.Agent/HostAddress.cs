using System.Net;
using System.Net.NetworkInformation;

namespace Kube.Agent;

/// <summary>An address of this machine, and the interface that has it.</summary>
/// <param name="Interface">The interface's name.</param>
/// <param name="IsUsable">Whether the interface is up and no loopback.</param>
/// <param name="HasGateway">Whether others are reached by it.</param>
/// <param name="Address">The address.</param>
public sealed record HostAddress(string Interface, bool IsUsable, bool HasGateway, IPAddress Address)
{
    const int Attempts = 10;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostAddress> All() => Ask(Read);

    /// <summary>
    /// What <paramref name="read"/> gives. Engines add and remove interfaces all the time, and .NET fails on one that goes while it is listed: then it is asked again.
    /// </summary>
    internal static IReadOnlyList<HostAddress> Ask(Func<IReadOnlyList<HostAddress>> read)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return read();
            }
            catch (Exception e) when (attempt < Attempts && (e is NetworkInformationException or ArgumentException))
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(attempt));
            }
        }
    }

    static IReadOnlyList<HostAddress> Read() =>
    [
        .. from card in NetworkInterface.GetAllNetworkInterfaces()
           let properties = card.GetIPProperties()
           let usable = card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
           from unicast in properties.UnicastAddresses
           select new HostAddress(card.Name, usable, properties.GatewayAddresses.Count > 0, unicast.Address),
    ];
}
