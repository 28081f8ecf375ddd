using System.Management.Automation;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>The status of every container: of the pods named, or of a namespace's, node's or workload's.</summary>
[Cmdlet(VerbsCommon.Get, "KubeContainerStatus")]
[OutputType(typeof(KubeContainerStatus))]
public sealed class GetKubeContainerStatusCommand : GetPodsCmdlet
{
    readonly ContainerDetail _detail = new();

    /// <summary>Only containers in one of these states.</summary>
    [Parameter]
    public KubeContainerState[] State { get; set; } = [];

    /// <summary>Only containers of these names.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string[] Container { get; set; } = [];

    /// <summary>Fill in DetailInfo: the container engine's own description.</summary>
    [Parameter]
    public SwitchParameter Detail { get; set; }

    /// <summary>With -Detail, the values of environment variables too.</summary>
    [Parameter]
    public SwitchParameter IncludeEnvironment { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (IncludeEnvironment && !Detail) throw new KubeCmdletException(Errors.ParameterInvalid, "-IncludeEnvironment adds to -Detail, which is not there.");
    }

    /// <inheritdoc/>
    protected override void Write(KubeObject item)
    {
        var names = Container.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
        foreach (var status in ((KubePod)item).ContainerStatuses)
        {
            if (State.Length > 0 && !State.Contains(status.State)) continue;
            if (names.Length > 0 && !names.Any(name => name.IsMatch(status.Container))) continue;
            if (Detail && Await(_detail.FillAsync(status, IncludeEnvironment, Cancel)) is { } warning) WriteWarning(warning);
            WriteObject(status);
        }
    }
}
