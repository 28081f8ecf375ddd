using System.Management.Automation;

namespace Kube.Module.Tests.Commands;

public sealed class GetTests(SimulatedCluster cluster) : IClassFixture<SimulatedCluster>, IDisposable
{
    readonly ModuleSession _session = cluster.Connect();

    [Fact]
    public void A_literal_name_that_is_missing_is_one_error_and_the_rest_goes_on()
    {
        using var place = new Place(_session, cluster);
        _session.Run("'one','two' | ForEach-Object { New-KubePod -Name $_ -Image busybox }");

        var pods = _session.Run("Get-KubePod one, wrong, two");

        Assert.Equal(["one", "two"], pods.Select(pod => (string)pod.Properties["Name"].Value));
        var error = Assert.Single(_session.Errors);
        Assert.Equal("KubeNotFound,Kube.Module.Commands.GetKubePodCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("pods/wrong", error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("Get-KubePod -Namespace {1} -Connection (Get-KubeCluster {0}) only")]
    [InlineData("$c = Get-KubeCluster {0}; [pscustomobject]@{{ Name = 'only'; Namespace = '{1}'; Connection = $c }} | Get-KubePod")]
    [InlineData("Get-KubePod -Namespace {1} -Connection (Connect-KubeCluster -KubeConfigPath (Get-KubeCluster {0}).KubeConfigPath) only")]
    public void A_cluster_of_ones_own_serves_as_connection_in_a_session_without_one(string command)
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubePod -Name only -Image busybox");
        using var other = new ModuleSession();

        Assert.Equal("only", other.RunForOne(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, cluster.Name, place.Name)).Properties["Name"].Value);
        Assert.Empty(other.Errors);
    }

    [Theory]
    [InlineData("Get-KubeNamespace {0} | Get-KubeResource cm one", "KubeParameterInvalid")]
    [InlineData("Get-KubeNamespace {0} | Get-KubePod one", "KubeParameterInvalid")]
    [InlineData("Get-KubePod one | Remove-KubePod two -Confirm:$false", "KubeParameterInvalid")]
    [InlineData("Get-KubePod one | Get-KubeLog two", "KubeParameterInvalid")]
    [InlineData("Get-KubePod one | Remove-KubePod -l app=web -Confirm:$false", "KubeParameterInvalid")]
    [InlineData("Get-KubePod one | Get-KubePod -FieldSelector status.phase=Running", "KubeParameterInvalid")]
    [InlineData("Get-KubePod one | Get-KubeLog -l app=web", "KubeParameterInvalid")]
    [InlineData("Get-KubePod one | Remove-KubePod -n default -Confirm:$false", "KubeNamespaceMismatch")]
    [InlineData("Get-KubePod one | Get-KubeEvent -Pod two", "KubeParameterInvalid")]
    [InlineData("Get-KubeEvent one -Pod two", "KubeParameterInvalid")]
    [InlineData("Set-KubeScale deploy/one -Replicas 2 -TimeoutSec 5", "KubeParameterInvalid")]
    [InlineData("Get-KubeNamespace {0} | Get-KubeResource configmap/one", "KubeParameterInvalid")]
    [InlineData("Get-KubePod one | Get-KubeResource cm", "KubeWrongKind")]
    [InlineData("Get-KubePod one | Remove-KubeResource cm -Confirm:$false", "KubeWrongKind")]
    [InlineData("Get-KubePod one | Remove-KubeResource cm,svc -Confirm:$false", "KubeWrongKind")]
    [InlineData("Get-KubePod one | Update-KubeResource cm -Patch @{{ metadata = @{{ labels = @{{ a = 'b' }} }} }}", "KubeWrongKind")]
    [InlineData("Get-KubePod one | Wait-KubeResource cm -TimeoutSec 1", "KubeWrongKind")]
    [InlineData("Get-KubePod one | Restart-KubeRollout deploy", "KubeWrongKind")]
    public void A_kind_or_name_that_is_typed_is_not_passed_over_for_what_comes_down_the_pipeline(string command, string id)
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubePod -Name one -Image busybox");

