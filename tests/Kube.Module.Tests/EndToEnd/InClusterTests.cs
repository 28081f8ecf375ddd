using System.Diagnostics;
using Kube.Module.Tests.Commands.Connection;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>The cluster around a pod, as a script in the pod finds it: the files that the kubelet mounts are at their place, in a view of the file system that the test alone has.</summary>
public sealed class InClusterTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>
{
    const string Mount = "/var/run/secrets/kubernetes.io/serviceaccount";

    [Fact]
    public async Task A_script_in_a_pod_is_connected_as_its_service_account_and_follows_the_tokens_rotation()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && await RunAsync("true", []) is (0, _), "needs a system on which file systems may be mounted for one process (unshare)");
        using var session = cluster.Connect();
        using var place = new Place(session, cluster);
        session.Run("$null = New-KubeConfigMap settings -Data @{ from = 'inside' }");
        var known = KnownCluster.Of(session, cluster.KubeConfigPath);
        var files = Directory.CreateDirectory(Path.Combine(TestHome.Path, "in-cluster")).FullName;
        await File.WriteAllTextAsync(Path.Combine(files, "token"), "of-yesterday", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(files, "namespace"), place.Name, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(files, "ca.crt"), known.AuthorityPem, TestContext.Current.CancellationToken);
        var script = Path.Combine(files, "script.ps1");
        await File.WriteAllTextAsync(script, $$"""
            "context $((Get-KubeContext -Current).Name)"
            try { Get-KubeConfigMap settings -ErrorAction Stop } catch { "refused $($_.FullyQualifiedErrorId.Split(',')[0])" }
            [IO.File]::WriteAllText('{{Mount}}/token', $env:TOKEN_OF_TODAY + "`n")
            "data $((Get-KubeConfigMap settings).data.from)"
            "namespace $((Get-KubeConfigMap settings -Context in-cluster).Namespace)"
            "usable $((Test-KubeConnection).IsUsable)"
            """, TestContext.Current.CancellationToken);

        var shell = Path.Combine(ModuleSession.RepositoryRoot, "src", "Kube.Shell", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Kube.Shell.dll");
        var (status, output) = await RunAsync($"mkdir -p {Mount} && cp '{files}'/* {Mount} && exec dotnet '{shell}' -File '{script}'", new()
        {
            ["KUBECONFIG"] = Path.Combine(files, "none"),
            ["KUBERNETES_SERVICE_HOST"] = known.Server.Host,
            ["KUBERNETES_SERVICE_PORT"] = known.Server.Port.ToString(),
            ["TOKEN_OF_TODAY"] = known.Token!,
        });

        Assert.Equal(["context in-cluster", "refused KubeUnauthorized", "data inside", $"namespace {place.Name}", "usable True"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line.Split(' ')[0] is "context" or "refused" or "data" or "namespace" or "usable"));
        Assert.Equal(0, status);
    }

    /// <summary>Runs a script of sh that sees an empty /var/run of its own.</summary>
    static async Task<(int Status, string Output)> RunAsync(string script, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("unshare", ["--mount", "sh", "-c", $"mount -t tmpfs none /var/run && {script}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await process.WaitForExitAsync(bound.Token);
        return (process.ExitCode, await output + await error);
    }
}
