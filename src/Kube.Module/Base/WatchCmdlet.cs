using System.Management.Automation;
using Kube.Module.Waiting;
using Kube.Module.Watching;

namespace Kube.Module.Base;

/// <summary>Tells what happens to objects, as it happens; all of them side by side.</summary>
public abstract class WatchCmdlet : FollowCmdlet
{
    readonly List<ObjectWatch> _watches = [];
    KubeWatchEvent? _last;

    /// <summary>Tell what there is first, as Added.</summary>
    [Parameter]
    public SwitchParameter IncludeInitial { get; set; }

    /// <summary>Ends the watch with the first event, <c>$_</c>, for which it is true.</summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? Until { get; set; }

    /// <summary>Seconds to watch at the most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void ProcessObject(KubeApi api, KubeResource resource, KubeObject subject)
    {
        CheckInput(resource, subject);
        _watches.Add(ObjectWatch.OfName(api, resource, subject.Namespace, subject.Name, IncludeInitial ? [] : [subject]));
    }

    /// <inheritdoc/>
    protected override void ProcessName(KubeApi api, KubeResource resource, string? @namespace, string name) =>
        _watches.Add(ObjectWatch.OfName(api, resource, @namespace, name, IncludeInitial ? [] : null));

    private protected override void ProcessNameEverywhere(KubeApi api, KubeResource resource, string name) => ProcessName(api, resource, null, name);

    private protected override void ProcessQuery(KubeApi api, ObjectQuery query, WildcardPattern? pattern) =>
        _watches.Add(new ObjectWatch(api, query, pattern, IncludeInitial ? [] : null));

    /// <inheritdoc/>
    protected override void End()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        if (TimeoutSec is { } seconds) stop.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            ForEach(ObjectWatches.ReadAsync(_watches, stop.Token), Tell);
        }
        catch (OperationCanceledException exception) when (!Cancel.IsCancellationRequested)
        {
            if (Until is not null) Try(null, () => throw new KubeCmdletException(Errors.WaitTimeout, $"What -Until waits for did not come within {TimeoutSec} s: {Last}.", exception) { Target = _last });
        }
    }

    string Last => _last is { } last ? $"the last event is {last.Type} of {last.Object}: {StuckReason.Of(last.Object)}" : "nothing has happened";

    /// <returns>Whether to go on.</returns>
    bool Tell(WatchNews news)
    {
        switch (news)
        {
            case WatchNews.Begun(var watch, var items):
                WriteVerbose($"The watch of {watch} begins; {items.Count} are there.");
                return true;
            case WatchNews.Changed(_, var change):
                _last = change;
                WriteObject(change);
                return Until is null || !ScriptTest.Holds(Until, change);
            case WatchNews.Troubled { IsLasting: true } troubled:
                WriteWarning($"The watch of {troubled.Watch} is cut off and tries again until it is back: {troubled.Error.Message}");
                return true;
            case WatchNews.Troubled troubled:
                WriteVerbose($"The watch of {troubled.Watch} goes on after a failure: {troubled.Error.Message}");
                return true;
            case WatchNews.Failed(var watch, var error):
                Try(watch.ToString(), () => throw error);
                return true;
            default:
                throw new InvalidOperationException($"{news} is no news.");
        }
    }
}
