using Kube.Module.Tests.Commands.Connection;
using Kube.Tests.Watch;

namespace Kube.Module.Tests.Watching;

/// <summary>A session that reaches its cluster by way of a proxy that can break off.</summary>
static class FarSession
{
    /// <summary>Connects a session so.</summary>
    /// <param name="far">The session.</param>
    /// <param name="near">One that can read the kubeconfig.</param>
    /// <param name="kubeConfig">The cluster's.</param>
    /// <param name="namespace">The namespace to act in.</param>
    /// <returns>The proxy.</returns>
    public static CuttingProxy Connect(ModuleSession far, ModuleSession near, string kubeConfig, string @namespace)
    {
        var server = KnownCluster.Of(near, kubeConfig).Server;
        var proxy = new CuttingProxy(server);
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(TestHome.Path, "far")).FullName, Guid.NewGuid().ToString("n"));
        File.WriteAllText(path, File.ReadAllText(kubeConfig).Replace(server.GetLeftPart(UriPartial.Authority), proxy.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        far.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0] -Namespace $args[1]", path, @namespace);
        Assert.Empty(far.Errors);
        return proxy;
    }
}
