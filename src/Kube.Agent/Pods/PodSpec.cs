using System.Text.Json;

namespace Kube.Agent.Pods;

/// <summary>
/// A pod's <c>spec</c>, as far as a node acts on it. What a document leaves out is null, or the first value of an enum: the generated reader sets every property, so initial values
/// would be lost.
/// </summary>
sealed record PodSpec
{
    public string? NodeName { get; init; }
    public IReadOnlyList<ContainerSpec> InitContainers { get => field ?? []; init; }
    public IReadOnlyList<ContainerSpec> Containers { get => field ?? []; init; }
    public IReadOnlyList<NamedSpec> EphemeralContainers { get => field ?? []; init; }
    public IReadOnlyList<JsonElement> Volumes { get => field ?? []; init; }
    public RestartPolicy RestartPolicy { get; init; }
    public long? TerminationGracePeriodSeconds { get; init; }
    public long? ActiveDeadlineSeconds { get; init; }
    public string? ServiceAccountName { get; init; }
    public bool? AutomountServiceAccountToken { get; init; }
    public bool? EnableServiceLinks { get; init; }
    public IReadOnlyList<NamedSpec> ImagePullSecrets { get => field ?? []; init; }
    public string? Hostname { get; init; }
    public string? Subdomain { get; init; }
    public bool SetHostnameAsFQDN { get; init; }
    public bool HostNetwork { get; init; }
    public bool HostPID { get; init; }
    public bool HostIPC { get; init; }
    public bool? HostUsers { get; init; }
    public bool ShareProcessNamespace { get; init; }
    public string? DnsPolicy { get; init; }
    public DnsConfigSpec? DnsConfig { get; init; }
    public IReadOnlyList<HostAliasSpec> HostAliases { get => field ?? []; init; }
    public PodSecuritySpec? SecurityContext { get; init; }
    public IReadOnlyList<ReadinessGateSpec> ReadinessGates { get => field ?? []; init; }
    public string? RuntimeClassName { get; init; }
    public IReadOnlyList<NamedSpec> ResourceClaims { get => field ?? []; init; }
    public NamedSpec? Os { get; init; }

    /// <summary>Kubernetes' default, where a server left it out.</summary>
    public const long DefaultGracePeriodSeconds = 30;

    public long GracePeriodSeconds => TerminationGracePeriodSeconds ?? DefaultGracePeriodSeconds;
}

enum RestartPolicy
{
    Always,
    OnFailure,
    Never,
}

sealed record NamedSpec(string Name);

sealed record ReadinessGateSpec(string ConditionType);

sealed record HostAliasSpec
{
    public required string Ip { get; init; }
    public IReadOnlyList<string> Hostnames { get => field ?? []; init; }
}

sealed record DnsConfigSpec
{
    public IReadOnlyList<string> Nameservers { get => field ?? []; init; }
    public IReadOnlyList<string> Searches { get => field ?? []; init; }
    public IReadOnlyList<DnsOptionSpec> Options { get => field ?? []; init; }
}

sealed record DnsOptionSpec(string Name, string? Value);
