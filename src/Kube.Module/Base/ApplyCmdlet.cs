using System.Management.Automation;
using Kube.Module.Completion;

namespace Kube.Module.Base;

/// <summary>Does something about what manifests set by server-side apply.</summary>
public abstract class ApplyCmdlet : ManifestActionCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ParameterSetName = PathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Path { get; set; } = [];

    /// <summary>The namespace for objects whose manifest names none; one that names another is an error.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Who manages the fields that are set.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Value = "kube")]
    public string FieldManager { get; set; } = "kube";

    private protected override string? TargetNamespace => Namespace;
}
