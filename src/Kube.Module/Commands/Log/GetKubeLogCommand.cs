using System.Management.Automation;
using System.Threading.Channels;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>Reads the logs of containers, line by line.</summary>
[Cmdlet(VerbsCommon.Get, "KubeLog")]
[OutputType(typeof(KubeLogLine))]
public sealed class GetKubeLogCommand : PodCmdlet
{
    readonly Channel<KubeLogLine> _followed = Channel.CreateBounded<KubeLogLine>(1024);
    readonly List<(KubePod Pod, Task Task)> _following = [];

    /// <summary>Only this many lines from the end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Only lines younger than this.</summary>
    [Parameter]
    public TimeSpan? Since { get; set; }

    /// <summary>The log of the container's attempt before this one.</summary>
    [Parameter]
    public SwitchParameter Previous { get; set; }

    /// <summary>Go on with what is written from now, until the containers end or Ctrl+C is pressed.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    protected override void ProcessPod(KubeApi api, KubePod pod)
    {
        var options = new LogOptions { Container = ContainerIn(pod), TailLines = Tail, Since = Since, Previous = Previous, Follow = Follow };
        var lines = api.ReadLogAsync(pod.Namespace!, pod.Name, options, Cancel);
        if (Follow) _following.Add((pod, CollectAsync(lines)));
        else ForEach(lines, WriteObject);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_following.Count == 0) return;
        var all = Task.WhenAll(_following.Select(follow => follow.Task));
        _ = all.ContinueWith(_ => _followed.Writer.Complete(), TaskScheduler.Default);
        ForEach(_followed.Reader.ReadAllAsync(Cancel), WriteObject);
        foreach (var (pod, task) in _following) Try(pod, () => Await(task));
    }

    async Task CollectAsync(IAsyncEnumerable<KubeLogLine> lines)
    {
        await foreach (var line in lines) await _followed.Writer.WriteAsync(line, Cancel);
    }
}
