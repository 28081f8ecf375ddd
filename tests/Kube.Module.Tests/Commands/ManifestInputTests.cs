namespace Kube.Module.Tests.Commands;

public sealed class ManifestInputTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    const string Pod = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"here"},"spec":{"containers":[{"name":"c","image":"busybox"}]}}""";

    readonly ModuleSession _session = cluster.Connect();
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kube-input-");

    [Theory]
    [InlineData("[IO.FileInfo]::new($args[0]) | New-KubePod")]
    [InlineData("[IO.FileInfo]::new($args[0]).Directory | New-KubePod -Recurse")]
    [InlineData("[pscustomobject]@{ FullName = $args[0] } | New-KubePod")]
    [InlineData("[pscustomobject]@{ Path = $args[0] } | New-KubeResource")]
    [InlineData("New-KubePod -Manifest ([IO.File]::ReadAllLines($args[0]))")]
    public void Files_and_rows_from_the_pipeline_mean_the_manifests_that_they_name(string command)
    {
        using var place = new Place(_session, cluster);
        // A name that is no wildcard although it looks like one.
        var path = Path.Combine(_folder.FullName, "pod[1].json");
        File.WriteAllText(path, Pod);

        Assert.Equal("here", _session.RunForOne(command, path).Properties["Name"].Value);
    }

    [Theory]
    [InlineData("Import-KubeManifest $args[0]")]
    [InlineData("New-KubeResource $args[0]")]
    [InlineData("Set-KubeResource $args[0]")]
    public void A_path_needs_no_name_of_a_parameter(string command)
    {
        using var place = new Place(_session, cluster);
        var path = Path.Combine(_folder.FullName, "here.json");
        File.WriteAllText(path, Pod);

        Assert.Equal("here", _session.RunForOne(command, path).Properties["Name"].Value);
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData("'a: 1', 'b: ]' | ConvertFrom-KubeYaml", "KubeManifestInvalid")]
    [InlineData("Update-KubeResource pod x -Patch \"a: 1`nb: ]\"", "KubeParameterInvalid")]
    public void What_is_no_yaml_is_refused_by_its_line(string command, string id)
    {
        var error = _session.RunForError(command);

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("line 2, column ", error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'kind: Pod' | New-KubePod", "KubeParameterInvalid", "-Manifest")]
    [InlineData("[pscustomobject]@{ Uri = 'http://127.0.0.1:1/p.yaml' } | New-KubePod", "KubeManifestUnreachable", "http://127.0.0.1:1/p.yaml")]
    [InlineData("[IO.FileInfo]::new('/nowhere.yaml') | New-KubePod", "KubeManifestNotFound", "nowhere.yaml")]
    [InlineData("[pscustomobject]@{ apiVersion = 'v1'; kind = 'Pod' } | New-KubePod", "KubeManifestInvalid", "InputObject")]
    [InlineData("1 | New-KubePod", "KubeManifestInvalid", "Int32")]
    public void What_names_no_manifest_is_refused_with_its_reason(string command, string id, string said)
    {
        using var place = new Place(_session, cluster);

        var error = _session.RunForError(command);

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(said, error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Run("Get-KubePod"));
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }
}
