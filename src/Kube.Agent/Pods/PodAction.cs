namespace Kube.Agent.Pods;

/// <summary>One thing to do for a pod.</summary>
abstract record PodAction
{
    /// <summary>Makes the pod's volumes ready.</summary>
    public sealed record PrepareVolumes : PodAction;

    /// <summary>Creates and starts a sandbox.</summary>
    public sealed record CreateSandbox(int Attempt) : PodAction;

    /// <summary>Looks for a container's image and pulls it if its policy says so, in the background.</summary>
    public sealed record PullImage(ContainerSpec Container) : PodAction;

    /// <summary>Creates a container and starts it.</summary>
    /// <param name="Container">Which.</param>
    /// <param name="Attempt">Its number, the restart count.</param>
    /// <param name="SandboxId">The sandbox that it joins.</param>
    /// <param name="ImageId">Its image.</param>
    /// <param name="Backoff">How long this restart has waited; null: it is no restart.</param>
    public sealed record CreateContainer(ContainerSpec Container, int Attempt, string SandboxId, string ImageId, TimeSpan? Backoff) : PodAction;

    /// <summary>Starts what was created and never started: a container, or a sandbox.</summary>
    public sealed record StartContainer(string Container, string Id, int Attempt) : PodAction;

    /// <summary>Stops a container in the background: SIGTERM, and SIGKILL after the grace period.</summary>
    /// <param name="Container">Its name; <c>POD</c> for a sandbox.</param>
    /// <param name="Id">Its id.</param>
    /// <param name="Grace">The grace period.</param>
    /// <param name="Message">The event's message; null: no event.</param>
    public sealed record StopContainer(string Container, string Id, TimeSpan Grace, string? Message) : PodAction;

    /// <summary>Removes an ended container.</summary>
    public sealed record RemoveContainer(string Id) : PodAction;

    /// <summary>Removes an ended sandbox.</summary>
    public sealed record RemoveSandbox(string Id) : PodAction;

    /// <summary>Removes the pod's volumes and all else that the agent keeps of it.</summary>
    public sealed record RemoveVolumes : PodAction;

    /// <summary>Tells people.</summary>
    /// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
    /// <param name="Reason">One word.</param>
    /// <param name="Message">A sentence.</param>
    /// <param name="Container">The container that it is about; null: the pod.</param>
    public sealed record RecordEvent(string Type, string Reason, string Message, string? Container = null) : PodAction
    {
        /// <summary>It holds as long as the pod is as it is, and one event is enough.</summary>
        public bool IsStanding { get; init; }

        public const string Normal = "Normal";
        public const string Warning = "Warning";
    }

    /// <summary>Deletes the pod from the API for good.</summary>
    public sealed record DeletePod : PodAction;
}
