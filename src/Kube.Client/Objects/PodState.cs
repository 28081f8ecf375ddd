using System.Globalization;

namespace Kube;

/// <summary>
/// What kubectl's columns say of a pod, worked out from its document alone: the same for every cluster. The rules are those of
/// Kubernetes' table printer for pods (<c>printPod</c> in <c>pkg/printers/internalversion</c>).
/// </summary>
public sealed record PodState
{
    /// <summary>kubectl's STATUS: <c>Running</c>, <c>CrashLoopBackOff</c>, <c>Init:1/2</c>, <c>Terminating</c> … Empty where the document has no status yet.</summary>
    public required string State { get; init; }

    /// <summary>The document's <c>status.phase</c>; empty where it has none.</summary>
    public required string Phase { get; init; }

    /// <summary>Containers that are ready, started side-cars included.</summary>
    public required int ReadyContainers { get; init; }

    /// <summary>Containers that are meant to run side by side: the pod's containers and its side-cars.</summary>
    public required int TotalContainers { get; init; }

    /// <summary>Restarts of all containers; while the pod initializes, of its init containers.</summary>
    public required int RestartCount { get; init; }

    /// <summary>When the newest exit that led to a restart was, in UTC; null where none is known.</summary>
    public required DateTime? LastRestart { get; init; }

    /// <summary>Ready containers of all, such as <c>1/2</c>.</summary>
    public string Ready => string.Create(CultureInfo.InvariantCulture, $"{ReadyContainers}/{TotalContainers}");

    /// <summary>Reads a pod's document.</summary>
    /// <exception cref="FormatException">The text is not a JSON object.</exception>
    public static PodState Read(ReadOnlyMemory<byte> json) => Of(ObjectFields.Read(json));

    /// <summary>kubectl's RESTARTS: <c>0</c>, <c>3</c>, or <c>3 (5m ago)</c> where the time is known.</summary>
    /// <param name="now">The present, of the same kind (UTC or local) as <paramref name="last"/>.</param>
    /// <param name="count">How often.</param>
    /// <param name="last">When the newest exit was.</param>
    public static string FormatRestarts(int count, DateTime? last, DateTime now) => count != 0 && last is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{count} ({KubeAge.Format(now - time)} ago)")
        : count.ToString(CultureInfo.InvariantCulture);

    /// <summary>kubectl's RESTARTS of a pod, now.</summary>
    public static string FormatRestarts(KubePod pod)
    {
        var state = Of(pod.Fields);
        return FormatRestarts(state.RestartCount, state.LastRestart, DateTime.UtcNow);
    }

    internal static PodState Of(ObjectFields fields) => fields.Pod ??= Decide(PodFacts.Read(fields));

    static PodState Decide(PodFacts pod)
    {
        string state = pod.IsSchedulingGated ? "SchedulingGated" : pod.Reason is { Length: > 0 } reason ? reason : pod.Phase;
        var tally = new Tally { Total = pod.Containers + pod.SideCars.Count };

        bool initializing = false;
        for (int i = 0; i < pod.InitStatuses.Count && !initializing; i++)
        {
            var container = pod.InitStatuses[i];
            bool sideCar = container.Name is { } name && pod.SideCars.Contains(name);
            tally.AddInit(container, sideCar);
            if (container is { IsTerminated: true, ExitCode: 0 }) continue;
            if (sideCar && container.Started)
            {
                if (container.Ready) tally.Ready++;
                continue;
            }
            state = "Init:" + InitReason(container, i, pod.InitContainers);
            initializing = true;
        }

        if (!initializing || pod.IsInitialized)
        {
            tally.ForgetInit();
            bool running = false;
            string? error = null;
            for (int i = pod.Statuses.Count - 1; i >= 0; i--)
            {
                var container = pod.Statuses[i];
                tally.Add(container);
                if (container is { IsWaiting: true, Reason.Length: > 0 }) state = container.Reason;
                else if (container.IsTerminated)
                {
                    state = ExitReason(container);
                    if (container.ExitCode != 0) error = state;
                }
                else if (container is { Ready: true, IsRunning: true })
                {
                    running = true;
                    tally.Ready++;
                }
            }
            // The first container having completed says little about the others.
            if (state == "Completed") state = running && pod.IsReady ? "Running" : error ?? (running ? "NotReady" : state);
        }

        if (pod.IsDeleting && pod.Reason == "NodeLost") state = "Unknown";
        else if (pod.IsDeleting && pod.Phase is not ("Succeeded" or "Failed")) state = "Terminating";

        return new()
        {
            State = state,
            Phase = pod.Phase,
            ReadyContainers = tally.Ready,
            TotalContainers = tally.Total,
            RestartCount = tally.Restarts,
            LastRestart = tally.LastExit == 0 ? null : new DateTime(tally.LastExit, DateTimeKind.Utc),
        };
    }

    static string InitReason(in ContainerFacts container, int index, int total)
    {
        if (container.IsTerminated) return ExitReason(container);
        return container is { IsWaiting: true, Reason: { Length: > 0 } and not "PodInitializing" }
            ? container.Reason
            : string.Create(CultureInfo.InvariantCulture, $"{index}/{total}");
    }

    static string ExitReason(in ContainerFacts container) =>
        container.Reason is { Length: > 0 } reason ? reason
        : container.Signal != 0 ? string.Create(CultureInfo.InvariantCulture, $"Signal:{container.Signal}")
        : string.Create(CultureInfo.InvariantCulture, $"ExitCode:{container.ExitCode}");

    /// <summary>Once the pod is initialized only its side-cars' restarts still count among those of init containers.</summary>
    struct Tally
    {
        public int Ready, Total, Restarts;
        public long LastExit;
        int _sideCarRestarts;
        long _sideCarLastExit;

        public void Add(in ContainerFacts container)
        {
            Restarts += container.RestartCount;
            LastExit = Math.Max(LastExit, container.LastFinished);
        }

        public void AddInit(in ContainerFacts container, bool sideCar)
        {
            Add(container);
            if (!sideCar) return;
            _sideCarRestarts += container.RestartCount;
            _sideCarLastExit = Math.Max(_sideCarLastExit, container.LastFinished);
        }

        public void ForgetInit() => (Restarts, LastExit) = (_sideCarRestarts, _sideCarLastExit);
    }
}
