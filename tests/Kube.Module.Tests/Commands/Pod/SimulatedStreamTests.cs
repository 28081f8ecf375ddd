using System.Diagnostics;

namespace Kube.Module.Tests.Commands.Pod;

/// <summary>Logs, commands, copies and forwards where no container runs.</summary>
public sealed class SimulatedStreamTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();

    const string New = """
        function New-Simulated($Name, $Annotations) {
            $null = New-KubePod -InputObject @{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = $Name; labels = @{ app = 'try' }; annotations = $Annotations }
                spec = @{ containers = @(@{ name = 'c'; image = 'x'; ports = @(@{ name = 'web'; containerPort = 8080 }) }) } }
        }
        """;

    [Fact]
    public void Two_hundred_pods_are_asked_a_few_at_a_time_and_all_answer()
    {
        using var place = new Place(_session, cluster);
        _session.Run(New + "1..200 | ForEach-Object { New-Simulated \"p$_\" @{ 'kube.simulated/exec-output' = \"out $_\" } }");
        TestCluster.WaitUntil(_session, "@(Get-KubePod | Where-Object Phase -eq Running).Count -eq 200", 300);

        var results = _session.Run("Get-KubePod | Invoke-KubeCommand -ThrottleLimit 7 -AsResult -- hostname");

        Assert.Empty(_session.Errors);
        Assert.Equal(Enumerable.Range(1, 200).Select(i => $"p{i} out {i} 0").Order(), results.Select(r => $"{r.Properties["Pod"].Value} {r.Properties["Output"].Value} {r.Properties["ExitCode"].Value}").Order());
        // As many logs come as one.
        Assert.Equal(200, _session.Run("Get-KubePod | Get-KubeLog -Raw").Count);
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void A_large_log_comes_whole()
    {
        using var place = new Place(_session, cluster);
        _session.Run(New + "New-Simulated big @{ 'kube.simulated/log-lines' = '50000' }; $null = Wait-KubePod big -TimeoutSec 120");
        Assert.Equal("50001 00000001 of 50000", _session.RunForOne("$all = Get-KubeLog big -Raw; \"$($all.Count) $($all[1].Substring(0, 17))\"").ToString());
        Assert.Equal("50001", _session.RunForOne("@(Get-KubeLog big).Count").ToString());
        Assert.Equal("00050000", _session.RunForOne("(Get-KubeLog big -Tail 1 -Raw).Substring(0, 8)").ToString());
        var clock = Stopwatch.StartNew();
        Assert.Equal(3, _session.Run("foreach ($once in 1) { $n = 0; Get-KubeLog big -Follow | ForEach-Object { $_; if (++$n -ge 3) { break } } }").Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Nothing_seems_to_be_copied_where_there_are_no_files()
    {
        using var place = new Place(_session, cluster);
        _session.Run(New + "'aa', 'bb', 'cc' | ForEach-Object { New-Simulated $_ @{} }; $null = Wait-KubePod aa, bb, cc -TimeoutSec 120");
        var file = Path.GetTempFileName();
        try
        {
            Assert.Empty(_session.Run("Get-KubePod | Copy-KubeItem $args[0] /tmp -ThrottleLimit 2 -PassThru", file));
            Assert.Equal(3, _session.Errors.Count);
            Assert.All(_session.Errors, error => Assert.StartsWith("KubeCopyFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
            Assert.All(_session.Errors, error => Assert.Contains("has no tar", error.Exception.Message, StringComparison.Ordinal));
            _session.Run("Copy-KubeItem aa:/tmp/x $args[0]", Path.GetTempPath());
            Assert.StartsWith("KubeCopyFailed,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Ports_are_known_by_name()
    {
        using var place = new Place(_session, cluster);
        _session.Run(New + """
            New-Simulated a @{}; $null = Wait-KubePod a -TimeoutSec 120
            $null = New-KubeResource -Manifest '{"apiVersion":"v1","kind":"Service","metadata":{"name":"front"},"spec":{"selector":{"app":"try"},"ports":[{"name":"http","port":80,"targetPort":"web"}]}}'
            """);
        try
        {
            Assert.Equal("8080 80", string.Join(' ', _session.Run("(Start-KubePortForward a :web).Remote; (Start-KubePortForward -Service front :http).Remote")));
            Assert.Empty(_session.Errors);
            _session.Run("Start-KubePortForward a :other");
            var error = Assert.Single(_session.Errors);
            Assert.StartsWith("KubeInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("no port of the name 'other'; it has web", error.Exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            _session.Run("Get-KubePortForward | Stop-KubePortForward");
        }
    }

    [Theory]
    [InlineData("Get-KubeLog a -Since 1:00 -SinceTime ([datetime]::Now)")]
    [InlineData("Get-KubeLog a -Since 0:00")]
    [InlineData("Get-KubeLog a -Follow -Previous")]
    [InlineData("Get-KubeLog a -AllContainers -Container c")]
    public void What_does_not_go_together_is_refused(string script) =>
        Assert.StartsWith("KubeParameterInvalid,", _session.RunForError(script).FullyQualifiedErrorId, StringComparison.Ordinal);

    public void Dispose() => _session.Dispose();
}
