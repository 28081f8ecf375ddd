using Kube.Agent.Pods;

namespace Kube.Agent.Probes;

/// <summary>Which probes the agent can run. A container with one that it cannot is never ready, and an event says why.</summary>
static class ProbeSupport
{
    public static IReadOnlyList<string> Refusals(ContainerSpec container)
    {
        var refusals = new List<string>();
        void Check(string field, ProbeSpec? probe)
        {
            if (probe is null)
                return;
            var kind = probe switch
            {
                { Exec: not null } => "exec",
                { Grpc: not null } => "grpc",
                { HttpGet: not null } => "httpGet",
                { TcpSocket: not null } => "tcpSocket",
                _ => "a kind of probe that this node does not know",
            };
            refusals.Add($"{field}: {kind} is not supported by this node; the container will not become ready");
        }
        Check("startupProbe", container.StartupProbe);
        Check("livenessProbe", container.LivenessProbe);
        Check("readinessProbe", container.ReadinessProbe);
        return refusals;
    }
}
