using System.Diagnostics;

namespace Kube.Module.LocalCluster;

/// <summary>What a server in the background tells of itself in the file beside its kubeconfig.</summary>
abstract record ServerStatus(int Pid, DateTimeOffset StartedAt, string Version, string Server, string? CaFile, string? Program)
{
    /// <summary>The server's process, if the one of that number is still the one that wrote this.</summary>
    public Process? FindProcess() => ServerProcess.Find(Pid, StartedAt);
}
