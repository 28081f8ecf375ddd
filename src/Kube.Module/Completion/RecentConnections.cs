using Kube.Config;

namespace Kube.Module.Completion;

/// <summary>Connections to contexts that commands name, open as long as somebody types: each Tab would shake hands anew.</summary>
static class RecentConnections
{
    /// <summary>Longer than a list lives, so that none loses its connection.</summary>
    static readonly TimeSpan Lifetime = RecentObjects.Lifetime * 3;

    static readonly ShortLived<(string Files, string? Context), KubeConnection> Connections = new(Lifetime, isRenewedByUse: true);

    /// <summary>The connection to a context; null is the kubeconfig's current one. No plugin may ask for anything: Tab is no place for questions.</summary>
    public static KubeConnection Open(string? context)
    {
        var files = KubeConfigPaths.Default();
        return Connections.Get((string.Join(Path.PathSeparator, files), context), () => new KubeConnection(KubeConfig.Load(files).Resolve(context) with { MayPrompt = false }));
    }
}