        var error = _session.RunForError($"& {{ $ErrorActionPreference = 'Stop'; {string.Format(System.Globalization.CultureInfo.InvariantCulture, command, place.Name)} }}");

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("one", _session.RunForOne("Get-KubePod").Properties["Name"].Value);
    }

    [Theory]
    [InlineData("Get-KubeNamespace {0} | Get-KubeResource cm", "ConfigMap/mine")]
    [InlineData("Get-KubeNamespace {0} | Get-KubeResource pods,cm | Where-Object Name -in one, mine", "Pod/one ConfigMap/mine")]
    [InlineData("Get-KubeNamespace {0} | Get-KubeResource ns", "Namespace/{0}")]
    [InlineData("Get-KubeNamespace {0} | Get-KubeResource", "Namespace/{0}")]
    [InlineData("Get-KubePod one | Get-KubeResource svc,pods", "Pod/one")]
    public void A_kind_that_is_typed_says_what_of_a_namespace_is_meant(string command, string found)
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubePod -Name one -Image busybox; New-KubeConfigMap mine @{ a = 'b' }");

        var objects = _session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, place.Name)).Where(item => (string)item.Properties["Name"].Value != "kube-root-ca.crt");

        Assert.Empty(_session.Errors);
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, found, place.Name), string.Join(' ', objects.Select(item => $"{item.Properties["Kind"].Value}/{item.Properties["Name"].Value}")));
    }

    [Fact]
    public void What_is_waited_for_is_found_in_all_namespaces()
    {
        using var place = new Place(_session, cluster);
        var label = "wait-" + Guid.NewGuid().ToString("n")[..8];
        _session.Run($"New-KubePod -Name one -Image busybox -Label @{{ app = '{label}' }}; New-KubePod -Name {label} -Image busybox");

        Assert.Equal("one", _session.RunForOne($"Wait-KubePod -A -l app={label} -TimeoutSec 120").Properties["Name"].Value);
        Assert.Equal(label, _session.RunForOne($"Wait-KubeResource pods {label} -AllNamespaces -TimeoutSec 120").Properties["Name"].Value);
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void Objects_of_several_kinds_are_of_one_type_that_has_one_table()
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubePod -Name one -Image busybox; New-KubeConfigMap one @{ a = 'b' }");

        var found = _session.Run("Get-KubeResource pod/one,configmap/one");

        Assert.Equal(["Pod", "ConfigMap"], found.Select(item => (string)item.Properties["Kind"].Value));
        Assert.All(found, item => Assert.Equal("Kube.KubeObject#SeveralKinds", item.TypeNames[0]));
        Assert.Equal("Kube.KubePod", _session.RunForOne("Get-KubeResource pod/one").TypeNames[0]);
        Assert.Equal("Kube.KubeConfigMap", _session.RunForOne("Get-KubeResource pod/one,configmap/one | Where-Object Kind -eq ConfigMap | Get-KubeConfigMap").TypeNames[0]);
        Assert.Empty(_session.Errors);
    }

    [Theory]
    [InlineData("Get-KubePod w*", "web-1 web-2")]
    [InlineData("Get-KubePod WEB-?", "web-1 web-2")]
    [InlineData("Get-KubePod *", "other web-1 web-2")]
    [InlineData("Get-KubePod", "other web-1 web-2")]
    [InlineData("Get-KubePod zz*", "")]
    [InlineData("Get-KubePod -LabelSelector app=web", "web-1 web-2")]
    [InlineData("Get-KubePod -l 'app in (web),n!=1'", "web-2")]
    [InlineData("Get-KubePod *-2 -l app=web", "web-2")]
    [InlineData("Get-KubePod -FieldSelector metadata.name=other", "other")]
    [InlineData("Get-KubeResource pods w*", "web-1 web-2")]
    [InlineData("Get-KubeResource po web-1", "web-1")]
    [InlineData("Get-KubeResource Pod -l app=web", "web-1 web-2")]
    [InlineData("Get-KubePod web-1 | Get-KubePod", "web-1")]
    [InlineData("[pscustomobject]@{ Name = 'web-2' } | Get-KubePod", "web-2")]
    [InlineData("[pscustomobject]@{ Name = 'web-2'; Kind = 'pod' } | Get-KubePod", "web-2")]
    public void Names_wildcards_selectors_and_input_find_the_same_pods(string command, string names)
    {
        using var place = new Place(_session, cluster);
        _session.Run("foreach ($n in 1, 2) { New-KubePod -Name web-$n -Image busybox -Label @{ app = 'web'; n = \"$n\" } }; New-KubePod -Name other -Image busybox");

        var found = _session.Run(command);

        Assert.Empty(_session.Errors);
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), found.Select(pod => (string)pod.Properties["Name"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_namespace_a_node_a_controller_and_a_service_mean_their_pods()
    {
        using var place = new Place(_session, cluster);
        _session.Run("""
            New-KubeReplicationController -Manifest '{"apiVersion":"v1","kind":"ReplicationController","metadata":{"name":"rc"},"spec":{"replicas":2,"selector":{"app":"rc"},"template":{"metadata":{"labels":{"app":"rc"}},"spec":{"containers":[{"name":"c","image":"busybox"}]}}}}'
            New-KubeService -Manifest '{"apiVersion":"v1","kind":"Service","metadata":{"name":"svc"},"spec":{"selector":{"app":"rc"},"ports":[{"port":80}]}}'
            New-KubePod -Name lone -Image busybox
            """);
        TestCluster.WaitUntil(_session, "@(Get-KubePod | Where-Object Node).Count -eq 3");

        Assert.Equal(2, _session.Run("Get-KubeReplicationController rc | Get-KubePod").Count);
        Assert.Equal(2, _session.Run("Get-KubeService svc | Get-KubePod").Count);
        Assert.Equal(3, _session.Run($"Get-KubeNamespace {place.Name} | Get-KubePod").Count);
        Assert.Equal(3, _session.Run($"Get-KubeNode | Get-KubePod | Where-Object Namespace -eq {place.Name}").Count);
        Assert.Equal(2, _session.Run("Get-KubeReplicationController rc | Get-KubeContainerStatus").Count);
    }

    [Theory]
    [InlineData("Get-KubeNamespace default | Remove-KubePod")]
    [InlineData("[pscustomobject]@{ Name = 'default'; Kind = 'Namespace' } | Remove-KubePod")]
    [InlineData("[pscustomobject]@{ Name = 'default'; Kind = 'Namespace' } | Get-KubePod")]
    [InlineData("Get-KubeNamespace default | Remove-KubeService")]
    [InlineData("Get-KubeNode | Get-KubeService")]
    [InlineData("[pscustomobject]@{ Name = 'x'; Kind = 'Service' } | Get-KubeLog")]
    public void An_object_of_another_kind_is_refused(string command)
    {
        _session.Run(command);

        Assert.StartsWith("KubeWrongKind,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-KubePod web -l app=web", "KubeParameterInvalid")]
    [InlineData("Get-KubePod -Namespace a -AllNamespaces", "KubeParameterInvalid")]
    [InlineData("Get-KubeResource frobs", "KubeUnknownKind")]
    [InlineData("Get-KubeResource", "KubeParameterInvalid")]
    [InlineData("Remove-KubePod", "KubeParameterInvalid")]
    [InlineData("Get-KubePod -Context nowhere", "KubeContextNotFound")]
    [InlineData("Use-KubeContext nowhere", "KubeContextNotFound")]
    [InlineData("Get-KubePod -Connection $null", "KubeParameterInvalid")]
    [InlineData("Get-KubeContainerStatus -IncludeEnvironment", "KubeParameterInvalid")]
    [InlineData("Wait-KubePod x -For Frob", "KubeParameterInvalid")]
    [InlineData("Get-KubeLog", "KubeParameterInvalid")]
    [InlineData("Get-KubeResource nodes -Namespace default", "KubeParameterInvalid")]
    public void What_makes_no_sense_ends_the_command(string command, string id) =>
        Assert.StartsWith(id + ",", _session.RunForError(command).FullyQualifiedErrorId, StringComparison.Ordinal);

    [Theory]
    [InlineData("$null | Get-KubePod")]
    [InlineData("$null | Remove-KubePod")]
    [InlineData("$null | Wait-KubePod")]
    [InlineData("$null | Get-KubeLog")]
    [InlineData("$null | Get-KubeEvent")]
    [InlineData("$null | Get-KubeContainerStatus")]
    public void Nothing_from_the_pipeline_does_not_mean_all(string command)
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubePod -Name kept -Image busybox");

        Assert.Empty(_session.Run(command));
        Assert.Single(_session.Errors);
        _session.RunForOne("Get-KubePod kept");
    }

    [Theory]
    [InlineData("Get-KubeContainerStatus one | Get-KubePod", "one")]
    [InlineData("Get-KubeContainerStatus one | Wait-KubePod", "one")]
    [InlineData("Get-KubeContainerStatus one | Get-KubeContainerStatus | ForEach-Object { [pscustomobject]@{ Name = $_.Pod } }", "one")]
    [InlineData("Get-KubeContainerStatus one | Remove-KubePod -GracePeriod 0; Wait-KubePod one -For Deleted -ErrorAction Ignore; Get-KubePod", "two")]
    public void The_status_of_a_container_means_its_pod(string command, string names)
    {
        using var place = new Place(_session, cluster);
        _session.Run("'one','two' | ForEach-Object { New-KubePod -Name $_ -Image busybox }; Wait-KubePod one, two");

        Assert.Equal(names, string.Join(' ', _session.Run(command).Select(pod => (string)pod.Properties["Name"].Value)));
    }

    [Fact]
    public void Events_come_in_the_order_of_what_happened_and_are_about_the_pod_alone()
    {
        using var place = new Place(_session, cluster);
        _session.Run("'one','two' | ForEach-Object { New-KubePod -Name $_ -Image busybox }; Wait-KubePod one, two");
        // Events are recorded beside the status, not before it, by two who do not wait for one another.
        TestCluster.WaitUntil(_session, "@(Get-KubeEvent -Pod one).Count -eq 5");

        foreach (var command in new[] { "Get-KubePod one | Get-KubeEvent", "Get-KubeEvent -Pod one", "Get-KubeContainerStatus one | Get-KubeEvent" })
        {
            var reasons = _session.Run(command).Select(item => (string)item.Properties["Reason"].Value).ToArray();
            Assert.Equal(["Scheduled", "Pulling", "Pulled", "Created", "Started"], reasons);
        }
    }

    [Fact]
    public void Everywhere_finds_a_name_in_every_namespace()
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubePod -Name here -Image busybox");

        Assert.Equal(place.Name, _session.RunForOne("Get-KubePod here -AllNamespaces").Properties["Namespace"].Value);
        _session.Run("Get-KubePod nowhere -A");
        Assert.StartsWith("KubeNotFound,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_remember_the_cluster_that_they_came_from()
    {
        using var place = new Place(_session, cluster);
        _session.Run("New-KubePod -Name kept -Image busybox; $pod = Get-KubePod kept; Disconnect-KubeCluster");

        Assert.StartsWith("KubeNotConnected,", _session.RunForError("Get-KubePod kept").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("kept", _session.RunForOne("$pod | Get-KubePod").Properties["Name"].Value);
        _session.Run("$null = Connect-KubeCluster -KubeConfigPath $args[0]", cluster.KubeConfigPath);
    }

    public void Dispose() => _session.Dispose();
}
