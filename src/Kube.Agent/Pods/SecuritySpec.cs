using System.Text.Json;

namespace Kube.Agent.Pods;

/// <summary>What pod and container have in common of <c>securityContext</c>; the container's own wins.</summary>
abstract record SecuritySpec
{
    public long? RunAsUser { get; init; }
    public long? RunAsGroup { get; init; }
    public bool? RunAsNonRoot { get; init; }
    public ProfileSpec? SeccompProfile { get; init; }
    public ProfileSpec? AppArmorProfile { get; init; }
    public JsonElement SeLinuxOptions { get; init; }
}

sealed record PodSecuritySpec : SecuritySpec
{
    public IReadOnlyList<long> SupplementalGroups { get => field ?? []; init; }
    public string? SupplementalGroupsPolicy { get; init; }
    public long? FsGroup { get; init; }
    public IReadOnlyList<SysctlSpec> Sysctls { get => field ?? []; init; }
}

sealed record ContainerSecuritySpec : SecuritySpec
{
    public bool Privileged { get; init; }
    public bool ReadOnlyRootFilesystem { get; init; }
    public bool? AllowPrivilegeEscalation { get; init; }
    public string? ProcMount { get; init; }
    public CapabilitiesSpec? Capabilities { get; init; }
}

sealed record CapabilitiesSpec
{
    public IReadOnlyList<string> Add { get => field ?? []; init; }
    public IReadOnlyList<string> Drop { get => field ?? []; init; }
}

sealed record ProfileSpec(string Type);

sealed record SysctlSpec(string Name, string Value);
