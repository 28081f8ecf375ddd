using System.Management.Automation;
using Kube.Module.Completion;

namespace Kube.Module.Base;

/// <summary>Creates objects that live in namespaces.</summary>
public abstract class NewNamespacedCmdlet : NewCmdlet
{
    /// <summary>The namespace for objects whose manifest names none; one that names another is an error.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    private protected override string? TargetNamespace => Namespace;
}
