using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using Kube.Config;

namespace Kube.Module.Base;

/// <summary>
/// Does ahead, on another processor and while the module is being imported, what the first command of a process would wait for. No file of the person's is read, and
/// nothing is asked of any cluster.
/// </summary>
public sealed class WarmUp : IModuleAssemblyInitializer
{
    const string Sample = """
        {"apiVersion":"v1","kind":"Config","current-context":"a","contexts":[{"name":"a","context":{"cluster":"a","user":"a"}}],
        "clusters":[{"name":"a","cluster":{"server":"https://127.0.0.1"}}],"users":[{"name":"a","user":{"token":"a"}}]}
        """;

    /// <inheritdoc/>
    public void OnImport()
    {
        // A single processor would only do it sooner, in the way of the import. What fails here fails again where it is wanted, and is told there.
        if (Environment.ProcessorCount > 1) _ = Task.Run(Run);
    }

    internal static void Run()
    {
        // Has it compiled: the way from a kubeconfig to a connection.
        new KubeConnection(KubeConfig.Parse(Sample).Resolve(null)).Dispose();
        // On Linux .NET reads all certificates of the system before a process's first TLS handshake ends, also where a kubeconfig names the one authority that counts.
        if (!OperatingSystem.IsLinux()) return;
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        foreach (var certificate in store.Certificates) certificate.Dispose();
    }
}
