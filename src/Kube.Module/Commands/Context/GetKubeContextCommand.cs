using System.Management.Automation;
using Kube.Config;
using Kube.Module.Base;
using Kube.Module.Completion;

namespace Kube.Module.Commands;

/// <summary>Lists the contexts of the kubeconfig.</summary>
[Cmdlet(VerbsCommon.Get, "KubeContext")]
[OutputType(typeof(KubeContext))]
public sealed class GetKubeContextCommand : CancellableCmdlet
{
    /// <summary>Names; absent: all.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only the one that commands use now.</summary>
    [Parameter]
    public SwitchParameter Current { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var all = KubeContext.All(KubeConfig.Load(), KubeSession.Current);
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var found = all.Where(context => pattern.IsMatch(context.Name) && (!Current || context.IsCurrent)).ToArray();
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0 && !Current && !WildcardPattern.ContainsWildcardCharacters(name))
                Try(name, () => throw new KubeCmdletException(Errors.ContextNotFound, $"The kubeconfig has no context '{name}'."));
        }
    }
}
