using Kube.Agent.Probes;
using Kube.Agent.Runtime;

namespace Kube.Agent.Pods;

/// <summary>All that is known of a pod's containers at one moment: the runtime's part and what the agent's own work has come to.</summary>
sealed record PodObservation
{
    /// <summary>The node's address.</summary>
    public required string HostIP { get; init; }

    /// <summary>What stands before <c>://</c> in container ids, such as <c>docker</c>.</summary>
    public required string RuntimeScheme { get; init; }

    /// <summary>Whether this machine reaches the pods' addresses.</summary>
    public required bool ReachesPods { get; init; }

    public IReadOnlyList<ObservedContainer> Sandboxes { get; init; } = [];

    public IReadOnlyList<ObservedContainer> Containers { get; init; } = [];

    /// <summary>Images by container name, for the container that is to be created next.</summary>
    public IReadOnlyDictionary<string, ImageState> Images { get; init; } = new Dictionary<string, ImageState>();

    /// <summary>The first digest by which registries know an image, by image id.</summary>
    public IReadOnlyDictionary<string, string> RepoDigests { get; init; } = new Dictionary<string, string>();

    /// <summary>By container name, why its last attempt did not come to run.</summary>
    public IReadOnlyDictionary<string, StartFailure> Failures { get; init; } = new Dictionary<string, StartFailure>();

    /// <summary>By container id; without an entry nothing has been probed yet.</summary>
    public IReadOnlyDictionary<string, ProbeResults> Probes { get; init; } = new Dictionary<string, ProbeResults>();

    /// <summary>Containers that have got their SIGTERM, and when they are killed.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Stopping { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>The last words of ended containers, by id.</summary>
    public IReadOnlyDictionary<string, string> TerminationMessages { get; init; } = new Dictionary<string, string>();

    public VolumesState Volumes { get; init; } = new VolumesState.Unknown();

    /// <summary>Why the sandbox could not be made, the last time; null: it could, or was not tried.</summary>
    public SandboxFailure? SandboxFailure { get; init; }

    /// <summary>Whether the API was asked to delete the pod for good.</summary>
    public bool DeletionAsked { get; init; }

    public ObservedContainer? NewestSandbox => Sandboxes.MaxBy(sandbox => sandbox.Attempt);

    /// <summary>A container's attempts, the newest first.</summary>
    public IEnumerable<ObservedContainer> Attempts(string container) =>
        Containers.Where(observed => observed.Identity.Container == container).OrderByDescending(observed => observed.Attempt).ThenByDescending(observed => observed.Container.CreatedAt);

    /// <summary>The container's newest attempt; null when there is none, or when the API knows of a newer one that has vanished.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container's name.</param>
    public ObservedContainer? Newest(Pod pod, string container) =>
        Attempts(container).FirstOrDefault() is { } newest && (newest.IsRunning || newest.Attempt >= (pod.Status.Find(container)?.RestartCount ?? 0)) ? newest : null;
}

/// <summary>A container in the runtime, with what its labels tell.</summary>
sealed record ObservedContainer(RuntimeContainer Container, ContainerIdentity Identity)
{
    public string Id => Container.Id;
    public int Attempt => Identity.Attempt;
    public bool IsRunning => Container.State == RuntimeState.Running;

    /// <summary>Over, or not to be started: an engine leaves a container whose start failed as created, with an exit code.</summary>
    public bool HasEnded => Container.State == RuntimeState.Exited || CannotRun;

    public bool CannotRun => Container is { State: RuntimeState.Created, ExitCode: not 0, FinishedAt: null };

    /// <summary>When it ended; for one that never ran, when it was made.</summary>
    public DateTimeOffset EndedAt => Container.FinishedAt ?? Container.CreatedAt;

    public static ObservedContainer? From(RuntimeContainer container) =>
        ContainerLabels.Read(container.Labels) is { } identity ? new ObservedContainer(container, identity) : null;
}

/// <summary>How far a container's image is.</summary>
abstract record ImageState
{
    /// <summary>It is being looked for or pulled.</summary>
    /// <param name="Progress">How far, for people.</param>
    /// <param name="After">The failure before this try.</param>
    public sealed record Pulling(string? Progress, Failed? After) : ImageState;

    /// <summary>It is in the engine and this pod may use it.</summary>
    public sealed record Ready(string ImageId) : ImageState;

    /// <summary>It cannot be used.</summary>
    /// <param name="Reason">Kubernetes' word, such as <c>ErrImagePull</c>.</param>
    /// <param name="Message">A sentence for people.</param>
    /// <param name="At">When that became known.</param>
    /// <param name="RetryAt">When the next try is due; null: never, as it is the name that is wrong.</param>
    public sealed record Failed(string Reason, string Message, DateTimeOffset At, DateTimeOffset? RetryAt) : ImageState;
}

/// <summary>Why a container did not come to run.</summary>
/// <param name="Reason">Kubernetes' word, such as <c>CreateContainerConfigError</c>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Attempt">Which attempt it was.</param>
/// <param name="RetryAt">When the next try is due.</param>
sealed record StartFailure(string Reason, string Message, int Attempt, DateTimeOffset RetryAt);

/// <summary>Why a sandbox was not made.</summary>
sealed record SandboxFailure(string Message, DateTimeOffset RetryAt);

/// <summary>How far a pod's volumes are.</summary>
abstract record VolumesState
{
    public sealed record Unknown : VolumesState;

    /// <summary>They can be mounted.</summary>
    /// <param name="RefreshAt">When to look whether what they were filled from has changed; null: never.</param>
    public sealed record Ready(DateTimeOffset? RefreshAt) : VolumesState;

    public sealed record Failed(string Message, DateTimeOffset RetryAt) : VolumesState;
}

/// <summary>What the probes of a running container say.</summary>
/// <param name="Started">Whether the startup probe has passed.</param>
/// <param name="Ready">Whether the readiness probe passes.</param>
/// <param name="Failed">The probe for whose sake the container is to be killed; null: none.</param>
sealed record ProbeResults(bool Started, bool Ready, ProbeType? Failed);
