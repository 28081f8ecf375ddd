using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kube.Agent.Pods;

/// <summary>One container of a pod's <c>spec</c>.</summary>
sealed record ContainerSpec
{
    public required string Name { get; init; }
    public string Image { get => field ?? ""; init; }
    public PullPolicy? ImagePullPolicy { get; init; }
    public IReadOnlyList<string> Command { get => field ?? []; init; }
    public IReadOnlyList<string> Args { get => field ?? []; init; }
    public string? WorkingDir { get; init; }
    public IReadOnlyList<PortSpec> Ports { get => field ?? []; init; }
    public IReadOnlyList<EnvironmentVariable> Env { get => field ?? []; init; }
    public IReadOnlyList<EnvironmentFrom> EnvFrom { get => field ?? []; init; }
    public ResourcesSpec Resources { get => field ?? ResourcesSpec.None; init; }
    public IReadOnlyList<JsonElement> VolumeMounts { get => field ?? []; init; }
    public IReadOnlyList<NamedSpec> VolumeDevices { get => field ?? []; init; }
    public ProbeSpec? LivenessProbe { get; init; }
    public ProbeSpec? ReadinessProbe { get; init; }
    public ProbeSpec? StartupProbe { get; init; }
    public LifecycleSpec? Lifecycle { get; init; }
    public string? TerminationMessagePath { get; init; }
    public string? TerminationMessagePolicy { get; init; }
    public ContainerSecuritySpec? SecurityContext { get; init; }
    public bool Stdin { get; init; }
    public bool StdinOnce { get; init; }
    public bool Tty { get; init; }

    /// <summary>On an init container <c>Always</c> makes it a side-car; anything else is refused.</summary>
    public string? RestartPolicy { get; init; }
    public IReadOnlyList<JsonElement> RestartPolicyRules { get => field ?? []; init; }

    /// <summary>Only meaningful for init containers.</summary>
    [JsonIgnore]
    public bool IsSidecar => RestartPolicy == "Always";
}

/// <summary>When an image is pulled.</summary>
enum PullPolicy
{
    Always,
    IfNotPresent,
    Never,
}

sealed record PortSpec
{
    public string? Name { get; init; }
    public int ContainerPort { get; init; }
    public int HostPort { get; init; }
    public string? HostIP { get; init; }
    public string? Protocol { get; init; }
}

sealed record ResourcesSpec
{
    public static ResourcesSpec None { get; } = new();
    public IReadOnlyDictionary<string, JsonElement> Limits { get => field ?? new Dictionary<string, JsonElement>(); init; }
    public IReadOnlyDictionary<string, JsonElement> Requests { get => field ?? new Dictionary<string, JsonElement>(); init; }
    public IReadOnlyList<NamedSpec> Claims { get => field ?? []; init; }
}

sealed record LifecycleSpec
{
    public HandlerSpec? PostStart { get; init; }
    public HandlerSpec? PreStop { get; init; }
    public string? StopSignal { get; init; }
}
