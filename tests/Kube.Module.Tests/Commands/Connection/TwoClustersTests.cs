
namespace Kube.Module.Tests.Commands.Connection;

/// <summary>Two embedded servers under two contexts of one kubeconfig.</summary>
[Collection(nameof(PersistTests))]
public sealed class TwoClustersTests : IDisposable
{
    readonly ModuleSession _session = new();
    readonly string[] _names = ["one-" + Guid.NewGuid().ToString("n")[..6], "two-" + Guid.NewGuid().ToString("n")[..6]];
    readonly string? _before = Environment.GetEnvironmentVariable("KUBECONFIG");

    public TwoClustersTests()
    {
        var files = _names.Select(name => (string)_session.RunForOne($"Start-KubeCluster {name} -Runtime Simulated -InMemory").Properties["KubeConfigPath"].Value).ToArray();
        _session.Run("Disconnect-KubeCluster");
        Environment.SetEnvironmentVariable("KUBECONFIG", string.Join(Path.PathSeparator, files));
        _session.Run("Connect-KubeCluster $args[0]; $null = New-KubeConfigMap settings -Data @{ a = 'b' }; $global:one = $args[0]; $global:two = $args[1]", _names[0], _names[1]);
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void An_object_is_made_anew_where_the_command_says_and_removed_where_it_is()
    {
        _session.Run("Get-KubeConfigMap settings -Context $one | New-KubeConfigMap -Context $two");
        Assert.Empty(_session.Errors);
        Assert.Equal("b", _session.RunForOne("(Get-KubeConfigMap settings -Context $two).data.a").BaseObject);

        // The session means the one; the object is the other's.
        _session.Run("Get-KubeConfigMap settings -Context $two | Remove-KubeConfigMap -Confirm:$false");
        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Run("Get-KubeConfigMap setting* -Context $two"));
        Assert.Single(_session.Run("Get-KubeConfigMap setting*"));
    }

    [Theory]
    [InlineData("Remove-KubeConfigMap -Context $two -Confirm:$false")]
    [InlineData("Update-KubeResource -Patch @{ data = @{ a = 'c' } } -Context $two")]
    [InlineData("Remove-KubeConfigMap -Connection (Get-KubeNamespace default -Context $two).Connection -Confirm:$false")]
    public void An_object_of_one_cluster_is_not_changed_in_another(string command)
    {
        _session.Run($"Get-KubeConfigMap settings -Context $one | New-KubeConfigMap -Context $two");
        Assert.StartsWith("KubeWrongConnection,", _session.RunForError($"Get-KubeConfigMap settings | {command} -ErrorAction Stop").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(["b", "b"], _session.Run("(Get-KubeConfigMap settings -Context $one).data.a; (Get-KubeConfigMap settings -Context $two).data.a").Select(item => (string)item.BaseObject));
    }

    [Fact]
    public void One_loop_reads_both_and_their_objects_tell_which()
    {
        var found = _session.Run("$one, $two | ForEach-Object { Get-KubeNamespace default -Context $_ } | ForEach-Object { $_.Connection.Name }");
        Assert.Equal(_names, found.Select(item => (string)item.BaseObject));
        Assert.Equal(2, _session.Run("(Test-KubeConnection $one, $two).Server").Select(item => item.BaseObject).Distinct().Count());
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("KUBECONFIG", _before);
        _session.Run("Stop-KubeCluster $args[0] -Remove -Confirm:$false; Stop-KubeCluster $args[1] -Remove -Confirm:$false", _names[0], _names[1]);
        _session.Dispose();
    }
}
