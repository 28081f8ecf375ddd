using System.Collections.Concurrent;
using Kube.Module.Tests.Commands.Connection;
using Kube.Tests.Watch;

namespace Kube.Module.Tests.Watching;

/// <summary>Watches and waits on a connection that breaks off on the way.</summary>
public sealed class BrokenWatchTests : IClassFixture<SimulatedCluster>, IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly ModuleSession _session;
    readonly ModuleSession _far = new();
    readonly Place _place;
    readonly CuttingProxy _proxy;

    public BrokenWatchTests(SimulatedCluster cluster)
    {
        _session = cluster.Connect();
        _place = new Place(_session, cluster);
        _proxy = FarSession.Connect(_far, _session, cluster.KubeConfigPath, _place.Name);
        Run("$null = New-KubeConfigMap counter -Data @{ n = '0' }");
    }

    void Run(string script, params object?[] arguments)
    {
        _session.Run(script, arguments);
        Assert.Empty(_session.Errors);
    }

    void Count(int n) => Run("Update-KubeResource cm counter @{ data = @{ n = \"$($args[0])\" } }", n);

    static async Task UntilAsync(Func<bool> condition)
    {
        for (var end = DateTime.UtcNow + Patience; !condition(); await Task.Delay(20)) Assert.True(DateTime.UtcNow < end, "It did not come.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_watch_tells_every_change_once_and_in_order(bool reset)
    {
        var told = new ConcurrentQueue<string>();
        var watch = Task.Run(() => _far.Run("$told = $args[0]; Watch-KubeResource cm counter -IncludeInitial -Until { $_.Object.data.n -eq 'end' } | ForEach-Object { $told.Enqueue(\"$($_.Type)=$($_.Object.data.n)\") }", told));
        await UntilAsync(() => !told.IsEmpty);
        var (n, chance) = (0, new Random(11));
        for (var round = 0; round < 6; round++)
        {
            Count(++n);
            _proxy.Cut(reset);
            Count(++n);
            await UntilAsync(() => told.Count == n + 1);
            // In the middle of what tells the next change.
            _proxy.CutAfter(chance.Next(300), reset);
            Count(++n);
            await UntilAsync(() => told.Count == n + 1);
        }
        Run("Update-KubeResource cm counter @{ data = @{ n = 'end' } }");
        await watch.WaitAsync(Patience);

        Assert.Equal(["Added=0", .. Enumerable.Range(1, n).Select(number => $"Modified={number}"), "Modified=end"], told);
        Assert.Empty(_far.Errors);
        Assert.InRange(_proxy.Accepted, 13, int.MaxValue);
    }

    [Theory]
    [InlineData("Wait-KubeResource cm counter -For { $seen.Enqueue($_.data.n); $_.data.n -eq 9 } -TimeoutSec 90")]
    [InlineData("@(Watch-KubeResource cm counter -IncludeInitial -Until { $seen.Enqueue($_.Object.data.n); $_.Object.data.n -eq 9 } -TimeoutSec 90)[-1]")]
    public async Task What_is_waited_for_comes_through_all_the_same(string command)
    {
        var seen = new ConcurrentQueue<string>();
        var wait = Task.Run(() => _far.Run("$seen = $args[0]; " + command, seen));
        // Once it has begun: what breaks off before the first list is an error.
        await UntilAsync(() => !seen.IsEmpty || wait.IsCompleted);
        for (var cut = 1; cut <= 3; cut++)
        {
            await UntilAsync(() => _proxy.Open > 0 || wait.IsCompleted);
            _proxy.Cut(reset: true);
            Count(cut);
        }
        Count(9);

        var came = await wait.WaitAsync(Patience);
        Assert.Empty(_far.Errors);
        Assert.Single(came);
    }

    [Theory]
    [InlineData("Watch-KubeResource cm", false)]
    [InlineData("Watch-KubeResource cm", true)]
    [InlineData("Watch-KubePod -AllNamespaces -IncludeInitial", true)]
    [InlineData("Wait-KubeResource cm nobody -For Created", false)]
    [InlineData("Wait-KubePod nobody -For Created", true)]
    [InlineData("Get-KubeResource cm", true)]
    public async Task Ctrl_C_ends_it_at_once_on_a_silent_connection_too(string command, bool silent)
    {
        // What the kind is may be known already; how the connection stands is what counts.
        _far.Run("$null = Get-KubeResource cm");
        if (silent) _proxy.FallSilent();
        var before = _proxy.Accepted;

        var end = await _far.InterruptAsync(command, async () =>
        {
            if (!silent) await UntilAsync(() => _proxy.Accepted > before);
            // Wherever it has come to by then.
            await Task.Delay(300);
        });

        // On a machine that has other things to do.
        Assert.InRange(end, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Time_that_is_up_ends_it_on_a_silent_connection_too()
    {
        _far.Run("$null = Get-KubeResource cm");
        _proxy.FallSilent();

        Assert.Empty(_far.Run("Watch-KubeResource cm -TimeoutSec 1"));
        Assert.Empty(_far.Errors);
        Assert.Empty(_far.Run("Wait-KubeResource cm counter -For Deleted -TimeoutSec 1"));
        Assert.StartsWith("KubeWaitTimeout,", Assert.Single(_far.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _proxy.Dispose();
        _far.Dispose();
        _place.Dispose();
        _session.Dispose();
    }
}
