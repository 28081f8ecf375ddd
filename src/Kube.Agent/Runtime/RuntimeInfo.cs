namespace Kube.Agent.Runtime;

/// <summary>What an engine is and where it runs.</summary>
/// <param name="Version">The engine's version.</param>
/// <param name="OperatingSystem">Such as <c>Debian GNU/Linux 12</c>.</param>
/// <param name="Platform">The containers' system, such as <c>linux</c>.</param>
/// <param name="Architecture">In Kubernetes' words, such as <c>amd64</c>.</param>
/// <param name="KernelVersion">The kernel that containers see.</param>
/// <param name="Processors">Processors that containers can use.</param>
/// <param name="MemoryBytes">Memory that containers can use.</param>
/// <param name="GatewayAddress">The host's address on the pods' network where the host can bind to it (Linux); else null.</param>
public sealed record RuntimeInfo(string Version, string OperatingSystem, string Platform, string Architecture, string KernelVersion, int Processors, long MemoryBytes, string? GatewayAddress)
{
    /// <summary>Whether the engine sees the files of this machine, so that folders made here can be mounted there. An engine reached over the network does not.</summary>
    public bool SharesFiles { get; init; } = true;
}
