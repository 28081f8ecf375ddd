using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Module.Base;

/// <summary>
/// Does ahead, on another processor and while the module is being imported, what the first command of a process would wait for. No file of the person's is read, and
/// nothing is asked of any cluster.
/// </summary>
public sealed class WarmUp : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
        // A single processor would only do it sooner, in the way of the import. What fails here fails again where it is wanted, and is told there.
        if (Environment.ProcessorCount > 1) _ = Task.Run(ReadAuthorities);
    }

    /// <summary>On Linux .NET reads all certificates of the system before a process's first TLS handshake ends, also where a kubeconfig names the one authority that counts.</summary>
    internal static void ReadAuthorities()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        foreach (var certificate in store.Certificates) certificate.Dispose();
    }
}
