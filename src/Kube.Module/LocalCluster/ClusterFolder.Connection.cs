using Kube.Config;
using Kube.Module.Base;

namespace Kube.Module.LocalCluster;

sealed partial class ClusterFolder
{
    /// <summary>Opens a connection to the cluster as its administrator. No request is made.</summary>
    public KubeConnection Connect() => new(Resolve());

    /// <summary>The administrator's bearer token.</summary>
    public string? ReadToken() => Resolve().Token;

    /// <summary>Adds the cluster's context to the user's kubeconfig, as the current one.</summary>
    public void Persist()
    {
        KubeConfigFile.Merge(KubeConfigPaths.Default(), KubeConfigEntry.Of(Resolve()), makeCurrent: true);
    }

    /// <summary>Takes the cluster's context out of the user's kubeconfig again; one of the same name for another cluster stays.</summary>
    public void Forget()
    {
        if (!File.Exists(KubeConfigPath) || !KubeConfig.Load().Contexts.Any(context => context.Name == Name)) return;
        if (KubeConfig.Load().Resolve(Name).Server == Resolve().Server) KubeConfigFile.Remove(KubeConfigPaths.Default(), Name);
    }

    /// <summary>Leaves the session's connection if it is to this cluster, whether or not its server still runs.</summary>
    public void Leave()
    {
        if (File.Exists(KubeConfigPath) && KubeSession.Current.Connection?.Server == Resolve().Server) KubeSession.Current.Disconnect();
    }

    KubeConnectionOptions Resolve() => KubeConfig.Load(KubeConfigPath).Resolve(Name);
}
