namespace Kube.Module.Tests.Completion;

/// <summary>What Tab finds in a cluster.</summary>
public sealed class ObjectCompletionTests(ObjectCompletionTests.Furnished furnished) : IClassFixture<ObjectCompletionTests.Furnished>, IDisposable
{
    readonly ModuleSession _session = furnished.Enter();

    [Theory]
    [InlineData("Get-KubePod w", "web-1|web-2")]
    [InlineData("Get-KubePod ", "busy|web-1|web-2")]
    [InlineData("Get-KubePod WEB", "web-1|web-2")]
    [InlineData("Get-KubePod *-2", "web-2")]
    [InlineData("Get-KubePod -Name web-1, b", "busy")]
    [InlineData("Get-KubePod 'w", "'web-1'|'web-2'")]
    [InlineData("Get-KubePod \"w", "\"web-1\"|\"web-2\"")]
    [InlineData("Get-KubePod 'web-1'", "'web-1'")]
    [InlineData("Get-KubePod zz", "")]
    [InlineData("Get-KubePod -LabelSelector tier=back ", "web-2")]
    [InlineData("Get-KubePod -l tier=back ", "web-2")]
    [InlineData("Kube\\Get-KubePod b", "busy")]
    [InlineData("gkp b", "busy")]
    [InlineData("Remove-KubePod b", "busy")]
    [InlineData("Wait-KubePod b", "busy")]
    [InlineData("Get-KubeLog b", "busy")]
    [InlineData("Get-KubeLog -Pod b", "busy")]
    [InlineData("Get-KubeLog -Name b", "busy")]
    [InlineData("Get-KubeContainerStatus b", "busy")]
    [InlineData("Get-KubeContainerStatus -Pod b", "busy")]
    [InlineData("Get-KubeEvent -Pod b", "busy")]
    [InlineData("New-KubeRegistrySecret -ServiceAccount def", "default")]
    [InlineData("Get-KubeService ", "front")]
    [InlineData("Get-KubeNode -Name lab", "lab-node")]
    [InlineData("Get-KubeResource services ", "front")]
    [InlineData("Get-KubeResource -Kind svc -Name f", "front")]
    [InlineData("Remove-KubeResource po b", "busy")]
    [InlineData("Get-KubeResource frobs ", "")]
    [InlineData("Get-KubeResource ", null)]
    public void Names_are_those_that_the_cmdlet_would_find(string typed, string? offered)
    {
        var found = Tab.Press(_session, typed);

        if (offered is null) Assert.Contains("pods|", found, StringComparison.Ordinal);
        else Assert.Equal(offered, found);
    }

    [Theory]
    [InlineData("Get-KubePod -Namespace {other} ", "elsewhere")]
    [InlineData("Get-KubePod -n {other} ", "elsewhere")]
    [InlineData("Get-KubePod -Name e -Namespace {other}", "elsewhere", 19)]
    [InlineData("Get-KubePod -n '{other}' -Name ", "elsewhere")]
    [InlineData("$n = '{other}'; Get-KubePod -n $n ", "")]
    [InlineData("Get-KubePod -n $there ", "elsewhere")]
    [InlineData("Get-KubePod -n $(whoever) ", "")]
    [InlineData("Get-KubePod -n (whoever) ", "")]
    [InlineData("Get-KubePod -Names (whoever) -Name ", "")]
    [InlineData("Get-KubePod -Namespace:(whoever) -Name ", "")]
    [InlineData("Get-KubePod -Connection (whoever) ", "")]
    [InlineData("Get-KubeResource -Kind (whoever) -Name ", "")]
    [InlineData("Get-KubeLog (whoever) -Namespace {other} -Container ", "elsewhere")]
    [InlineData("Get-KubePod -AllNamespaces e", "elsewhere")]
    [InlineData("Get-KubePod -A e", "elsewhere")]
    [InlineData("Get-KubePod -Namespace {other} -AllNamespaces e", "")]
    [InlineData("Get-KubeLog -n {other} -Pod ", "elsewhere")]
    [InlineData("Get-KubeResource -n {other} pods ", "elsewhere")]
    [InlineData("Get-KubePod -Namespace no-such-namespace ", "")]
    public void The_namespace_typed_counts(string typed, string offered, int? cursor = null)
    {
        _session.Run("$there = $args[0]", furnished.Other);
        var line = typed.Replace("{other}", furnished.Other, StringComparison.Ordinal);

        Assert.Equal(offered, Tab.Press(_session, line, cursor));
    }

