using System.Text.Json;

namespace Kube.Server.Controllers.Documents;

/// <summary>Of a service, what its endpoints follow from.</summary>
sealed record ServiceDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public ServiceSpec Spec { get; init; } = new();

    /// <summary>Whether its endpoints are the pods that it selects; else they are somebody else's business.</summary>
    public bool SelectsPods => Spec.Selector is { Count: > 0 } && Spec.Type != "ExternalName";

    public bool IsHeadless => Spec.ClusterIP == "None";
}

sealed record ServiceSpec
{
    public string? Type { get; init; }

    public string? ClusterIP { get; init; }

    public IReadOnlyDictionary<string, string>? Selector { get; init; }

    public IReadOnlyList<ServicePort>? Ports { get; init; }

    public bool PublishNotReadyAddresses { get; init; }
}

sealed record ServicePort
{
    public string? Name { get; init; }

    public string? Protocol { get; init; }

    public int Port { get; init; }

    /// <summary>The pod's port: a number, or the name that a container gives it.</summary>
    public JsonElement TargetPort { get; init; }

    public string? AppProtocol { get; init; }
}

/// <summary>Of endpoints and endpoint slices, what is compared with how they should be.</summary>
sealed record EndpointsDocument : IDocument
{
    public ObjectMeta Metadata { get; init; } = new();

    public JsonElement Subsets { get; init; }

    public JsonElement Endpoints { get; init; }

    public JsonElement Ports { get; init; }
}
