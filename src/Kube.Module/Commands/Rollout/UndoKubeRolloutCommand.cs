using System.Collections.Specialized;
using System.Management.Automation;
using System.Text;
using Kube.Module.Base;
using Kube.Module.Rollouts;

namespace Kube.Module.Commands;

/// <summary>Takes deployments, stateful and daemon sets back to a template that they have had.</summary>
[Cmdlet(VerbsCommon.Undo, "KubeRollout", SupportsShouldProcess = true)]
[OutputType(typeof(KubeObject), typeof(KubeFieldDifference))]
public sealed class UndoKubeRolloutCommand : WorkloadChangeCmdlet
{
    /// <summary>The revision to go back to; absent: the one before the present.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? Revision { get; set; }

    private protected override string Action => Revision is { } number ? $"Undo to revision {number}" : "Undo";

    private protected override void CheckResource(KubeResource resource) => RolloutKinds.Check(resource);

    private protected override KubeObject? Change(KubeApi api, KubeResource resource, string? @namespace, string name, WriteOptions options)
    {
        var workload = Await(api.GetAsync(resource, @namespace, name, Cancel));
        RolloutKinds.CheckNotPaused(workload);
        var target = Choose(workload, Await(RolloutHistory.ReadAsync(api, workload, Cancel)));
        if (target.IsCurrent)
        {
            WriteWarning($"{workload.Kind} '{name}' is at revision {target.Revision} already.");
            return workload;
        }
        var operations = new List<string> { Operation("replace", "/spec/template", target.Template!) };
        if (workload.Kind == "Deployment" && Cause(workload, target) is { } cause) operations.Add(cause);
        var patch = Encoding.UTF8.GetBytes($"[{string.Join(',', operations)}]");
        return Await(api.PatchAsync(resource, @namespace, name, PatchType.Json, patch, options, Cancel));
    }

    KubeRolloutRevision Choose(KubeObject workload, IReadOnlyList<KubeRolloutRevision> history)
    {
        var found = Revision is { } number ? history.FirstOrDefault(revision => revision.Revision == number) : history.Count > 1 ? history[^2] : null;
        if (found?.Template is not null) return found;
        throw new KubeCmdletException(Errors.NotFound, Revision is { } missing
            ? $"{workload.Kind} '{workload.Name}' has no revision {missing}."
            : $"{workload.Kind} '{workload.Name}' has no revision before the present one.") { Target = workload };
    }

    /// <summary>A deployment's reason for a change goes with the template that it was given for.</summary>
    static string? Cause(KubeObject workload, KubeRolloutRevision target)
    {
        var path = "/metadata/annotations/" + RolloutHistory.ChangeCause.Replace("/", "~1", StringComparison.Ordinal);
        var has = workload.Annotations.TryGetValue(RolloutHistory.ChangeCause, out var present);
        if (target.ChangeCause == present) return null;
        if (target.ChangeCause is null) return has ? Operation("remove", path, null) : null;
        return workload.Annotations.Count == 0
            ? Operation("add", "/metadata/annotations", new OrderedDictionary { [RolloutHistory.ChangeCause] = target.ChangeCause })
            : Operation("add", path, target.ChangeCause);
    }

    static string Operation(string operation, string path, object? value)
    {
        var fields = new OrderedDictionary { ["op"] = operation, ["path"] = path };
        if (value is not null) fields["value"] = value;
        return KubeMap.From(fields).ToJson();
    }
}
