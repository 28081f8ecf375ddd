using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Rollouts;
using Kube.Module.Waiting;

namespace Kube.Module.Commands;

/// <summary>Sets how many pods deployments, replica sets, stateful sets, replication controllers and whatever else has a scale are to have.</summary>
[Cmdlet(VerbsCommon.Set, "KubeScale", SupportsShouldProcess = true)]
[OutputType(typeof(KubeObject), typeof(KubeFieldDifference))]
public sealed class SetKubeScaleCommand : WorkloadChangeCmdlet
{
    const int MostAttempts = 10;

    readonly List<(KubeApi Api, KubeResource Resource, string? Namespace, string Name)> _changed = [];

    /// <summary>How many there are to be. It may stand where a kind or a name would, where these are known: <c>deploy/web 3</c>.</summary>
    // Not mandatory: the engine would ask for it before it is found there.
    [Parameter(Position = 2)]
    [ValidateRange(0, int.MaxValue)]
    public int? Replicas { get; set; }

    /// <summary>Change only what is to have this many so far.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? CurrentReplicas { get; set; }

    /// <summary>Wait until there are as many, and ready.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Seconds to wait at the most, for all together.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    [PSDefaultValue(Value = 300)]
    public int TimeoutSec { get; set; } = 300;

    private protected override string Action => $"Scale to {Replicas}";

    private protected override void CheckResource(KubeResource resource)
    {
        if (!resource.Subresources.Contains("scale")) throw new KubeCmdletException(Errors.NotSupported, $"{resource.Kind} has no scale.");
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        TakeNumber();
        base.Begin();
        if (MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec)) && !Wait) throw new KubeCmdletException(Errors.ParameterInvalid, "-TimeoutSec says how long to wait: it goes with -Wait.");
        if (Wait && DryRun) throw new KubeCmdletException(Errors.ParameterInvalid, "-DryRun changes nothing that -Wait could wait for.");
    }

    void TakeNumber()
    {
        if (Replicas is not null) return;
        var needsNoName = MyInvocation.ExpectingInput || Kind?.Contains('/') == true || (LabelSelector ?? FieldSelector) is not null;
        if (needsNoName && Name is [var second] && Number(second) is { } behindKind) (Replicas, Name) = (behindKind, []);
        else if (MyInvocation.ExpectingInput && Name.Length == 0 && Number(Kind) is { } alone) (Replicas, Kind) = (alone, null);
        else throw new KubeCmdletException(Errors.ParameterInvalid, "Nothing says how many there are to be: give -Replicas.");
    }

    static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private protected override KubeObject Live(KubeApi api, KubeResource resource, string? @namespace, string name) => Await(api.GetSubresourceAsync(resource, @namespace, name, "scale", Cancel));

    private protected override KubeObject? Change(KubeApi api, KubeResource resource, string? @namespace, string name, WriteOptions options)
    {
        KubeObject? scaled;
        for (var attempt = 1; (scaled = TryScale(api, resource, @namespace, name, options, isLast: attempt == MostAttempts)) is null; attempt++) Cancel.ThrowIfCancellationRequested();
        if (DryRun) return scaled;
        if (!Wait) return PassThru ? Await(api.GetAsync(resource, @namespace, name, Cancel)) : null;
        _changed.Add((api, resource, @namespace, name));
        return null;
    }

    /// <returns>The scale; null where the object has changed between the look and the change: another look is worth it, as controllers write its status all the time.</returns>
    KubeObject? TryScale(KubeApi api, KubeResource resource, string? @namespace, string name, WriteOptions options, bool isLast)
    {
        var scale = new OrderedDictionary { ["spec"] = new OrderedDictionary { ["replicas"] = Replicas } };
        if (CurrentReplicas is { } expected)
        {
            var present = Await(api.GetSubresourceAsync(resource, @namespace, name, "scale", Cancel));
            var current = RolloutStatus.Number(present.GetDocument().GetMap("spec"), "replicas");
            if (current != expected) throw new KubeCmdletException(Errors.Conflict, $"{resource.Kind} '{name}' is to have {current} replicas, not {expected}. It was left as it is.");
            scale["metadata"] = new OrderedDictionary { ["resourceVersion"] = present.ResourceVersion };
        }
        try
        {
            return Await(api.PatchAsync(resource, @namespace, name, PatchType.Merge, KubeMap.From(scale).ToUtf8(), options with { Subresource = "scale" }, Cancel));
        }
        catch (KubeOperationException exception) when (exception.Status.Code == 409 && CurrentReplicas is not null && !isLast)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        var waits = new ObjectWaits(TimeSpan.FromSeconds(TimeoutSec), Cancel);
        foreach (var (api, resource, @namespace, name) in _changed) waits.Add(api, resource, @namespace, name, null, new WaitCondition.Scaled(Replicas!.Value));
        Finish(waits, $"Scaling to {Replicas}", $"scaled to {Replicas}", PassThru);
    }
}
