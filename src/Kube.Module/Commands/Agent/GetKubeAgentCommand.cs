using System.Management.Automation;
using Kube.Module.Agents;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Lists the agents on this machine.</summary>
[Cmdlet(VerbsCommon.Get, "KubeAgent")]
[OutputType(typeof(KubeAgent))]
public sealed class GetKubeAgentCommand : CancellableCmdlet
{
    /// <summary>Names; absent: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
            Try(name, () =>
            {
                foreach (var folder in AgentFolder.Find(name)) WriteObject(folder.Read());
            });
    }
}
