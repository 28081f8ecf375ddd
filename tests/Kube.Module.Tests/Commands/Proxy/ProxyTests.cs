namespace Kube.Module.Tests.Commands.Proxy;

public sealed class ProxyTests : IDisposable
{
    readonly ModuleSession _session = new();

    [Fact]
    public void A_proxy_is_started_used_listed_and_stopped()
    {
        _session.Run("$cluster = Start-KubeCluster -Name proxied -Runtime Simulated -InMemory; $null = New-KubePod -Name seen -Image busybox");
        var proxy = _session.RunForOne("Start-KubeProxy listed -ReadOnly");
        Assert.Empty(_session.Errors);
        Assert.Equal("Running", proxy.Properties["State"].Value.ToString());
        Assert.Equal("proxied", proxy.Properties["Cluster"].Value);
        Assert.NotEqual(_session.RunForOne("$cluster.Server").BaseObject, proxy.Properties["Server"].Value);
        Assert.Equal("seen", _session.RunForOne("$null = Connect-KubeCluster -KubeConfigPath (Get-KubeProxy listed).KubeConfigPath; (Get-KubePod seen).Name").BaseObject);
        Assert.Null(_session.RunForOne("Get-KubeProxy listed").Properties["Token"].Value);
        Assert.NotNull(_session.RunForOne("Get-KubeProxy listed -IncludeToken").Properties["Token"].Value);

        Assert.Equal("KubeProxyRunning", _session.RunForOne("try { Start-KubeProxy listed -Connection $cluster } catch { $_.FullyQualifiedErrorId.Split(',')[0] }").BaseObject);
        Assert.Equal("KubeProxyStartFailed", _session.RunForOne("try { Start-KubeProxy other -Connection $cluster -AcceptPath '(' } catch { $_.FullyQualifiedErrorId.Split(',')[0] }").BaseObject);
        Assert.Empty(_session.Run("Get-KubeProxy othe[r]"));
        Assert.Equal("Stopped", _session.RunForOne("Stop-KubeProxy listed -PassThru").Properties["State"].Value.ToString());
        Assert.Equal("KubeProxyNotFound", _session.RunForOne("Stop-KubeProxy listed -Remove; try { Get-KubeProxy listed -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }").BaseObject);
    }

    [Fact]
    public void A_connection_without_a_kubeconfig_is_handed_on_and_its_secret_is_written_nowhere_for_good()
    {
        _session.Run("$cluster = Start-KubeCluster -Name proxied -Runtime Simulated -InMemory; $null = New-KubePod -Name seen -Image busybox");
        var token = (string)_session.RunForOne("(Get-KubeCluster proxied -IncludeToken).Token").BaseObject;
        _session.Run("""
            Disconnect-KubeCluster
            $null = Connect-KubeCluster proxied-by-address -Uri $cluster.Server -Token $args[0] -CertificateAuthority $cluster.CertificateAuthorityPath
            """, SecureText.Of(token));
        Assert.Empty(_session.Errors);

        Assert.Equal("KubeProxyStartFailed", _session.RunForOne("try { Start-KubeProxy listed-not -AcceptPath '(' } catch { $_.FullyQualifiedErrorId.Split(',')[0] }").BaseObject);
        Assert.Empty(_session.Run("Get-KubeProxy listed-no[t]"));
        var proxy = _session.RunForOne("Start-KubeProxy listed-by-address -Verbose");

        Assert.Empty(_session.Errors);
        Assert.All(_session.Messages, message => Assert.DoesNotContain(token, message, StringComparison.Ordinal));
        Assert.Equal("proxied-by-address", proxy.Properties["Cluster"].Value);
        Assert.Equal("seen", _session.RunForOne("$null = Connect-KubeCluster -KubeConfigPath (Get-KubeProxy listed-by-address).KubeConfigPath; (Get-KubePod seen).Name").BaseObject);
        if (OperatingSystem.IsLinux()) Assert.DoesNotContain(token, File.ReadAllText($"/proc/{proxy.Properties["ProcessId"].Value}/cmdline"), StringComparison.Ordinal);
        _session.Run("Stop-KubeProxy listed-by-address");
        var files = Directory.GetFiles((string)proxy.Properties["DataPath"].Value, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(token, File.ReadAllText(file), StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _session.Run("Get-KubeProxy listed* | Stop-KubeProxy -Remove; Stop-KubeCluster proxied -Remove -Confirm:$false");
        _session.Dispose();
    }
}
