namespace Kube.Agent.Runtime;

/// <summary>Something that a container sees at a path of its own.</summary>
/// <param name="Target">The path in the container.</param>
/// <param name="ReadOnly">Whether it may not be written.</param>
public abstract record Mount(string Target, bool ReadOnly)
{
    /// <summary>A folder or file of the engine's machine.</summary>
    /// <param name="Source">Its path there.</param>
    /// <param name="Target">The path in the container.</param>
    /// <param name="ReadOnly">Whether it may not be written.</param>
    public sealed record Bind(string Source, string Target, bool ReadOnly) : Mount(Target, ReadOnly)
    {
        /// <summary>
        /// The agent made <see cref="Source"/> on its own machine. An engine that does not share that machine's files
        /// (<see cref="RuntimeInfo.SharesFiles"/>) gets a copy when the container is created, which later changes do not reach.
        /// </summary>
        public bool IsAgentsOwn { get; init; }

        /// <summary>The engine makes a missing folder (Kubernetes: a hostPath without a type).</summary>
        public bool CreateSource { get; init; }

        /// <summary>How mounts beneath it travel, in Docker's words: <c>rprivate</c>, <c>rslave</c> or <c>rshared</c>.</summary>
        public string Propagation { get; init; } = "rprivate";
    }

    /// <summary>A volume of the pod's sandbox.</summary>
    /// <param name="Name">The <see cref="SandboxVolume"/>'s name.</param>
    /// <param name="Target">The path in the container.</param>
    /// <param name="ReadOnly">Whether it may not be written.</param>
    public sealed record Volume(string Name, string Target, bool ReadOnly) : Mount(Target, ReadOnly)
    {
        /// <summary>The folder in the volume that is mounted, made where it is missing; null: all of it.</summary>
        public string? SubPath { get; init; }
    }
}
