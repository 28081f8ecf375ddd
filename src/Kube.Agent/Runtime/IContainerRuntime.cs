using Kube.Registry;

namespace Kube.Agent.Runtime;

/// <summary>What the agent asks of whatever runs its containers.</summary>
public interface IContainerRuntime : IAsyncDisposable
{
    /// <summary>The runtime's name as nodes and clusters show it: <c>Docker</c> or <c>Simulated</c>.</summary>
    string Name { get; }

    /// <summary>What the engine is and where it runs. Throws <see cref="RuntimeUnavailableException"/> when nothing answers.</summary>
    Task<RuntimeInfo> GetInfoAsync(CancellationToken cancel);

    /// <summary>Everything that carries this agent's labels, sandboxes and stopped containers included.</summary>
    Task<IReadOnlyList<RuntimeContainer>> ListAsync(CancellationToken cancel);

    /// <summary>
    /// The ids of this agent's containers that have started, ended or gone since the watch began, some perhaps more than once. Ends with a
    /// <see cref="RuntimeUnavailableException"/> when the engine goes away.
    /// </summary>
    IAsyncEnumerable<string> WatchAsync(CancellationToken cancel);

    /// <summary>One container; null when there is none (any more).</summary>
    Task<RuntimeContainer?> InspectAsync(string id, CancellationToken cancel);

    /// <summary>The engine's own description of a container, JSON; null when there is none.</summary>
    Task<ReadOnlyMemory<byte>?> DescribeAsync(string id, CancellationToken cancel);

    /// <summary>What a container has used so far; null when it does not run, or there is none.</summary>
    Task<RuntimeUsage?> GetUsageAsync(string id, CancellationToken cancel);

    /// <summary>Creates a pod's sandbox with its volumes, not started, and returns its id.</summary>
    Task<string> CreateSandboxAsync(SandboxConfig config, CancellationToken cancel);

    /// <summary>Creates a container in its pod's running sandbox, not started, and returns its id.</summary>
    Task<string> CreateContainerAsync(ContainerConfig config, CancellationToken cancel);

    /// <summary>Starts a container or sandbox.</summary>
    Task StartAsync(string id, CancellationToken cancel);

    /// <summary>Sends SIGTERM (or the image's stop signal), then SIGKILL after the grace period. Returns when it has stopped; a stopped or missing one is no error.</summary>
    Task StopAsync(string id, TimeSpan grace, CancellationToken cancel);

    /// <summary>Removes a stopped container, and with a pod's last the pod's volumes; a missing one is no error.</summary>
    Task RemoveAsync(string id, CancellationToken cancel);

    /// <summary>
    /// A container's output. <paramref name="write"/> gets each frame in order: whether it is standard error, its time and its
    /// bytes, as the engine delivers them (a frame is at most one line and ends with its line feed unless it is longer than the engine's buffer).
    /// The bytes are good until its task completes.
    /// </summary>
    Task ReadLogAsync(string id, LogRequest request, Func<LogFrame, ValueTask> write, CancellationToken cancel);

    /// <summary>
    /// Runs a command in a running container and returns its exit code. <paramref name="write"/> gets what it writes, in order; the bytes are good until its
    /// task completes. A program that cannot be started has an exit code of its own (126, 127) and the engine's words as output; a container that is missing or does
    /// not run is a <see cref="RuntimeException"/>. After a cancellation nobody listens to the command any more, but engines have no way to end it.
    /// </summary>
    Task<int> ExecAsync(string id, ExecRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel);

    /// <summary>
    /// Joins a running container's own program: <paramref name="write"/> gets what it writes from now on, until it ends or closes its outputs. A container that is
    /// missing or does not run is a <see cref="RuntimeException"/>.
    /// </summary>
    Task AttachAsync(string id, AttachRequest request, Func<ExecFrame, ValueTask> write, CancellationToken cancel);

    /// <summary>
    /// Connects to a TCP port of a pod as from within it, and carries bytes until the other side has ended: those of <paramref name="input"/>, whose end is passed
    /// on, and to <paramref name="write"/> those that come back. Where nothing takes the connection, it is a <see cref="RuntimeException"/>.
    /// </summary>
    Task ConnectAsync(string sandboxId, int port, Stream input, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel);

    /// <summary>An image that is in the engine; null when it is not.</summary>
    Task<RuntimeImage?> InspectImageAsync(string image, CancellationToken cancel);

    /// <summary>Pulls an image. An error, inside the engine's progress stream too, is an <see cref="ImagePullException"/>.</summary>
    /// <param name="image">What to pull.</param>
    /// <param name="credential">Whom to pull as; null: anonymously.</param>
    /// <param name="progress">Gets the whole pull's progress, in order.</param>
    /// <param name="cancel">Stops the pull.</param>
    Task PullAsync(ImageReference image, RegistryCredential? credential, IProgress<PullProgress> progress, CancellationToken cancel);
}
