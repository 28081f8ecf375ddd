using System.Management.Automation;

namespace Kube.Module.Tests;

/// <summary>A cluster for a test class, started by the module's own cmdlet, with a session connected to it.</summary>
public abstract class TestCluster(string kind, string? settings) : IAsyncLifetime
{
    /// <summary>Its own: test classes run side by side.</summary>
    public string Name { get; } = $"{kind}-{Guid.NewGuid().ToString("n")[..6]}";

    /// <summary>What Start-KubeCluster returned.</summary>
    public PSObject Started { get; private set; } = new();

    public string KubeConfigPath => (string)Started.Properties["KubeConfigPath"].Value;

    public ValueTask InitializeAsync()
    {
        if (settings is null) return ValueTask.CompletedTask;
        using var session = new ModuleSession();
        Started = session.RunForOne($"Start-KubeCluster -Name {Name} -InMemory {settings}");
        return ValueTask.CompletedTask;
    }

    /// <summary>A session of its own that is connected to the cluster.</summary>
    public ModuleSession Connect(int width = 80, bool canPrompt = false)
    {
        // A fixture cannot skip; a test can.
        if (settings is null) _ = Lab.DockerHost;
        var session = new ModuleSession(width, canPrompt);
        session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", KubeConfigPath);
        return session;
    }

    /// <summary>Repeats a script until it writes $true.</summary>
    public static void WaitUntil(ModuleSession session, string condition, int seconds = 60)
    {
        var end = DateTime.UtcNow.AddSeconds(seconds);
        while (session.Run(condition) is not [{ BaseObject: true }])
        {
            if (DateTime.UtcNow > end) Assert.Fail($"Not true within {seconds} s: {condition}\n{session.Show("Get-KubePod -A; Get-KubeEvent -A")}");
            Thread.Sleep(100);
        }
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
public sealed class SimulatedCluster() : TestCluster("simulated", "-Runtime Simulated");

/// <summary>A cluster whose pods are containers of the lab's engine.</summary>
public sealed class DockerCluster() : TestCluster("docker", Lab.HasDocker ? $"-Runtime Docker -DockerHost '{Lab.DockerHost}'" : null);
