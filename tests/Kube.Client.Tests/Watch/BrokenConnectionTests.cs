using System.Collections.Concurrent;
using System.Text;
using Kube.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace Kube.Tests.Watch;

/// <summary>An informer whose connections break off on the way, by a real proxy in front of a real server.</summary>
public sealed class BrokenConnectionTests : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly ConcurrentQueue<string> _told = [];
    readonly CancellationTokenSource _stop = new();
    volatile int _last;
    TestApi? _server;

    /// <summary>A node that changes with each version, from 1 on.</summary>
    static string Node(int version) => $$$"""{"kind":"Node","apiVersion":"v1","metadata":{"name":"n","uid":"u","resourceVersion":"{{{version}}}"}}""";

    async Task<TestApi> StartAsync(bool secure) => _server = await TestApi.StartAsync(secure, async context =>
    {
        context.Response.ContentType = "application/json";
        if (!context.Request.Query.TryGetValue("resourceVersion", out var from))
        {
            await context.Response.WriteAsync($$$"""{"metadata":{"resourceVersion":"{{{_last}}}"},"items":[{{{Node(_last)}}}]}""");
            return;
        }
        for (var told = int.Parse(from!); !context.RequestAborted.IsCancellationRequested;)
        {
            while (told < _last) await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($$$"""{"type":"MODIFIED","object":{{{Node(++told)}}}}""" + "\n"));
            await context.Response.Body.FlushAsync();
            await Task.Delay(5, context.RequestAborted);
        }
    });

    (Informer Informer, Task Run) Follow(CuttingProxy proxy)
    {
        var connection = new KubeConnection(_server!.Options() with { Server = proxy.Address, Ping = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) });
        var informer = new Informer(new KubeApi(connection), KubeResources.Nodes, null, new());
        return (informer, informer.RunAsync(change => _told.Enqueue(change.Object.ResourceVersion!), _stop.Token));
    }

    static async Task UntilAsync(Func<bool> condition)
    {
        for (var end = DateTime.UtcNow + Patience; !condition(); await Task.Delay(10)) Assert.True(DateTime.UtcNow < end, "It did not come.");
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Every_change_is_told_once_and_in_order_however_often_it_breaks_off(bool secure, bool reset)
    {
        _last = 1;
        using var proxy = new CuttingProxy((await StartAsync(secure)).Address);
        var (informer, run) = Follow(proxy);
        await informer.Synced.WaitAsync(Patience);
        var chance = new Random(7);
        for (var round = 0; round < 8; round++)
        {
            _last++;
            proxy.Cut(reset);
            _last++;
            await UntilAsync(() => _told.Count == _last);
            proxy.CutAfter(chance.Next(60), reset);
            _last += 3;
            await UntilAsync(() => _told.Count == _last);
        }
        Assert.Equal(Enumerable.Range(1, _last).Select(version => $"{version}"), _told);
        Assert.InRange(proxy.Accepted, 17, int.MaxValue);
        Assert.False(run.IsCompleted);
    }

    [Fact]
    public async Task Who_has_gone_without_a_word_is_found_out_and_asked_anew()
    {
        _last = 1;
        using var proxy = new CuttingProxy((await StartAsync(secure: true)).Address);
        var (informer, run) = Follow(proxy);
        await informer.Synced.WaitAsync(Patience);
        _last++;
        await UntilAsync(() => _told.Count == 2);

        proxy.FallSilent();
        _last++;
        proxy.Recover();

        await UntilAsync(() => _told.Count == 3);
        Assert.Equal(["1", "2", "3"], _told);
        Assert.False(run.IsCompleted);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_server is not null) await _server.DisposeAsync();
    }
}
