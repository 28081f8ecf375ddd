using System.Collections.Concurrent;
using System.Diagnostics;

namespace Kube.Module.Tests.Watching;

/// <summary>A watch whose server is killed and comes back with what it had written, and without its memory of changes.</summary>
public sealed class KilledServerTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    readonly ModuleSession _session = new();
    readonly ModuleSession _far = new();
    readonly string _name = "killed-" + Guid.NewGuid().ToString("n")[..6];

    int Start() => (int)_session.RunForOne($"Start-KubeCluster {_name} -Runtime Simulated").Properties["ProcessId"].Value;

    static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit(TimeSpan.FromSeconds(30));
    }

    void Run(string script, params object?[] arguments)
    {
        _session.Run(script, arguments);
        Assert.Empty(_session.Errors);
    }

    void Make(string name, int n) => Run("$null = New-KubeResource -Manifest $args[0]", $$$"""{ apiVersion: v1, kind: ConfigMap, metadata: { name: {{{name}}}, labels: { told: 'yes' } }, data: { count: '{{{n}}}' } }""");

    void Change(string name, int n) => Run("Update-KubeResource cm $args[0] @{ data = @{ count = \"$($args[1])\" } }", name, n);

    static async Task<string[]> TakeAsync(ConcurrentQueue<string> told, int count)
    {
        for (var end = DateTime.UtcNow + Patience; told.Count < count; await Task.Delay(20)) Assert.True(DateTime.UtcNow < end, $"There came only: {string.Join(", ", told)}");
        var taken = told.ToArray();
        told.Clear();
        return taken;
    }

    [Fact]
    public async Task Nothing_is_lost_or_told_twice_over_its_end()
    {
        var server = Start();
        var kubeConfig = (string)_session.RunForOne("(Get-KubeCluster $args[0]).KubeConfigPath", _name).BaseObject;
        using var proxy = FarSession.Connect(_far, _session, kubeConfig, "default");
        Make("a", 0);
        Make("b", 0);
        var told = new ConcurrentQueue<string>();
        var watch = Task.Run(() => _far.Run("$told = $args[0]; Watch-KubeResource cm -l told=yes -IncludeInitial -Until { $_.Object.Name -eq 'end' } | ForEach-Object { $told.Enqueue(\"$($_.Type) $($_.Object.Name)=$($_.Object.data.count)\") }", told));
        Assert.Equal(["Added a=0", "Added b=0"], await TakeAsync(told, 2));

        // It dies within a watch; what it had written stands, and is not told again.
        Change("a", 1);
        Assert.Equal(["Modified a=1"], await TakeAsync(told, 1));
        Kill(server);
        server = Start();
        Change("b", 1);
        Assert.Equal(["Modified b=1"], await TakeAsync(told, 1));

        // What happens while nobody hears of it is forgotten with the server: 410, and what is different is told.
        proxy.FallSilent();
        Change("a", 2);
        Change("a", 3);
        Run("Remove-KubeResource cm b -Confirm:$false");
        Make("c", 0);
        Kill(server);
        server = Start();
        proxy.Cut(reset: true);
        proxy.Recover();
        Assert.Equal(["Added c=0", "Deleted b=1", "Modified a=3"], (await TakeAsync(told, 3)).Order());

        Make("end", 0);
        await watch.WaitAsync(Patience);
        Assert.Equal(["Added end=0"], told);
        Assert.Empty(_far.Errors);
    }

    public void Dispose()
    {
        _session.Run("Stop-KubeCluster $args[0] -Remove -Confirm:$false", _name);
        _far.Dispose();
        _session.Dispose();
    }
}
