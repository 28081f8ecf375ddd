using System.Net;
using System.Net.NetworkInformation;

namespace Kube.Agent.Tests.Agents;

public sealed class HostAddressTests
{
    static readonly HostAddress Loopback = new("lo", false, false, IPAddress.Loopback);
    static readonly HostAddress Bridge = new("docker0", true, false, IPAddress.Parse("172.17.0.1"));
    static readonly HostAddress Six = new("eth0", true, true, IPAddress.Parse("2001:db8::5"));
    static readonly HostAddress Card = new("eth0", true, true, IPAddress.Parse("192.0.2.5"));
    static readonly HostAddress Down = new("eth1", false, true, IPAddress.Parse("192.0.2.6"));

    [Fact]
    public void A_node_is_at_the_card_that_leads_to_others_else_at_any_else_at_loopback()
    {
        Assert.Equal("192.0.2.5", NodeAddress.Find([Loopback, Bridge, Down, Six, Card]));
        Assert.Equal("172.17.0.1", NodeAddress.Find([Loopback, Down, Bridge]));
        Assert.Equal("127.0.0.1", NodeAddress.Find([Loopback, Down, Six]));
        Assert.Equal("127.0.0.1", NodeAddress.Find([]));
    }

    [Fact]
    public void This_machine_has_loopback() => Assert.Contains(HostAddress.All(), address => address.Address.Equals(IPAddress.Loopback) && !address.IsUsable);

    [Fact]
    public void An_interface_that_goes_while_they_are_listed_is_no_failure()
    {
        var asked = 0;
        Assert.Equal([Card], HostAddress.Ask(() => ++asked switch
        {
            1 => throw new ArgumentException("An invalid IP address was specified."),
            2 => throw new NetworkInformationException(),
            _ => [Card],
        }));
    }

    [Fact]
    public void What_fails_each_time_or_otherwise_is_told()
    {
        Assert.Throws<ArgumentException>(() => HostAddress.Ask(() => throw new ArgumentException("always")));
        var asked = 0;
        Assert.Throws<PlatformNotSupportedException>(() => HostAddress.Ask(() =>
        {
            asked++;
            throw new PlatformNotSupportedException();
        }));
        Assert.Equal(1, asked);
    }
}
