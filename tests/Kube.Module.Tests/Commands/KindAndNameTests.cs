namespace Kube.Module.Tests.Commands;

/// <summary>Names as kubectl writes them, behind their kind: they mean what the object would in the pipeline.</summary>
public sealed class KindAndNameTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();

    [Theory]
    [InlineData("Get-KubePod pod/web-one", "web-one")]
    [InlineData("Get-KubePod Pods/web-*", "web-one web-two")]
    [InlineData("Get-KubePod po/web-one -AllNamespaces | Where-Object Namespace -eq $place", "web-one")]
    [InlineData("Get-KubePod service/web", "web-one web-two")]
    [InlineData("Get-KubePod \"ns/$place\"", "other web-one web-two")]
    [InlineData("Get-KubeContainerStatus -Pod svc/web", "web-one web-two")]
    [InlineData("Get-KubeLog svc/web -Tail 1", "web-one web-two")]
    [InlineData("Get-KubeLog pod/other, svc/web -Tail 1", "other web-one web-two")]
    [InlineData("Invoke-KubeCommand -Pod pod/web-one -AsResult -- true", "web-one")]
    [InlineData("'in' | Invoke-KubeCommand -Pod svc/web -AsResult -- cat", "web-one web-two")]
    [InlineData("Wait-KubePod pod/web-one, svc/web -TimeoutSec 60", "web-one web-two")]
    [InlineData("Get-KubeEvent pod/web-one | ForEach-Object { $_.Object }", "pod/web-one")]
    [InlineData("Get-KubeResource pods pods/web-one", "web-one")]
    [InlineData("Remove-KubePod pod/other -PassThru", "other")]
    public void They_mean_what_the_object_would_in_the_pipeline(string command, string names)
    {
        using var place = Fill();

        var found = _session.Run($"$place = '{place.Name}'; {command} | ForEach-Object {{ if ($_ -is [string]) {{ $_ }} else {{ $_.Pod ?? $_.Name }} }}");

        Assert.Empty(_session.Errors);
        Assert.Equal(names, string.Join(' ', found.Select(name => (string)name.BaseObject).Distinct().Order()));
    }

    [Theory]
    [InlineData("Remove-KubePod svc/web", "KubeWrongKind", "'web' is of the kind Service, and Pod is wanted.")]
    [InlineData("Get-KubeService pod/web-one", "KubeWrongKind", "'web-one' is of the kind Pod, and Service is wanted.")]
    [InlineData("Get-KubePod svc/nobody", "KubeNotFound", "services \"nobody\" not found")]
    [InlineData("Get-KubeLog nonsense/web", "KubeUnknownKind", "the server has no resource type \"nonsense\"")]
    [InlineData("Get-KubePod svc/web -AllNamespaces", "KubeParameterInvalid", "leave -AllNamespaces out")]
    [InlineData("Get-KubeLog svc/w*", "KubeParameterInvalid", "'w*' has a wildcard")]
    [InlineData("Get-KubePod pod/a/b", "KubeInvalid", "'a/b' cannot be the name of a pod")]
    [InlineData("Get-KubeLog 100%", "KubeInvalid", "'100%' cannot be the name of a pod")]
    [InlineData("Get-KubeNode ..", "KubeInvalid", "'..' cannot be the name of a node")]
    [InlineData("Remove-KubePod a -Namespace b/c", "KubeInvalid", "'b/c' cannot be the name of a namespace")]
    [InlineData("New-KubePod a b -Namespace b/c", "KubeInvalid", "'b/c' cannot be the name of a namespace")]
    [InlineData("Copy-KubeItem ./x -ToPod svc/web -Destination /tmp", "KubeWrongKind", "'web' is of the kind Service, and Pod is wanted.")]
    public void What_cannot_be_meant_is_refused(string command, string id, string message)
    {
        using var place = Fill();

        var error = _session.RunForError($"{command} -ErrorAction Stop");

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, _session.Run("Get-KubePod").Count);
    }

    Place Fill()
    {
        var place = new Place(_session, cluster);
        _session.Run("""
            foreach ($name in 'web-one', 'web-two', 'other') {
                $null = New-KubePod -InputObject @{ apiVersion = 'v1'; kind = 'Pod'; metadata = @{ name = $name; labels = @{ app = $name.Split('-')[0] }; annotations = @{ 'kube.simulated/log-lines' = '2' } }
                    spec = @{ containers = @(@{ name = 'c'; image = 'x' }) } }
            }
            $null = New-KubeResource -Manifest '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}'
            Wait-KubePod web-*, other -TimeoutSec 60 | Out-Null
            """);
        Assert.Empty(_session.Errors);
        return place;
    }

    public void Dispose() => _session.Dispose();
}
