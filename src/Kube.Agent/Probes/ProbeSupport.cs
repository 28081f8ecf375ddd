using Kube.Agent.Pods;

namespace Kube.Agent.Probes;

/// <summary>Which probes the agent can run. A container with one that it cannot is never ready, and an event says why.</summary>
static class ProbeSupport
{
    public static IReadOnlyList<string> Refusals(ContainerSpec container, bool reachesPods)
    {
        var refusals = new List<string>();
        void Check(string field, ProbeSpec? probe)
        {
            if (probe is not null && Refusal(probe, reachesPods) is { } refusal)
                refusals.Add($"{field}: {refusal}; the container will not become ready");
        }
        Check("startupProbe", container.StartupProbe);
        Check("livenessProbe", container.LivenessProbe);
        Check("readinessProbe", container.ReadinessProbe);
        return refusals;
    }

    /// <summary>Why a probe cannot be run here; null: it can.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="reachesPods">Whether this machine reaches the pods' addresses.</param>
    public static string? Refusal(ProbeSpec probe, bool reachesPods) => probe switch
    {
        { Exec: not null } => null,
        { HttpGet.Host: null or "" } when !reachesPods => "httpGet is not supported by this node, as it does not reach the addresses of its pods",
        { HttpGet: not null } => null,
        { TcpSocket.Host: null or "" } when !reachesPods => "tcpSocket is not supported by this node, as it does not reach the addresses of its pods",
        { TcpSocket: not null } => null,
        { Grpc: not null } => "grpc is not supported by this node",
        _ => "its kind of probe is not supported by this node",
    };
}
