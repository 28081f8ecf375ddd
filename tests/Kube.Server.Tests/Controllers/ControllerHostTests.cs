using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kube.Server.Controllers;
using Kube.Server.Kinds;
using Kube.Server.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kube.Server.Tests.Controllers;

public class ControllerHostTests
{
    [Fact]
    public async Task Each_kind_is_copied_once_whoever_of_the_controllers_wants_it()
    {
        await using var api = await TestApi.StartAsync();
        using var connection = new KubeConnection(new KubeConnectionOptions { Server = api.Address, Name = "test" });
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        using var stop = new CancellationTokenSource();
        var run = new ControllerHost(new KubeApi(connection), authority, NullLoggerFactory.Instance).RunAsync(stop.Token);
        // Of these two others want one object of each namespace alone.
        string[] narrowed = ["serviceaccounts", "configmaps"];
        var kinds = KindRegistry.BuiltIn.Kinds.Where(k => k.Has("watch") && k.Plural != "events").ToList();
        var wanted = kinds.Count + narrowed.Length;
        for (var i = 0; i < 3000 && Watches().Count < wanted && !run.IsCompleted; i++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        var watches = Watches();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(wanted, watches.Count);
        Assert.All(kinds, kind => Assert.Single(watches, w => w.EndsWith("/" + kind.Plural, StringComparison.Ordinal) && w.Contains(kind.ApiVersion, StringComparison.Ordinal)));

        List<string> Watches() => [.. api.Requests.Where(r => r.Contains("watch=", StringComparison.Ordinal))
            .Select(r => r.Contains("fieldSelector", StringComparison.Ordinal) ? r[..r.IndexOf('?')] + " narrowed" : r[..r.IndexOf('?')])];
    }
}
