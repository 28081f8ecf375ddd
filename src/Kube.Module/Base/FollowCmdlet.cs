using System.Management.Automation;
using Kube.Module.Completion;

namespace Kube.Module.Base;

/// <summary>A cmdlet that follows objects: those that there are, and those that come while it looks.</summary>
public abstract class FollowCmdlet : TargetCmdlet
{
    /// <summary>The namespace to look in; absent: the connection's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("n")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Look in all namespaces.</summary>
    [Parameter]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    private protected override ObjectScope Scope => ObjectScope.Of(Namespace, AllNamespaces);
}
