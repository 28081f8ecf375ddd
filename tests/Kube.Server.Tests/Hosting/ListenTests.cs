using System.Net;
using System.Net.Sockets;
using Kube.Server.Hosting;

namespace Kube.Server.Tests.Hosting;

public class ListenTests
{
    [Theory]
    [InlineData(null, null, true, "127.0.0.1 ::1")]
    [InlineData(null, null, false, "127.0.0.1")]
    [InlineData(null, "172.18.0.1", true, "127.0.0.1 ::1 172.18.0.1")]
    [InlineData("192.168.1.5", "172.18.0.1", true, "127.0.0.1 ::1 172.18.0.1 192.168.1.5")]
    [InlineData("127.0.0.1", null, false, "127.0.0.1")]
    [InlineData("0.0.0.0", "172.18.0.1", true, "::1 0.0.0.0")]
    [InlineData("::", "172.18.0.1", true, "127.0.0.1 172.18.0.1 ::")]
    [InlineData("172.18.0.1", "172.18.0.1", true, "127.0.0.1 ::1 172.18.0.1")]
    public void Addresses(string? bind, string? gateway, bool hasIPv6, string expected) => Assert.Equal(expected,
        string.Join(' ', ListenAddresses.For(bind is null ? null : IPAddress.Parse(bind), gateway is null ? null : IPAddress.Parse(gateway), hasIPv6)));

    [Fact]
    public void One_port_on_all_addresses()
    {
        var addresses = ListenAddresses.For(null, null, ListenSockets.HasIPv6Loopback());
        using var sockets = ListenSockets.Bind(addresses, 0);
        Assert.NotEqual(0, sockets.Port);
        Assert.Equal(addresses.Select(a => new IPEndPoint(a, sockets.Port)), sockets.EndPoints);
    }

    [Fact]
    public void The_port_of_last_time_if_it_is_free()
    {
        int port;
        using (var first = ListenSockets.Bind([IPAddress.Loopback], 0)) port = first.Port;
        using var second = ListenSockets.Bind([IPAddress.Loopback], 0, preferred: port);
        Assert.Equal(port, second.Port);
        using var third = ListenSockets.Bind([IPAddress.Loopback], 0, preferred: port);
        Assert.NotEqual(port, third.Port);
    }

    [Fact]
    public void A_port_that_is_taken_on_one_of_them_is_refused_and_none_is_kept()
    {
        if (!ListenSockets.HasIPv6Loopback()) Assert.Skip("needs ::1");
        using var taken = ListenSockets.Bind([IPAddress.IPv6Loopback], 0);
        var refused = Assert.Throws<StartException>(() => ListenSockets.Bind([IPAddress.Loopback, IPAddress.IPv6Loopback], taken.Port));
        Assert.Contains($"port {taken.Port} is in use on ::1", refused.Message);
        using var free = new TcpListener(IPAddress.Loopback, taken.Port);
        free.Start();
    }

    [Fact]
    public void An_address_of_another_machine_is_named() =>
        Assert.Contains("192.0.2.1 is no address of this machine", Assert.Throws<StartException>(() => ListenSockets.Bind([IPAddress.Parse("192.0.2.1")], 0)).Message);
}
