namespace Kube.Agent.Runtime;

/// <summary>A container or sandbox as the engine's inspect tells it.</summary>
/// <param name="Id">The engine's id, 64 hexadecimal digits.</param>
/// <param name="Labels">All labels; <see cref="ContainerLabels"/> reads them.</param>
/// <param name="State">Its state.</param>
public sealed record RuntimeContainer(string Id, IReadOnlyDictionary<string, string> Labels, RuntimeState State)
{
    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was started last.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How it ended.</summary>
    public int ExitCode { get; init; }

    /// <summary>Whether the kernel killed it for its memory.</summary>
    public bool OomKilled { get; init; }

    /// <summary>The engine's word on why it did not start.</summary>
    public string? Error { get; init; }

    /// <summary>The image's id.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>Its address on the pods' network; sandboxes alone have one.</summary>
    public string? Address { get; init; }
}

/// <summary>The states of a container that matter to the agent.</summary>
public enum RuntimeState
{
    /// <summary>Created and never started, or its start failed.</summary>
    Created,
    /// <summary>Running.</summary>
    Running,
    /// <summary>It has run and is over.</summary>
    Exited,
}
