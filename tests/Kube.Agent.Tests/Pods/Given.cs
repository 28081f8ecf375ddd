using System.Text;
using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Agent.Status;

namespace Kube.Agent.Tests.Pods;

/// <summary>Pods and containers for tests, in few words. Times are seconds after <see cref="Start"/>.</summary>
static class Given
{
    public const string Uid = "u1";
    public const string SandboxId = "s0";

    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    /// <summary>A pod from its spec as JSON; single quotes stand for double ones.</summary>
    public static Pod Pod(string spec, PodStatus? status = null, double? deletedAt = null, long? grace = null, string labels = "{}")
    {
        var deletion = deletedAt is { } at ? $",\"deletionTimestamp\":\"{KubeTime.Format(At(at))}\"" : "";
        var graceSeconds = grace is { } seconds ? $",\"deletionGracePeriodSeconds\":{seconds}" : "";
        var json = $$"""{"metadata":{"name":"web","namespace":"shop","uid":"{{Uid}}","labels":{{labels.Replace('\'', '"')}}{{deletion}}{{graceSeconds}}},"spec":{{spec.Replace('\'', '"')}}}""";
        var pod = Kube.Agent.Pods.Pod.Parse(Encoding.UTF8.GetBytes(json));
        return status is null ? pod : pod with { Status = status };
    }

    /// <summary>A pod with one container <c>c</c>.</summary>
    public static Pod One(string policy = "Always", PodStatus? status = null, double? deletedAt = null, long? grace = null) =>
        Pod($"{{'restartPolicy':'{policy}','containers':[{{'name':'c','image':'busybox:1.35'}}]}}", status, deletedAt, grace);

    public static ObservedContainer Sandbox(RuntimeState state = RuntimeState.Running, int attempt = 0) => Observed(
        new ContainerIdentity("web", "shop", Uid, ContainerLabels.SandboxName, attempt), $"s{attempt}", state, startedAt: 0, finishedAt: state == RuntimeState.Exited ? 50 : null, exitCode: 0, address: "10.0.0.7");

    public static ObservedContainer Running(string name = "c", int attempt = 0, double startedAt = 0, string sandbox = SandboxId, string image = "busybox:1.35", int? backoff = null) =>
        Observed(Identity(name, attempt, sandbox, image, backoff), $"{name}{attempt}", RuntimeState.Running, startedAt, null, 0);

    public static ObservedContainer Exited(int exitCode, string name = "c", int attempt = 0, double startedAt = 0, double finishedAt = 1, string sandbox = SandboxId, string image = "busybox:1.35", int? backoff = null, bool oom = false) =>
        Observed(Identity(name, attempt, sandbox, image, backoff), $"{name}{attempt}", RuntimeState.Exited, startedAt, finishedAt, exitCode, oom: oom);

    /// <summary>Created, and not started: with an exit code its start has failed.</summary>
    public static ObservedContainer Created(string name = "c", int attempt = 0, int exitCode = 0, string? error = null, string sandbox = SandboxId, double createdAt = 0, int? backoff = null) =>
        Observed(Identity(name, attempt, sandbox, "busybox:1.35", backoff), $"{name}{attempt}", RuntimeState.Created, null, null, exitCode, error: error, createdAt: createdAt);

    static ContainerIdentity Identity(string name, int attempt, string sandbox, string image, int? backoff) => new("web", "shop", Uid, name, attempt)
    {
        SandboxId = sandbox,
        Hash = ContainerHash.Of(new ContainerSpec { Name = name, Image = image }),
        TerminationGracePeriodSeconds = 30,
        RestartBackoffSeconds = backoff,
    };

    static ObservedContainer Observed(ContainerIdentity identity, string id, RuntimeState state, double? startedAt, double? finishedAt, int exitCode, string? address = null, bool oom = false, string? error = null, double createdAt = 0) =>
        new(new RuntimeContainer(id, ContainerLabels.Write(identity), state)
        {
            CreatedAt = At(startedAt ?? createdAt),
            StartedAt = startedAt is { } started ? At(started) : null,
            FinishedAt = finishedAt is { } finished ? At(finished) : null,
            ExitCode = exitCode,
            OomKilled = oom,
            Error = error,
            ImageId = identity.IsSandbox ? "" : "sha256:1",
            Address = address,
        }, identity);

    /// <summary>What is observed with a running sandbox, volumes and images that are ready, and these containers.</summary>
    public static PodObservation Observation(params ObservedContainer[] containers) => Nothing with
    {
        Sandboxes = [Sandbox()],
        Containers = containers,
        Volumes = new VolumesState.Ready(null),
        Images = ReadyFor("c", "a", "b", "i", "j", "s", "t"),
    };

    public static PodObservation Nothing { get; } = new() { HostIP = "192.0.2.1", RuntimeScheme = "docker", ReachesPods = true };

    public static Dictionary<string, ImageState> ReadyFor(params string[] names) =>
        names.ToDictionary(name => name, ImageState (_) => new ImageState.Ready("sha256:1"));

    public static PodStatus Waiting(string reason, int restartCount = 0, TerminatedState? last = null) => new()
    {
        ContainerStatuses = [new ContainerStatus { Name = "c", RestartCount = restartCount, State = new ContainerState { Waiting = new WaitingState(reason) }, LastState = new ContainerState { Terminated = last } }],
    };

    public static PodStatus WasRunning(int restartCount = 0, PodPhase phase = PodPhase.Running) => new()
    {
        Phase = phase,
        ContainerStatuses = [new ContainerStatus { Name = "c", RestartCount = restartCount, ContainerID = "docker://old", State = new ContainerState { Running = new RunningState(Start) } }],
    };

    /// <summary>A plan's actions as short text, events left out.</summary>
    public static string Text(PodPlan plan) => string.Join("; ", plan.Actions.Where(action => action is not PodAction.RecordEvent).Select(action => action switch
    {
        PodAction.PrepareVolumes => "volumes",
        PodAction.CreateSandbox(var attempt) => $"sandbox {attempt}",
        PodAction.PullImage(var container) => $"pull {container.Name}",
        PodAction.CreateContainer create => $"create {create.Container.Name} {create.Attempt} in {create.SandboxId}" + (create.Backoff is { } wait ? $" after {wait.TotalSeconds:0}s" : ""),
        PodAction.StartContainer start => $"start {start.Id}",
        PodAction.StopContainer stop => $"stop {stop.Id} {stop.Grace.TotalSeconds:0}s",
        PodAction.RemoveContainer(var id) => $"remove {id}",
        PodAction.RemoveSandbox(var id) => $"remove sandbox {id}",
        PodAction.RemoveVolumes => "remove volumes",
        PodAction.DeletePod => "delete",
        _ => action.ToString()!,
    }));

    /// <summary>A plan's events as <c>Reason: message</c>.</summary>
    public static string[] EventsOf(PodPlan plan) => [.. plan.Actions.OfType<PodAction.RecordEvent>().Select(told => $"{told.Reason}: {told.Message}")];
}
