using Kube.Module.Tests.Help;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>The server's columns of kinds that have no type of their own.</summary>
public abstract class ColumnTests : EndToEndTests
{
    protected ColumnTests(TestCluster cluster) : base(cluster)
    {
        // The bare engine cannot read views anew, nor Format-Table.
        Session.Run("Import-Module $args[0]", ExampleCluster.ShellCommands);
        Run("""
            $null = New-KubeResource -Manifest '{ apiVersion: apps/v1, kind: ReplicaSet, metadata: { name: none }, spec: { replicas: 0, selector: { matchLabels: { app: none } }, template: { metadata: { labels: { app: none } }, spec: { containers: [{ name: c, image: "example.com/none:1" }] } } } }'
            """);
    }

    [Theory]
    [InlineData("Get-KubeResource rs none")]
    [InlineData("Get-KubeResource replicasets")]
    [InlineData("Get-KubeResource rs/none")]
    [InlineData("Get-KubeResource replicasets.v1.apps n*")]
    [InlineData("Get-KubeResource rs -l app!=x | Get-KubeResource")]
    [InlineData("Update-KubeResource rs none @{ metadata = @{ annotations = @{ a = 'b' } } } -PassThru")]
    [InlineData("(Watch-KubeResource rs -IncludeInitial | Select-Object -First 1).Object")]
    public void They_are_properties_with_types_wherever_the_object_is_from(string command)
    {
        Assert.Equal("none 0 0 0 Int32 True", Text($"$r = {command}; $r.Name, $r.Desired, $r.Current, $r.Ready, $r.Desired.GetType().Name, ($r.Age -is [timespan])"));
        Assert.Equal("Kube.KubeObject#ReplicaSet.v1.apps Kube.KubeObject System.Object", Text("$r.PSTypeNames"));
        Assert.Equal("none", Text("($r | Where-Object Desired -eq 0 | Select-Object Name, Containers | Where-Object Containers -eq 'c').Name"));
        Assert.Equal("c", Text("$r.Containers"));
    }

    [Fact]
    public void The_table_has_them_and_the_wide_one_those_of_less_weight()
    {
        string Head(string command) => string.Join(' ', Session.Show(command).Trim().Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal("Namespace Name Desired Current Ready Age", Head("Get-KubeResource rs"));
        Assert.Equal("Namespace Name Desired Current Ready Age Containers Images Selector", Head("Get-KubeResource rs | Format-Table -View wide"));
        Assert.Contains("Selector", Session.Show("Get-KubeResource rs | Format-List"), StringComparison.Ordinal);
        Assert.Equal("Namespace Name Ready State Restarts Age", Head("New-KubePod p -Image example.com/none:1 -DryRun | Out-Null; New-KubePod p -Image example.com/none:1"));
    }

    [Fact]
    public void They_are_listed_and_cannot_be_set_and_stay_out_of_the_document()
    {
        Run("$r = Get-KubeResource rs none");
        Assert.Contains("Desired", Run("$r.PSObject.Properties.Name").Select(item => item.ToString()));
        Assert.Contains("cannot be set", Session.RunForError("$r.Desired = 3").Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Desired", Text("$r | ConvertTo-KubeJson"), StringComparison.Ordinal);
        Assert.Equal("", Text("$r | Update-KubeResource"));
    }

    [Fact]
    public void Kinds_that_say_no_more_than_name_and_age_look_like_all_others()
    {
        Run("$null = New-KubeResource -Manifest '{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: none } }'");
        Assert.Contains("Kind", Session.Show("Get-KubeResource roles none"), StringComparison.Ordinal);
    }
}

public sealed class EmbeddedColumnTests(SimulatedCluster cluster) : ColumnTests(cluster), IClassFixture<SimulatedCluster>;

[Collection("kubernetes")]
public sealed class KubernetesColumnTests(KubernetesCluster cluster) : ColumnTests(cluster);