    [Theory]
    [InlineData("Get-KubeLog web-1 -Container ", "app|init|side")]
    [InlineData("Get-KubeLog web-1 -Container s", "side")]
    [InlineData("Get-KubeLog -Pod busy -Container ", "busy")]
    [InlineData("Get-KubeLog b* -Container ", "busy")]
    [InlineData("Get-KubeLog busy, web-1 -Container ", "app|busy|init|side")]
    [InlineData("Get-KubeLog -Container ", "app|busy|init|side")]
    [InlineData("Get-KubeLog -l tier=front -Container ", "app|init|side")]
    [InlineData("Get-KubeLog nobody -Container ", "")]
    [InlineData("Get-KubeContainerStatus web-1 -Container ", "app|init|side")]
    [InlineData("Get-KubePod web-1 | Get-KubeLog -Container ", "app|init|side")]
    [InlineData("Get-KubePod busy, web-1 | Get-KubeLog -Container ", "app|busy|init|side")]
    [InlineData("Get-KubePod b* | Get-KubeLog -Container ", "busy")]
    [InlineData("Get-KubePod -l tier=front | Get-KubeLog -Container ", "app|init|side")]
    [InlineData("Get-KubePod -n {other} | Get-KubeLog -Container ", "elsewhere")]
    [InlineData("Get-KubePod elsewhere -A | Get-KubeLog -Container ", "elsewhere")]
    [InlineData("Get-KubePod -n (whoever) | Get-KubeLog -Container ", "")]
    [InlineData("Get-KubePod -Context nowhere | Get-KubeLog -Container ", "")]
    [InlineData("Get-KubePod (whoever) | Get-KubeLog -Container ", "app|busy|init|side")]
    [InlineData("Get-KubeService | Get-KubeLog -Container ", "app|busy|init|side")]
    [InlineData("Get-KubeService -n {other} | Get-KubeContainerStatus -Container ", "elsewhere")]
    [InlineData("$pods | Get-KubeLog -Container ", "app|busy|init|side")]
    [InlineData("'web-1' | Get-KubeLog busy -Container ", "busy")]
    public void Containers_are_those_of_the_pods_typed(string typed, string offered) =>
        Assert.Equal(offered, string.Join('|', Tab.Results(_session, furnished.Fill(typed)).Select(found => found.CompletionText).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("Get-KubePod -LabelSelector ", "app=|tier=|what/is-it=")]
    [InlineData("Get-KubePod -l a", "app=")]
    [InlineData("Get-KubePod -l app=", "app=db|app=web")]
    [InlineData("Get-KubePod -l app=w", "app=web")]
    [InlineData("Get-KubePod -l app==w", "app==web")]
    [InlineData("Get-KubePod -l app!=", "app!=db|app!=web")]
    [InlineData("Get-KubePod -l !t", "!tier")]
    [InlineData("Get-KubePod -l 'app=web,t", "'app=web,tier='")]
    [InlineData("Get-KubePod -l 'app=web,tier=", "'app=web,tier=back'|'app=web,tier=front'")]
    [InlineData("Get-KubePod -l \"app=web, tier=f", "\"app=web, tier=front\"")]
    [InlineData("Get-KubePod -l 'app=db,tier=", "")]
    [InlineData("Get-KubePod -l 'app in (", "'app in (db)'|'app in (web)'")]
    [InlineData("Get-KubePod -l 'app in (db,w", "'app in (db,web)'")]
    [InlineData("Get-KubePod -l 'app notin (d", "'app notin (db)'")]
    [InlineData("Get-KubePod -l what/is-it=", "what/is-it=a_b.c")]
    [InlineData("Get-KubePod -l nothing=", "")]
    [InlineData("Get-KubePod -l ')('", "")]
    [InlineData("Remove-KubePod -LabelSelector app=w", "app=web")]
    [InlineData("Get-KubeLog -l app=w", "app=web")]
    [InlineData("Get-KubeResource pods -l app=w", "app=web")]
    [InlineData("Get-KubeService -l ", "")]
    public void Label_selectors_grow_term_by_term(string typed, string offered) => Assert.Equal(offered, Tab.Press(_session, typed));

    [Theory]
    [InlineData("Get-KubePod -FieldSelector metadata.", "metadata.name=|metadata.namespace=")]
    [InlineData("Get-KubePod -FieldSelector status.ph", "status.phase=")]
    [InlineData("Get-KubePod -FieldSelector metadata.name=w", "metadata.name=web-1|metadata.name=web-2")]
    [InlineData("Get-KubePod -FieldSelector metadata.name!=b", "metadata.name!=busy")]
    [InlineData("Get-KubePod -FieldSelector spec.restartPolicy=", "spec.restartPolicy=Always")]
    [InlineData("Get-KubePod -FieldSelector 'metadata.name=busy,spec.nodeN", "'metadata.name=busy,spec.nodeName='")]
    [InlineData("Get-KubePod -FieldSelector 'metadata.name=busy,spec.nodeName=", "'metadata.name=busy,spec.nodeName=lab-node'")]
    [InlineData("Get-KubeNode -FieldSelector ", "metadata.name=|spec.unschedulable=")]
    [InlineData("Get-KubeResource secrets -FieldSelector t", "type=")]
    public void Field_selectors_know_the_fields_of_the_kind(string typed, string offered) => Assert.Equal(offered, Tab.Press(_session, typed));

    [Fact]
    public void Every_field_offered_is_one_that_the_server_selects_by()
    {
        foreach (var kind in _session.Run("'pods','events','namespaces','nodes','replicationcontrollers','secrets','services','configmaps'").Select(kind => (string)kind.BaseObject))
        {
            var fields = Tab.Results(_session, $"Get-KubeResource {kind} -FieldSelector ");
            Assert.NotEmpty(fields);
            foreach (var field in fields)
            {
                _session.Run("$null = Get-KubeResource $args[0] -FieldSelector ($args[1] + '1')", kind, field.CompletionText);
                Assert.Empty(_session.Errors);
            }
        }
    }

    [Theory]
    [InlineData("Get-KubeResource po", "pods", "Pod (v1), po")]
    [InlineData("Get-KubeResource po", "po", "Pod (v1), po")]
    [InlineData("Get-KubeResource -Kind Po", "Pod", "Pod (v1), po")]
    [InlineData("Remove-KubeResource 'serviceacc", "'serviceaccounts'", "ServiceAccount (v1), sa")]
    [InlineData("Get-KubeResource nodes", "nodes", "Node (v1), no, in no namespace")]
    public void Kinds_come_by_any_of_their_names(string typed, string offered, string toolTip) =>
        Assert.Equal(toolTip, Assert.Single(Tab.Results(_session, typed), found => found.CompletionText == offered).ToolTip);

    [Fact]
    public void Kinds_that_nobody_can_list_are_left_out() =>
        Assert.DoesNotContain("reviews", Tab.Press(_session, "Get-KubeResource "), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("Get-KubePod -Namespace {start}", "{place}|{other}")]
    [InlineData("Get-KubePod -n '{start}", "'{place}'|'{other}'")]
    [InlineData("New-KubePod -Namespace {start}", "{place}|{other}")]
    [InlineData("Wait-KubePod -Namespace {start}", "{place}|{other}")]
    [InlineData("Get-KubeLog -Namespace {start}", "{place}|{other}")]
    [InlineData("Get-KubeNamespace {start}", "{place}|{other}")]
    [InlineData("Remove-KubeNamespace {start}", "{place}|{other}")]
    public void Namespaces(string typed, string offered) => Assert.Equal(furnished.Fill(offered), Tab.Press(_session, furnished.Fill(typed)));

    [Theory]
    [InlineData("New-KubePod x busy", "busybox")]
    [InlineData("New-KubePod -Image example", "example.com/team/app:1.2@sha256:" + Furnished.Digest)]
    [InlineData("New-KubePod -Image no", "")]
    [InlineData("Get-KubeRegistryCredential -Image busy", "busybox")]
    public void Images_are_those_in_use(string typed, string offered) => Assert.Equal(offered, Tab.Press(_session, typed));

    [Theory]
    [InlineData("Get-KubeContainerStatus -State W", "Waiting")]
    [InlineData("New-KubePod x busybox -RestartPolicy N", "Never")]
    [InlineData("Wait-KubePod busy -For ", "Ready|Created|Deleted|Condition=ContainersReady|Condition=Initialized|Condition=PodScheduled|Condition=Ready")]
    [InlineData("Wait-KubePod -For r", "Ready")]
    [InlineData("Get-KubePod busy | Wait-KubePod -For condition=c", "Condition=ContainersReady")]
    [InlineData("Wait-KubePod busy -For 'condition=i", "'Condition=Initialized'")]
    [InlineData("Wait-KubePod busy -For Condition=Ready=", "Condition=Ready=True|Condition=Ready=False|Condition=Ready=Unknown")]
    public void States_policies_and_conditions(string typed, string offered) =>
        Assert.Equal(offered.Split('|').Order(StringComparer.Ordinal), Tab.Results(_session, typed).Select(found => found.CompletionText).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Get-KubePod | Where-Object Rest", "RestartCount")]
    [InlineData("Get-KubePod | Where-Object Sp", "Spec")]
    [InlineData("Get-KubePod | Where-Object { $_.Me", "Message|Metadata")]
    [InlineData("Get-KubePod | ForEach-Object Pod", "PodIP")]
    [InlineData("Get-KubeResource pods | Where-Object Stat", "State|Status")]
    [InlineData("Get-KubeContainerStatus | Where-Object Exit", "ExitCode")]
    [InlineData("Get-KubeNode | Where-Object Uns", "Unschedulable")]
    [InlineData("Get-KubeContext | Where-Object IsC", "IsCurrent")]
    [InlineData("Get-KubeCluster | Where-Object Run", "Runtime")]
    [InlineData("Get-KubeRegistryCredential | Where-Object Reg", "Registry")]
    [InlineData("(Get-KubePod busy).Rest", "RestartCount")]
    [InlineData("$pod.Rest", "RestartCount")]
    [InlineData("$pod.spec.node", "nodeName")]
    [InlineData("$map.da", "data|DataCount")]
    public void Properties_follow_the_pipe(string typed, string offered)
    {
        _session.Run("$pod = Get-KubePod busy; $map = Get-KubeResource configmaps settings");

        var found = _session.Run("(TabExpansion2 $args[0] $args[0].Length).CompletionMatches | Where-Object ResultType -eq Property | ForEach-Object ListItemText", typed);

        Assert.Equal(offered.Split('|').Order(StringComparer.Ordinal), found.Select(text => (string)text.BaseObject).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_tool_tip_tells_what_helps_to_choose()
    {
        TestCluster.WaitUntil(_session, "(Get-KubePod busy).State -eq 'Running'");
        // What was listed before it ran is forgotten soon.
        TestCluster.WaitUntil(_session, "(TabExpansion2 'Get-KubePod bus' 15).CompletionMatches[0].ToolTip -match '^pod/busy, in test-\\w+, Running, ready 1/1, on lab-node, age [\\dhms]+$'");

        Assert.Matches("^namespace/test-\\w+, Active, age ", Tab.Results(_session, $"Get-KubeNamespace {furnished.Place}")[0].ToolTip);
        Assert.Matches("^used by web-1, web-2", Assert.Single(Tab.Results(_session, "New-KubePod -Image example")).ToolTip);
        Assert.Equal("values: back, front", Assert.Single(Tab.Results(_session, "Get-KubePod -l t")).ToolTip);
        Assert.Equal("tier", Assert.Single(Tab.Results(_session, "Get-KubePod -l t")).ListItemText);
        Assert.Matches("^busy/busy, Running, busybox:latest$", Assert.Single(Tab.Results(_session, "Get-KubeLog busy -Container ")).ToolTip);
    }

    [Fact]
    public void Every_parameter_that_can_be_completed_is()
    {
        var without = _session.Run("""
            foreach ($command in Get-Command -Module Kube) {
                foreach ($parameter in $command.Parameters.Values) {
                    $kinds = $parameter.Attributes.ForEach({ $_.GetType().Name })
                    $hidden = $parameter.Attributes.Where({ $_ -is [Parameter] -and -not $_.DontShow }).Count -eq 0
                    $chosen = $parameter.Name -in 'Container', 'Context', 'FieldSelector', 'For', 'Image', 'Kind', 'LabelSelector', 'Namespace', 'Pod', 'Registry', 'ServiceAccount' -or ($parameter.Name -eq 'Name' -and 'SupportsWildcardsAttribute' -in $kinds)
                    if ($chosen -and -not $hidden -and 'ArgumentCompleterAttribute' -notin $kinds) { "$($command.Name) -$($parameter.Name)" }
                }
            }
            """);

        Assert.Empty(_session.Errors);
        Assert.Equal(true, _session.RunForOne("(Get-Command -Module Kube).Count -gt 30").BaseObject);
        Assert.Empty(without.Select(text => (string)text.BaseObject));
    }

    public void Dispose() => _session.Dispose();

    /// <summary>A cluster with pods, and a namespace beside theirs.</summary>
    public sealed class Furnished : IAsyncLifetime
    {
        public const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

        readonly SimulatedNode _cluster = new();

        public string Place { get; } = $"test-{Guid.NewGuid().ToString("n")[..8]}";
        public string Other => Place + "-other";

        public string KubeConfigPath => _cluster.KubeConfigPath;

        public ModuleSession Enter()
        {
            var session = _cluster.Connect();
            session.Run("""
                $null = Connect-KubeCluster -KubeConfigPath $args[0] -Namespace $args[1]
                $alias:gkp = 'Get-KubePod'
                # Completion of members sorts them with a cmdlet that the engine alone lacks.
                New-Module -Name Microsoft.PowerShell.Utility { function Sort-Object { param($Property) $input } } | Import-Module
                """, KubeConfigPath, Place);
            Assert.Empty(session.Errors);
            return session;
        }

        public string Fill(string text) => text.Replace("{start}", "test-", StringComparison.Ordinal).Replace("{place}", Place, StringComparison.Ordinal).Replace("{other}", Other, StringComparison.Ordinal);

        public async ValueTask InitializeAsync()
        {
            await _cluster.InitializeAsync();
            using var session = _cluster.Connect();
            session.Run("""
                $null = New-KubeNamespace $args[1], $args[2]
                $null = Connect-KubeCluster -KubeConfigPath $args[0] -Namespace $args[1]
                $image = 'example.com/team/app:1.2@sha256:' + $args[3]
                $null = New-KubePod busy busybox -Label @{ app = 'db'; 'what/is-it' = 'a_b.c' }
                foreach ($n in 1, 2) {
                    $null = New-KubePod -Manifest "{apiVersion: v1, kind: Pod, metadata: {name: web-$n, labels: {app: web, tier: $(('front', 'back')[$n - 1])}}, spec: {initContainers: [{name: init, image: busybox}], containers: [{name: app, image: '$image'}, {name: side, image: busybox}]}}"
                }
                $null = New-KubePod elsewhere busybox -Namespace $args[2]
                $null = New-KubeService -Manifest '{"apiVersion":"v1","kind":"Service","metadata":{"name":"front"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}'
                $null = New-KubeResource -Manifest '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings"},"data":{"mode":"fast"}}'
                """, KubeConfigPath, Place, Other, Digest);
            Assert.Empty(session.Errors);
            TestCluster.WaitUntil(session, "(Get-KubePod busy).Node -eq 'lab-node'");
        }

        public ValueTask DisposeAsync() => _cluster.DisposeAsync();

        sealed class SimulatedNode() : StartedCluster("simulated", "-Runtime Simulated -NodeName lab-node");
    }
}
