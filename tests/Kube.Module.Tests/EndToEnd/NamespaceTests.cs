namespace Kube.Module.Tests.EndToEnd;

public abstract class NamespaceTests(TestCluster cluster) : EndToEndTests(cluster)
{
    [Theory]
    [InlineData("Get-KubePod -Namespace nowhere")]
    [InlineData("Get-KubePod web* -n nowhere")]
    [InlineData("Get-KubePod -l app=web -n nowhere")]
    [InlineData("Get-KubeResource deployments -n nowhere")]
    [InlineData("Get-KubeConfigMap -n nowhere")]
    [InlineData("Remove-KubePod * -n nowhere")]
    [InlineData("Get-KubeContainerStatus -n nowhere")]
    public void A_namespace_that_is_not_there_is_an_error_that_names_it(string command)
    {
        var error = Refused("KubeNotFound", command);
        Assert.Contains("nowhere", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("nowhere", error.TargetObject);
    }

    [Theory]
    [InlineData("Get-KubePod")]
    [InlineData("Get-KubePod web*")]
    [InlineData("Get-KubePod -l app=web")]
    [InlineData("Get-KubeResource deployments -A -l app=nobody-has-this")]
    public void An_empty_one_is_silent(string command) => Assert.Empty(Run(command));

    [Theory]
    [InlineData("X y")]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a.b")]
    public void A_name_that_cannot_be_is_refused_by_name(string name)
    {
        var error = Session.RunForError("New-KubeNamespace $args[0] -ErrorAction Stop", name);
        Assert.Contains(name, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("line 1", error.Exception.Message, StringComparison.Ordinal);
    }
}

public sealed class EmbeddedNamespaceTests(SimulatedCluster cluster) : NamespaceTests(cluster), IClassFixture<SimulatedCluster>;

[Collection("kubernetes")]
public sealed class KubernetesNamespaceTests(KubernetesCluster cluster) : NamespaceTests(cluster);
