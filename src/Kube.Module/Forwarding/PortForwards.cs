using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Kube.Module.Forwarding;

/// <summary>The port-forwards of a runspace; they end with it.</summary>
sealed class PortForwards
{
    static readonly ConditionalWeakTable<Runspace, PortForwards> Sessions = [];

    readonly List<KubePortForward> _forwards = [];

    /// <summary>Those of the runspace whose pipeline runs on this thread.</summary>
    public static PortForwards Current => Sessions.GetValue(Runspace.DefaultRunspace, Follow);

    /// <summary>Those that run, in the order of their start.</summary>
    public IReadOnlyList<KubePortForward> Running
    {
        get
        {
            lock (_forwards) return [.. _forwards];
        }
    }

    public void Add(KubePortForward forward)
    {
        lock (_forwards) _forwards.Add(forward);
    }

    public async Task StopAsync(KubePortForward forward)
    {
        lock (_forwards) _forwards.Remove(forward);
        await forward.DisposeAsync();
    }

    /// <summary>Ends those of all runspaces: the module is going.</summary>
    public static void StopAll()
    {
        foreach (var (_, forwards) in Sessions) forwards.Stop();
    }

    void Stop()
    {
        foreach (var forward in Running) StopAsync(forward).GetAwaiter().GetResult();
    }

    static PortForwards Follow(Runspace runspace)
    {
        var forwards = new PortForwards();
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken) forwards.Stop();
        };
        return forwards;
    }
}

/// <summary>Ends what must not outlive the module.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => PortForwards.StopAll();
}
