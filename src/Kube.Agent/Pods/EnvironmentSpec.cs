using System.Text.Json;

namespace Kube.Agent.Pods;

sealed record EnvironmentVariable
{
    public required string Name { get; init; }
    public string? Value { get; init; }
    public EnvironmentValueFrom? ValueFrom { get; init; }
}

/// <summary>Where one variable's value comes from; exactly one is set, else it is refused by name.</summary>
sealed record EnvironmentValueFrom
{
    public KeySelector? ConfigMapKeyRef { get; init; }
    public KeySelector? SecretKeyRef { get; init; }
    public FieldSelector? FieldRef { get; init; }
    public ResourceFieldSelector? ResourceFieldRef { get; init; }
    public JsonElement FileKeyRef { get; init; }
}

sealed record KeySelector
{
    public string Name { get => field ?? ""; init; }
    public required string Key { get; init; }
    public bool Optional { get; init; }
}

sealed record FieldSelector
{
    public required string FieldPath { get; init; }
}

sealed record ResourceFieldSelector
{
    public string? ContainerName { get; init; }
    public required string Resource { get; init; }
    public JsonElement Divisor { get; init; }
}

sealed record EnvironmentFrom
{
    public string Prefix { get => field ?? ""; init; }
    public ObjectSelector? ConfigMapRef { get; init; }
    public ObjectSelector? SecretRef { get; init; }
}

sealed record ObjectSelector
{
    public string Name { get => field ?? ""; init; }
    public bool Optional { get; init; }
}
