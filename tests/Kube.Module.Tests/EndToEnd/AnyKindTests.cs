namespace Kube.Module.Tests.EndToEnd;

public abstract class AnyKindTests(TestCluster cluster) : EndToEndTests(cluster)
{
    [Theory]
    [InlineData("Get-KubeResource cm,secrets settings*", "KubeParameterInvalid")]
    [InlineData("Get-KubeResource cm/a b", "KubeParameterInvalid")]
    [InlineData("Get-KubeResource nonsense,cm", "KubeUnknownKind")]
    public void What_cannot_be_meant_is_refused(string command, string id) =>
        Assert.StartsWith(id + ",", Session.RunForError(command + " -ErrorAction Stop").FullyQualifiedErrorId, StringComparison.Ordinal);

    [Theory]
    [InlineData("Get-KubeResource cm,svc -l app=web,tier=x", "ConfigMap/a Service/s")]
    [InlineData("Get-KubeResource cm/a,svc/s", "ConfigMap/a Service/s")]
    [InlineData("Get-KubeResource 'cm , svc' -LabelSelector 'app=web,tier=x'", "ConfigMap/a Service/s")]
    [InlineData("Get-KubeResource cm,cm -l tier", "ConfigMap/a")]
    [InlineData("Get-KubeResource all -l app=web", "Service/s")]
    [InlineData("Get-KubeResource configmaps.v1 a", "ConfigMap/a")]
    [InlineData("Get-KubeResource ConfigMap/a*", "ConfigMap/a")]
    [InlineData("Get-KubeResource deployments.v1.apps", "")]
    public void Several_kinds_categories_and_names_with_their_kind(string command, string wanted)
    {
        Run("""
            $null = New-KubeResource -Manifest '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, labels: { app: web, tier: x } } }'
            $null = New-KubeResource -Manifest '{ apiVersion: v1, kind: ConfigMap, metadata: { name: b, labels: { app: web } } }'
            $null = New-KubeResource -Manifest '{ apiVersion: v1, kind: Service, metadata: { name: s, labels: { app: web, tier: x } }, spec: { ports: [{ port: 80 }] } }'
            """);

        Assert.Equal(wanted, Text(command + " | ForEach-Object { \"$($_.Kind)/$($_.Name)\" }"));
    }

    [Fact]
    public void Manifests_become_objects_that_can_be_changed_and_set()
    {
        Assert.Equal("ConfigMap m", Text("$m = Import-KubeManifest -Manifest '{ apiVersion: v1, kind: ConfigMap, metadata: { name: m }, data: { a: b } }'; $m.Kind, $m.Name"));
        Refused("KubeNotFound", "Get-KubeResource cm m");
        Assert.Equal("c", Text("$m.data.a = 'c'; ($m | Set-KubeResource).data.a"));
    }

    [Fact]
    public void Yaml_becomes_objects_of_any_depth_and_back()
    {
        Assert.Equal("420 True 1_0 Pod", Text("$d = \"a: {b: 0644, c: yes, d: '1_0'}`n---`napiVersion: v1`nkind: Pod\" -split \"`n\" | ConvertFrom-KubeYaml; $d[0].a.b, $d[0].a.c, $d[0].a.d, $d[1].Kind"));
        Assert.Equal("1 2", Text("'[1, 2]' | ConvertFrom-KubeYaml"));
        Assert.StartsWith("KubeManifestInvalid,", Session.RunForError("'a: {' | ConvertFrom-KubeYaml").FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}

public sealed class EmbeddedAnyKindTests(SimulatedCluster cluster) : AnyKindTests(cluster), IClassFixture<SimulatedCluster>;

[Collection("kubernetes")]
public sealed class KubernetesAnyKindTests(KubernetesCluster cluster) : AnyKindTests(cluster);
