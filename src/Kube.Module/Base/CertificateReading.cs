using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Module.Base;

/// <summary>
/// Has .NET read the system's certificates while the module is being imported. On Linux a process reads all of them before its first TLS handshake ends, also where
/// a kubeconfig names the only authority that counts: 50 ms that the first command need not wait for.
/// </summary>
public sealed class CertificateReading : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
        // A single processor would only do it sooner, in the way of the import. What cannot be read the handshake will tell, if it matters.
        if (OperatingSystem.IsLinux() && Environment.ProcessorCount > 1) _ = Task.Run(Read);
    }

    static void Read()
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        foreach (var certificate in store.Certificates) certificate.Dispose();
    }
}
