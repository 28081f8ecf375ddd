using System.Management.Automation;
using Kube.Config;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Makes a context of the kubeconfig the one that this session's commands use, and with -Persist everybody's.</summary>
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

    /// <summary>Make it the kubeconfig's current context as well, for other sessions and kubectl. No other byte of the file changes.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Hand the context on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var config = KubeConfig.Load();
        var options = config.Resolve(Name);
        if (!Confirm(Name, Persist ? "Use context and make it the kubeconfig's current one" : "Use context")) return;
        if (Persist) WriteVerbose($"The current context is set in {KubeConfigFile.SetCurrentContext(KubeConfigPaths.Default(), Name)}.");
        var connection = new KubeConnection(Namespace is null ? options : options with { Namespace = Namespace });
        foreach (var warning in connection.Warnings) WriteWarning(warning);
        KubeSession.Current.Connect(connection);
        if (PassThru) WriteObject(KubeContext.All(config, KubeSession.Current).Single(context => context.IsCurrent));
    }
}
