using System.Text.Json;
using System.Text.Json.Serialization;
using Kube.Agent.Pods;

namespace Kube.Agent.Volumes;

/// <summary>One of a pod's <c>volumes</c>. Exactly one kind is set.</summary>
sealed record VolumeSpec
{
    public required string Name { get; init; }
    public EmptyDirSpec? EmptyDir { get; init; }
    public HostPathSpec? HostPath { get; init; }
    public ConfigMapSourceSpec? ConfigMap { get; init; }
    public SecretVolumeSpec? Secret { get; init; }

    [JsonPropertyName("downwardAPI")]
    public DownwardSourceSpec? Downward { get; init; }

    public ProjectedSpec? Projected { get; init; }

    /// <summary>Every kind that Kube does not have, by its name.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }

    public static VolumeSpec Parse(JsonElement json) => json.Deserialize(VolumeJson.Default.VolumeSpec)!;
}

sealed record EmptyDirSpec
{
    public string? Medium { get; init; }
    public JsonElement SizeLimit { get; init; }
}

sealed record HostPathSpec
{
    public required string Path { get; init; }
    public string? Type { get; init; }
}

/// <summary>A config map, as a volume or a part of one.</summary>
sealed record ConfigMapSourceSpec
{
    public string Name { get => field ?? ""; init; }
    public IReadOnlyList<ItemSpec> Items { get => field ?? []; init; }
    public int? DefaultMode { get; init; }
    public bool Optional { get; init; }
}

/// <summary>A secret as a volume; unlike as a part of one its name is <c>secretName</c>.</summary>
sealed record SecretVolumeSpec
{
    public string SecretName { get => field ?? ""; init; }
    public IReadOnlyList<ItemSpec> Items { get => field ?? []; init; }
    public int? DefaultMode { get; init; }
    public bool Optional { get; init; }
}

sealed record DownwardSourceSpec
{
    public IReadOnlyList<DownwardItemSpec> Items { get => field ?? []; init; }
    public int? DefaultMode { get; init; }
}

sealed record ProjectedSpec
{
    public IReadOnlyList<ProjectionSpec> Sources { get => field ?? []; init; }
    public int? DefaultMode { get; init; }
}

sealed record ProjectionSpec
{
    public ConfigMapSourceSpec? ConfigMap { get; init; }
    public ConfigMapSourceSpec? Secret { get; init; }

    [JsonPropertyName("downwardAPI")]
    public DownwardSourceSpec? Downward { get; init; }

    public TokenSourceSpec? ServiceAccountToken { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

sealed record TokenSourceSpec
{
    public string? Audience { get; init; }
    public long? ExpirationSeconds { get; init; }
    public required string Path { get; init; }
}

sealed record ItemSpec
{
    public required string Key { get; init; }
    public required string Path { get; init; }
    public int? Mode { get; init; }
}

sealed record DownwardItemSpec
{
    public required string Path { get; init; }
    public FieldSelector? FieldRef { get; init; }
    public ResourceFieldSelector? ResourceFieldRef { get; init; }
    public int? Mode { get; init; }
}

/// <summary>One of a container's <c>volumeMounts</c>.</summary>
sealed record VolumeMountSpec
{
    public required string Name { get; init; }
    public required string MountPath { get; init; }
    public bool ReadOnly { get; init; }
    public string? RecursiveReadOnly { get; init; }
    public string? SubPath { get; init; }
    public string? SubPathExpr { get; init; }
    public string? MountPropagation { get; init; }

    public static VolumeMountSpec Parse(JsonElement json) => json.Deserialize(VolumeJson.Default.VolumeMountSpec)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VolumeSpec))]
[JsonSerializable(typeof(VolumeMountSpec))]
sealed partial class VolumeJson : JsonSerializerContext;
