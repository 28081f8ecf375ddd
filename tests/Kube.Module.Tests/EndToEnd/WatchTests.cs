using Kube.Module.Tests.Help;

namespace Kube.Module.Tests.EndToEnd;

public sealed class EmbeddedWatchTests(SimulatedCluster cluster) : WatchTests(cluster), IClassFixture<SimulatedCluster>;

[Collection("kubernetes")]
public sealed class KubernetesWatchTests(KubernetesCluster cluster) : WatchTests(cluster);

public abstract class WatchTests : EndToEndTests
{
    const string Show = " | ForEach-Object { \"$($_.Type) $($_.Object.Kind)/$($_.Object.Name)\" }";

    protected WatchTests(TestCluster cluster) : base(cluster) => Run("Import-Module $args[0]", ExampleCluster.ShellCommands);

    void Make(params string[] names) => Run("$args[0] | ForEach-Object { $null = New-KubeConfigMap $_ -Data @{ n = '0' } }", [names]);

    [Fact]
    public void Each_change_comes_once_and_in_order()
    {
        Make("a");

        // Each event makes the next change.
        var told = Text("""
            Watch-KubeResource cm a -IncludeInitial -Until { $_.Object.data.n -eq '20' } -TimeoutSec 120 | ForEach-Object {
                "$($_.Type)=$($_.Object.data.n)"
                if ($_.Object.data.n -ne '20') { Update-KubeResource cm a @{ data = @{ n = "$([int] $_.Object.data.n + 1)" } } }
            }
            """);

        Assert.Equal("Added=0 " + string.Join(' ', Enumerable.Range(1, 20).Select(n => $"Modified={n}")), told);
    }

    [Fact]
    public void An_object_is_watched_from_the_state_in_which_it_was_read()
    {
        Run("$m = 'a', 'b', 'c' | ForEach-Object { New-KubeConfigMap $_ -Data @{ n = '0' } }; Update-KubeResource cm a @{ data = @{ n = '1' } }; Remove-KubeResource cm b");

        Assert.Equal(["Deleted ConfigMap/b 0", "Modified ConfigMap/a 1"],
            Run("$m | Watch-KubeResource | Select-Object -First 2 | ForEach-Object { \"$($_.Type) ConfigMap/$($_.Object.Name) $($_.Object.data.n)\" }").Select(line => line.ToString()).Order());
        Assert.Empty(Run("$m[2] | Watch-KubeResource -TimeoutSec 1"));
        Assert.Equal("Added ConfigMap/c", Text("$m[2] | Watch-KubeResource -IncludeInitial -Until { $true }" + Show));
    }

