using System.Runtime.CompilerServices;

namespace Kube.Module.Tests;

/// <summary>Keeps the tests away from the person's own kubeconfig, Docker configuration and clusters.</summary>
static class TestHome
{
    public static string Path { get; } = Directory.CreateTempSubdirectory("kube-module-tests-").FullName;

    /// <summary>A folder on the PATH, for programs that a test makes.</summary>
    public static string Programs { get; } = System.IO.Path.Combine(Path, "programs");

    [ModuleInitializer]
    internal static void Use()
    {
        Environment.SetEnvironmentVariable("KUBE_HOME", System.IO.Path.Combine(Path, "kube"));
        Environment.SetEnvironmentVariable("KUBECONFIG", System.IO.Path.Combine(Path, "kubeconfig"));
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", System.IO.Path.Combine(Path, "docker"));
        Environment.SetEnvironmentVariable("HOME", Path);
        // Servers that a test kills leave their sockets for debuggers behind.
        Environment.SetEnvironmentVariable("DOTNET_EnableDiagnostics", "0");
        Directory.CreateDirectory(Programs);
        Environment.SetEnvironmentVariable("PATH", Programs + System.IO.Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path, recursive: true);
    }
}
