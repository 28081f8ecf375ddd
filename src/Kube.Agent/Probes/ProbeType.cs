namespace Kube.Agent.Probes;

/// <summary>What a probe is for.</summary>
enum ProbeType
{
    Startup,
    Liveness,
    Readiness,
}