    [Theory]
    [InlineData("cm,svc -l app=web", "Added ConfigMap/a Added Service/s")]
    [InlineData("cm/a,svc/s", "Added ConfigMap/a Added Service/s")]
    [InlineData("cm a*", "Added ConfigMap/a")]
    [InlineData("cm a, nobody", "Added ConfigMap/a")]
    [InlineData("cm -FieldSelector metadata.name=b", "Added ConfigMap/b")]
    [InlineData("configmaps -AllNamespaces -l only=here", "Added ConfigMap/b")]
    [InlineData("cm b -AllNamespaces", "Added ConfigMap/b")]
    public void Kinds_names_and_selectors_say_what_is_watched(string what, string told)
    {
        Run("""
            $null = New-KubeResource -Manifest '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, labels: { app: web } } }'
            $null = New-KubeResource -Manifest '{ apiVersion: v1, kind: ConfigMap, metadata: { name: b, labels: { only: here } } }'
            $null = New-KubeResource -Manifest '{ apiVersion: v1, kind: Service, metadata: { name: s, labels: { app: web } }, spec: { ports: [{ port: 80 }] } }'
            """);

        // Other tests' objects come and go beside. What is changed once all is told is told last: then nothing else can come of what there was.
        var script = $$"""
            param($place, $count)
            $n = 0
            Watch-KubeResource {{what}} -IncludeInitial -TimeoutSec 120 -Until { $_.Type -eq 'Modified' -and $_.Object.Namespace -eq $place } | Where-Object { $_.Object.Namespace -eq $place } | ForEach-Object {
                "$($_.Type) $($_.Object.Kind)/$($_.Object.Name)"
                if (++$n -eq $count) { $_.Object | Update-KubeResource -Patch @{ metadata = @{ annotations = @{ seen = 'yes' } } } -PatchType Merge }
            }
            """;
        var lines = Run(script, Namespace, told.Split(' ').Length / 2).Select(line => line.ToString()).ToArray();
        Assert.Equal(told, string.Join(' ', lines[..^1].Order()));
        Assert.StartsWith("Modified ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_leaves_the_selection_is_gone_and_one_that_comes_into_it_is_new()
    {
        Run("$null = New-KubeResource -Manifest '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, labels: { app: web } } }'");

        var told = Text("""
            $turn = 0
            Watch-KubeResource cm -l app=web -IncludeInitial -TimeoutSec 120 | ForEach-Object {
                "$($_.Type)"
                $turn++
                if ($turn -le 3) { Update-KubeResource cm a @{ metadata = @{ labels = @{ app = @('other', 'web', 'other')[$turn - 1] } } } }
                if ($turn -eq 1) { $null = New-KubeResource -Manifest '{ apiVersion: v1, kind: ConfigMap, metadata: { name: unseen } }' }
            } | Select-Object -First 2
            """);

        Assert.Equal("Added Deleted", told);
    }

    [Fact]
    public void Until_ends_it_and_time_that_is_up_is_an_error_then_alone()
    {
        Make("a");

        Assert.Equal("Added ConfigMap/a", Text("Watch-KubeResource cm a -IncludeInitial -Until { $_.Type -eq 'Added' }" + Show));
        Assert.Empty(Run("Watch-KubeResource cm a -TimeoutSec 1"));
        Assert.Contains("nothing has happened", Refused("KubeWaitTimeout", "Watch-KubeResource cm a -Until { $true } -TimeoutSec 1").Exception.Message);
        Assert.Contains("Added of configmap/a", Refused("KubeWaitTimeout", "Watch-KubeResource cm a -IncludeInitial -Until { $false } -TimeoutSec 4").Exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("mine", Session.RunForError("Watch-KubeResource cm a -IncludeInitial -Until { throw 'mine' }").Exception.Message);
    }

    [Theory]
    [InlineData("Watch-KubePod -AllNamespaces -Namespace x", "KubeParameterInvalid")]
    [InlineData("Watch-KubePod a -LabelSelector app", "KubeParameterInvalid")]
    [InlineData("Watch-KubeResource", "KubeParameterInvalid")]
    [InlineData("Watch-KubeResource nonsense", "KubeUnknownKind")]
    [InlineData("Watch-KubePod -LabelSelector 'a in ('", "KubeInvalid")]
    [InlineData("Watch-KubePod -FieldSelector 'spec.nonsense=1'", "KubeInvalid")]
    [InlineData("Get-KubeResource cm kube-root* | Watch-KubePod", "KubeWrongKind")]
    public void What_cannot_be_meant_is_refused(string command, string id)
    {
        Make("kube-root");
        Assert.StartsWith(id + ",", Session.RunForError(command + " -ErrorAction Stop").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_is_followed_from_its_creation_and_a_workload_means_its_pods()
    {
        Run("$null = New-KubePod -Name web -Image $image -Command sleep, 1000 | Watch-KubePod -Until { $_.Object.State -eq 'Running' } -TimeoutSec 120");
        Run("$d = New-KubeDeployment many $image -Replicas 2 -Command sleep, 1000");

        Assert.Equal("many many", Text("$d | Watch-KubePod -IncludeInitial -TimeoutSec 120 | Where-Object Type -eq Added | Select-Object -First 2 | ForEach-Object { $_.Object.Labels['app'] }"));
        Assert.Equal("web", Text("Get-KubeNamespace $args[0] | Watch-KubePod -IncludeInitial -Until { $_.Object.Name -eq 'web' } | Where-Object { $_.Object.Name -eq 'web' } | ForEach-Object { $_.Object.Name }", Namespace));
    }
}
