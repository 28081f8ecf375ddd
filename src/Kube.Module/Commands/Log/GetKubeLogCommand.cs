using System.Management.Automation;
using System.Runtime.ExceptionServices;
using Kube.Module.Base;
using Kube.Module.Logs;
using Kube.Module.Watching;

namespace Kube.Module.Commands;

/// <summary>Reads the logs of containers, line by line; of several in the order of time.</summary>
[Cmdlet(VerbsCommon.Get, "KubeLog")]
[OutputType(typeof(KubeLogLine), typeof(string))]
public sealed partial class GetKubeLogCommand : PodCmdlet
{
    /// <summary>The type by which a line is shown with its time.</summary>
    const string TimedType = "Kube.KubeLogLine#Timestamps";

    readonly List<(KubeApi Api, KubePod Pod, string Container)> _waiting = [];
    readonly DateTimeOffset _begun = DateTimeOffset.Now;
    PodLogs _logs = null!;
    bool _hasToldOfLimit;

    /// <summary>Only this many lines from the end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Only lines younger than this.</summary>
    [Parameter]
    public TimeSpan? Since { get; set; }

    /// <summary>Only lines that were written since then.</summary>
    [Parameter]
    public DateTime? SinceTime { get; set; }

    /// <summary>Only this many bytes of each log, line ends included.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? LimitBytes { get; set; }

    /// <summary>The log of the container's attempt before this one.</summary>
    [Parameter]
    public SwitchParameter Previous { get; set; }

    /// <summary>Go on with what is written from now: of named pods until their containers end for good, of others also in pods that come later.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>The logs of all containers of each pod, those that initialize it and those that debug it too.</summary>
    [Parameter]
    public SwitchParameter AllContainers { get; set; }

    /// <summary>How many logs are followed at once at the most; others wait until one of them ends.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    [PSDefaultValue(Value = 50)]
    public int ThrottleLimit { get; set; } = 50;

    /// <summary>Show each line behind its time; with -Raw the text starts with it.</summary>
    [Parameter]
    public SwitchParameter Timestamps { get; set; }

    /// <summary>Lines of text instead of objects: the fastest way through a large log.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (Since is not null && SinceTime is not null) throw Exclude("-Since", "-SinceTime");
        if (Since <= TimeSpan.Zero) throw new KubeCmdletException(Errors.ParameterInvalid, "-Since is a time span, such as 1:00:00 for an hour, and not zero or less.");
        if (Previous && Follow) throw Exclude("-Previous", "-Follow");
        if (AllContainers && Container is not null) throw Exclude("-AllContainers", "-Container");
        if (!Follow && MyInvocation.BoundParameters.ContainsKey(nameof(ThrottleLimit))) throw new KubeCmdletException(Errors.ParameterInvalid, "-ThrottleLimit is for logs that are followed: say -Follow, or leave it out.");
        _logs = new PodLogs(ThrottleLimit);
    }

    /// <inheritdoc/>
    protected override void ProcessPod(KubeApi api, KubePod pod)
    {
        Add(api, pod);
        if (!Follow) return;
        // Followed from now; else it is known at the end alone whether there are several to put in order.
        _named.Add(pod.Uid!);
        Start(isLate: false);
    }

    private protected override void ProcessPods(KubeApi api, ObjectQuery pods, WildcardPattern? pattern, KubeObject? owner)
    {
        if (!Follow) base.ProcessPods(api, pods, pattern, owner);
        else _logs.Watch(new PodFeed(api, pods, pattern, owner).ReadAsync(Cancel), Cancel);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        Start(isLate: false);
        ForEach(_logs.ReadAsync(Cancel), Write);
    }

    static KubeCmdletException Exclude(string one, string other) => new(Errors.ParameterInvalid, $"{one} and {other} exclude each other.");

    void Add(KubeApi api, KubePod pod)
    {
        if (!AllContainers) _waiting.Add((api, pod, ContainerIn(pod)));
        else foreach (var container in pod.ContainerStatuses) _waiting.Add((api, pod, container.Container));
    }

    /// <param name="isLate">Whether they come after the beginning: of them nothing is left out.</param>
    void Start(bool isLate)
    {
        var isOne = _waiting.Count == 1 && !Follow;
        foreach (var (api, pod, container) in _waiting)
        {
            var options = new LogOptions
            {
                Container = container,
                TailLines = isLate ? null : Tail,
                Since = isLate ? null : Since,
                SinceTime = SinceTime is { } time ? new DateTimeOffset(time) : isLate ? _begun - Since : null,
                LimitBytes = LimitBytes,
                Previous = Previous,
                Follow = Follow,
                Timestamps = Raw && Timestamps,
            };
            // A log alone needs no times to be put in order, and comes faster without.
            var withTimes = !Raw || !isOne || SinceTime is { Ticks: var ticks } && ticks % TimeSpan.TicksPerSecond != 0;
            if (_logs.Start(pod, options, notify => api.ReadLogTextAsync(pod.Namespace!, pod.Name, options, withTimes, notify, Cancel), Cancel)) continue;
            var words = $"As many logs are followed as -ThrottleLimit allows, {ThrottleLimit}: that of {pod} waits until one of them ends.";
            if (_hasToldOfLimit) WriteVerbose(words);
            else WriteWarning(words);
            _hasToldOfLimit = true;
        }
        _waiting.Clear();
    }

    void Write(LogPiece piece)
    {
        switch (piece)
        {
            case LogPiece.Lines lines:
                var end = lines.Start + lines.Count;
                if (Raw) for (var i = lines.Start; i < end; i++) WriteObject(lines.All[i].Text);
                else for (var i = lines.Start; i < end; i++) WriteLine(lines.Log, lines.All[i]);
                break;
            case LogPiece.Notice { Told: { IsWarning: true, Text: var text } }:
                WriteWarning(text);
                break;
            case LogPiece.Notice { Told.Text: var text }:
                WriteVerbose(text);
                break;
            case LogPiece.Pods(var news):
                Hear(news);
                break;
            // It came and went before its turn.
            case LogPiece.Failed { Log: { IsFollowed: true, Pod: var pod }, Exception: KubeOperationException { Status.Code: 404 } gone } when !_named.Contains(pod.Uid!):
                WriteVerbose($"{pod} was gone before its log could be read: {gone.Message}");
                break;
            case LogPiece.Failed failed:
                Try(failed.Log.Pod, () => ExceptionDispatchInfo.Throw(failed.Exception));
                break;
        }
    }

    void WriteLine(PodLog log, KubeLogText text)
    {
        var line = new KubeLogLine { Pod = log.Pod.Name, Container = log.Container, Timestamp = text.Timestamp, Line = text.Text };
        if (!Timestamps)
        {
            WriteObject(line);
            return;
        }
        var timed = PSObject.AsPSObject(line);
        timed.TypeNames.Insert(0, TimedType);
        WriteObject(timed);
    }
}
