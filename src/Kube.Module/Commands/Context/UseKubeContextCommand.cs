using System.Management.Automation;
using Kube.Config;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Makes a context of the kubeconfig the one that this session's commands use. The file stays as it is.</summary>
[Cmdlet(VerbsOther.Use, "KubeContext", SupportsShouldProcess = true)]
[OutputType(typeof(KubeContext))]
public sealed class UseKubeContextCommand : CancellableCmdlet
{
    /// <summary>The context's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The namespace to use instead of the context's own.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Hand the context on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var config = KubeConfig.Load();
        var options = config.Resolve(Name);
        if (!Confirm(Name, "Use context")) return;
        KubeSession.Current.Connect(new KubeConnection(Namespace is null ? options : options with { Namespace = Namespace }));
        if (PassThru) WriteObject(KubeContext.Of(config.Contexts.First(context => context.Name == Name), isCurrent: true));
    }
}
