using System.Net;
using Kube.Agent;

namespace Kube.Server.Security;

/// <summary>The names and addresses that the serving certificate is for.</summary>
sealed record CertificateNames(IReadOnlyList<string> Dns, IReadOnlyList<IPAddress> Addresses)
{
    static readonly string[] AlwaysDns =
        ["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"];

    /// <param name="listening">The addresses listened on besides loopback. For the one that means all addresses, the machine's own are given.</param>
    /// <param name="machine">The machine's name and addresses.</param>
    public static CertificateNames For(IReadOnlyList<IPAddress> listening, (string Name, IReadOnlyList<IPAddress> Addresses) machine)
    {
        var everywhere = listening.Any(a => a.Equals(IPAddress.Any) || a.Equals(IPAddress.IPv6Any));
        IEnumerable<IPAddress> addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback, .. listening.Where(a => !a.Equals(IPAddress.Any) && !a.Equals(IPAddress.IPv6Any))];
        return everywhere
            ? new([.. AlwaysDns.Append(machine.Name.ToLowerInvariant()).Distinct()], [.. addresses.Concat(machine.Addresses.Where(a => !a.IsIPv6LinkLocal)).Distinct()])
            : new(AlwaysDns, [.. addresses.Distinct()]);
    }

    /// <summary>The same on this machine.</summary>
    public static CertificateNames ForThisMachine(IReadOnlyList<IPAddress> listening) => For(listening, (Environment.MachineName,
        [.. HostAddress.All().Select(a => a.Address)]));

    /// <summary>Whether a certificate for these serves for the others too.</summary>
    public bool Covers(CertificateNames other) =>
        other.Dns.All(name => Dns.Contains(name, StringComparer.OrdinalIgnoreCase)) && other.Addresses.All(Addresses.Contains);
}
