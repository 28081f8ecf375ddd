using System.Management.Automation;

namespace Kube.Module.Tests;

/// <summary>A cluster for a test class, started by the module's own cmdlet.</summary>
public abstract class StartedCluster(string kind, string? settings) : TestCluster, IAsyncLifetime
{
    /// <summary>Its own: test classes run side by side.</summary>
    public string Name { get; } = $"{kind}-{Guid.NewGuid().ToString("n")[..6]}";

    /// <summary>What Start-KubeCluster returned.</summary>
    public PSObject Started { get; private set; } = new();

    public override string KubeConfigPath => (string)Started.Properties["KubeConfigPath"].Value;

    public override string DockerHost => Lab.DockerHost;

    protected override void Need()
    {
        if (settings is null) _ = Lab.DockerHost;
    }

    public ValueTask InitializeAsync()
    {
        if (settings is null) return ValueTask.CompletedTask;
        using var session = new ModuleSession();
        Started = session.RunForOne($"Start-KubeCluster -Name {Name} -InMemory {settings}");
        WaitUntil(session, "(Get-KubeNode).State -eq 'Ready'");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (settings is null) return ValueTask.CompletedTask;
        using var session = new ModuleSession();
        session.Run($"Stop-KubeCluster {Name} -Remove -Confirm:$false");
        Assert.Empty(session.Errors);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A cluster whose pods are simulated.</summary>
public sealed class SimulatedCluster() : StartedCluster("simulated", "-Runtime Simulated");

/// <summary>A cluster whose pods are containers of the lab's engine.</summary>
public sealed class DockerCluster() : StartedCluster("docker", Lab.HasDocker ? $"-Runtime Docker -DockerHost '{Lab.DockerHost}'" : null);
