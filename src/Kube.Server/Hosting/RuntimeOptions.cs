namespace Kube.Server.Hosting;

/// <summary>What runs the containers.</summary>
enum RuntimeChoice
{
    /// <summary>Docker where an engine answers, else simulated, with a warning.</summary>
    Auto,
    Docker,
    Simulated,
    /// <summary>No agent.</summary>
    None,
}

/// <summary>The flags that tell an agent about its node and its engine.</summary>
sealed record RuntimeOptions
{
    public required string NodeName { get; init; }

    /// <summary>The engine's address; null: as docker finds it.</summary>
    public string? DockerHost { get; init; }

    /// <summary>The folder with Docker's <c>config.json</c>; null: as docker finds it.</summary>
    public string? DockerConfig { get; init; }

    /// <summary>The image of the pods' sandboxes; null: Kube's own.</summary>
    public string? SandboxImage { get; init; }
}
