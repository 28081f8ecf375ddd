using System.Diagnostics;

namespace Kube.Module.Tests.EndToEnd;

public sealed class RemovalTests : IDisposable
{
    readonly ModuleSession _session = new();

    [Fact]
    public void Removing_a_cluster_that_has_stopped_ends_its_containers_too()
    {
        var name = "left-" + Guid.NewGuid().ToString("n")[..6];
        _session.Run("$null = Start-KubeCluster $args[0] -Runtime Docker -DockerHost $args[1]; $null = New-KubePod $args[0] $args[2] -Command sleep, 1000 | Wait-KubePod -TimeoutSec 120; Stop-KubeCluster $args[0]", name, Lab.DockerHost, Lab.Image);
        Assert.Empty(_session.Errors);
        Assert.Equal(2, Containers(name));

        _session.Run("Stop-KubeCluster $args[0] -Remove -Confirm:$false", name);

        Assert.Empty(_session.Errors);
        Assert.Equal(0, Containers(name));
        Assert.Empty(_session.Run("Get-KubeCluster $args[0]*", name));
    }

    static int Containers(string pod)
    {
        using var list = Process.Start(new ProcessStartInfo("docker", ["-H", Lab.DockerHost, "ps", "-aq", "--filter", "label=io.kubernetes.pod.name=" + pod]) { RedirectStandardOutput = true })!;
        var ids = list.StandardOutput.ReadToEnd();
        list.WaitForExit();
        return ids.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    public void Dispose() => _session.Dispose();
}
