namespace Kube.Module.Tests;

/// <summary>A cluster to test against.</summary>
public abstract class TestCluster
{
    const int LogLines = 60;

    /// <summary>A script that writes $true once the service account is there that pods of the session's namespace are given.</summary>
    internal const string HasAccount = "[bool](Get-KubeResource serviceaccounts default*)";

    public abstract string KubeConfigPath { get; }

    /// <summary>The engine that its containers run on.</summary>
    public abstract string DockerHost { get; }

    /// <summary>A script that writes $true once the session's namespace, which is new, takes pods.</summary>
    public virtual string TakesPods => HasAccount;

    /// <summary>Fails the test where the cluster needs what the lab lacks, or skips it. A fixture cannot skip; a test can.</summary>
    protected abstract void Need();

    /// <summary>A session of its own that is connected to the cluster.</summary>
    public ModuleSession Connect(int width = 80, bool canPrompt = false)
    {
        Need();
        var session = new ModuleSession(width, canPrompt);
        session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", KubeConfigPath);
        return session;
    }

    /// <summary>What helps to see why a test failed: pods and events as the session sees them, and the end of the server's log where it is one of the module's.</summary>
    public static string Evidence(ModuleSession session)
    {
        var shown = session.Show("Get-KubePod -A; Get-KubeEvent -A");
        var logs = session.Run("$server = @(Get-KubeNamespace default)[0].Connection.Server; Get-KubeCluster | Where-Object Server -eq $server | ForEach-Object LogPath");
        return shown + string.Join('\n', logs.SelectMany(path => File.ReadLines((string)path.BaseObject).TakeLast(LogLines)));
    }

    /// <summary>Repeats a script until it writes $true.</summary>
    public static void WaitUntil(ModuleSession session, string condition, int seconds = 120)
    {
        var end = DateTime.UtcNow.AddSeconds(seconds);
        while (session.Run(condition) is not [{ BaseObject: true }])
        {
            if (DateTime.UtcNow > end) Assert.Fail($"Not true within {seconds} s: {condition}\n{Evidence(session)}");
            Thread.Sleep(100);
        }
    }
}
