using System.Management.Automation;
using Kube.Config;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Goes through a connection step by step, and tells where it ends and what to do.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeConnection", DefaultParameterSetName = ContextSet)]
[OutputType(typeof(KubeConnectionTest), typeof(bool))]
public sealed class TestKubeConnectionCommand : CancellableCmdlet
{
    const string ContextSet = "Context", ConnectionSet = "Connection";

    /// <summary>Contexts; absent: the session's connection, else the kubeconfig's current context.</summary>
    [Parameter(ParameterSetName = ContextSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string[]? Context { get; set; }

    /// <summary>A connection from Connect-KubeCluster, or a cluster from Start-KubeCluster.</summary>
    [Parameter(ParameterSetName = ConnectionSet, Mandatory = true, ValueFromPipeline = true)]
    [ConnectionTransformation]
    [ValidateNotNull]
    public KubeConnection? Connection { get; set; }

    /// <summary>The namespace to ask about instead of the connection's own.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Seconds that one step may take.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    [PSDefaultValue(Value = 15)]
    public int TimeoutSec { get; set; } = 15;

    /// <summary>Only whether it can be used.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Connection is { } given)
        {
            Tell(Test(given));
            return;
        }
        if (Context is null) Tell(Test(context: null));
        foreach (var name in Context ?? []) Tell(Test(name));
    }

    KubeConnectionTest Test(string? context)
    {
        try
        {
            return Test(KubeSession.Current.Choose(context, static name => new KubeConnection(KubeConfig.Load().Resolve(name))));
        }
        catch (Exception exception) when (exception is KubeConfigException or KubeCmdletException)
        {
            return ConnectionTester.Unconfigured(context ?? "", exception);
        }
    }

    KubeConnectionTest Test(KubeConnection connection)
    {
        WriteProgress(new ProgressRecord(0, "Test-KubeConnection", connection.ToString()));
        return Await(new ConnectionTester(TimeSpan.FromSeconds(TimeoutSec)).TestAsync(connection, Namespace, Cancel));
    }

    void Tell(KubeConnectionTest test)
    {
        if (Quiet)
        {
            WriteObject(test.IsUsable);
            return;
        }
        foreach (var step in test.Steps)
            if (step.State is KubeConnectionStepState.Failed or KubeConnectionStepState.Warning) WriteWarning($"{step.Message} {step.Action}");
        WriteObject(test);
    }
}
