using System.Xml.Linq;

namespace Kube.Module.Tests.Objects;

public sealed class ViewTests(ObjectsSession session) : IClassFixture<ObjectsSession>
{
    public static TheoryData<string, string, string> Tables => new()
    {
        {
            """
            $t = [datetime]::UtcNow.AddMinutes(-7.5).ToString('yyyy-MM-ddTHH:mm:ssZ')
            doc "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web-7d4b9c6f5-x2x8z','namespace':'kube-system','creationTimestamp':'$t'},'spec':{'containers':[{'name':'a'},{'name':'b'}]},'status':{'phase':'Running','containerStatuses':[{'name':'a','restartCount':3,'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{'terminated':{'exitCode':1,'finishedAt':'$t'}}},{'name':'b','ready':true,'state':{'running':{}}}]}}"
            """,
            "Namespace   Name                  Ready State             Restarts       Age",
            "kube-system web-7d4b9c6f5-x2x8z   1/2   CrashLoopBackOff  3 (7m30s ago)  7m30s"
        },
        {
            "doc \"{'apiVersion':'v1','kind':'Service','metadata':{'name':'web','namespace':'a','creationTimestamp':'$y'},'spec':{'type':'NodePort','clusterIP':'10.96.0.10','ports':[{'port':80,'nodePort':30080,'protocol':'TCP'}]}}\"",
            "Namespace Name Type     ClusterIP  ExternalIP Ports        Age",
            "a         web  NodePort 10.96.0.10            80:30080/TCP 8y"
        },
        {
            "doc \"{'apiVersion':'v1','kind':'ReplicationController','metadata':{'name':'web','namespace':'a','creationTimestamp':'$y'},'spec':{'replicas':3},'status':{'replicas':2,'readyReplicas':1}}\"",
            "Namespace   Name                                   Desired Current Ready Age",
            "a           web                                          3       2     1 8y"
        },
        {
            "doc \"{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','namespace':'a','creationTimestamp':'$y'},'spec':{'replicas':3},'status':{'updatedReplicas':2,'readyReplicas':1,'availableReplicas':1}}\"",
            "Namespace   Name                                Ready UpToDate Available Age",
            "a           web                                 1/3          2         1 8y"
        },
        {
            "doc \"{'apiVersion':'batch/v1','kind':'Job','metadata':{'name':'sum','namespace':'a','creationTimestamp':'$y'},'spec':{'completions':3},'status':{'succeeded':1,'startTime':'2020-01-01T00:00:00Z','completionTime':'2020-01-01T00:03:10Z'}}\"",
            "Namespace   Name                 State              Completions Duration Age",
            "a           sum                  Running            1/3         3m10s    8y"
        },
        {
            "doc \"{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'shop','creationTimestamp':'$y'},'status':{'phase':'Active'}}\"",
            "Name State  Age",
            "shop Active 8y"
        },
        {
            "doc \"{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'cm','namespace':'a','creationTimestamp':'$y'},'data':{'a':'x','b':'y'},'binaryData':{'c':'AQ=='}}\"",
            "Namespace   Name                                                    Data Age",
            "a           cm                                                         3 8y"
        },
        {
            "doc \"{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s','namespace':'a','creationTimestamp':'$y'},'type':'Opaque','data':{'password':'aHVudGVyMg=='}}\"",
            "Namespace   Name                    Type                            Data Age",
            "a           s                       Opaque                             1 8y"
        },
        {
            "doc \"{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1','labels':{'node-role.kubernetes.io/control-plane':''},'creationTimestamp':'$y'},'spec':{'unschedulable':true},'status':{'conditions':[{'type':'Ready','status':'True'}],'nodeInfo':{'kubeletVersion':'v1.34.1'}}}\"",
            "Name State                    Roles         Age Version",
            "n1   Ready,SchedulingDisabled control-plane 8y  v1.34.1"
        },
        {
            "doc \"{'apiVersion':'v1','kind':'Event','metadata':{'name':'e','namespace':'a'},'type':'Warning','reason':'BackOff','message':'Back-off','lastTimestamp':'$y','involvedObject':{'kind':'Pod','name':'web'}}\"",
            "LastSeen Type    Reason           Object             Message",
            "8y       Warning BackOff          pod/web            Back-off"
        },
        {
            "(doc \"{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web'},'spec':{'containers':[{'name':'a'}]},'status':{'containerStatuses':[{'name':'a','restartCount':3,'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{'terminated':{'exitCode':137}}}]}}\").ContainerStatuses",
            "Pod Container State   Reason           Ready Restarts Exit",
            "web a         Waiting CrashLoopBackOff False        3  137"
        },
        {
            "doc \"{'apiVersion':'example.com/v1','kind':'Gadget','metadata':{'name':'g','namespace':'a','creationTimestamp':'$y'}}\"",
            "Namespace   Name                                Kind                     Age",
            "a           g                                   Gadget                   8y"
        },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_have_kubectls_columns_within_80(string script, string header, string row)
    {
        string shown = session.Show("$y = [datetime]::UtcNow.AddDays(-365 * 8 - 1).ToString('yyyy-MM-ddTHH:mm:ssZ'); " + script);
        var lines = shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToArray();
        Assert.Equal(header, lines[0]);
        Assert.Equal(row, lines[2]);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.True(line.Length <= 80));
    }

    [Fact]
    public void A_log_line_shows_as_it_is()
    {
        Assert.Equal("    at Foo", session.Show("[Kube.KubeLogLine]::Parse('a', 'b', '    at Foo')").TrimEnd('\n'));
        Assert.Equal("one\ntwo", session.Show("[Kube.KubeLogLine]::Parse('a', 'b', 'one'); [Kube.KubeLogLine]::Parse('a', 'b', 'two')").TrimEnd('\n'));
    }

    [Fact]
    public void Every_property_and_script_of_every_view_works_on_an_empty_object()
    {
        var views = XDocument.Load(Path.Combine(ModuleSession.ModulePath, "Kube.Format.ps1xml")).Descendants("View").Where(view => view.Descendants("TypeName").Single().Value.StartsWith("Kube.", StringComparison.Ordinal));
        Assert.NotEmpty(views);
        foreach (var view in views)
        {
            string type = view.Descendants("TypeName").Single().Value;
            string sample = Sample(type);
            if (sample.Length == 0) continue;
            foreach (var property in view.Descendants("PropertyName"))
                Assert.True(session.Text($"$o = {sample}; $o.pstypenames -contains '{type}' -and ($null -ne $o.PSObject.Properties['{property.Value}'] -or '{property.Value}' -ceq 'data')") == "True", $"{type} {property.Value}");
            foreach (var script in view.Descendants("ScriptBlock"))
                session.Text($"$null = {sample} | ForEach-Object {{ {script.Value} }}");
        }
    }

    [Fact]
    public void No_view_of_a_secret_asks_for_its_values()
    {
        var views = XDocument.Load(Path.Combine(ModuleSession.ModulePath, "Kube.Format.ps1xml")).Descendants("View").Where(view => view.Descendants("TypeName").Single().Value == "Kube.KubeSecret").ToArray();
        Assert.Equal(2, views.Length);
        Assert.DoesNotContain(views.Descendants("PropertyName"), property => property.Value.ToLowerInvariant() is "data" or "stringdata" or "json" or "annotations");
        const string Secret = "doc \"{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'data':{'password':'aHVudGVyMg=='},'stringData':{'x':'hunter2'}}\"";
        Assert.DoesNotMatch("aHVudGVyMg|hunter2", session.Show(Secret) + session.Text($"$o = {Secret}; \"$o $($o.data) $($o.ToString())\""));
    }

    static string Sample(string type) => type switch
    {
        "Kube.KubeContainerStatus" => "[Kube.KubeContainerStatus]::new()",
        "Kube.KubeLogLine" => "[Kube.KubeLogLine]::Parse('', '', '')",
        "Kube.KubeObject" => "(doc '{}')",
        "Kube.KubeDeployment" => "(doc \"{'apiVersion':'apps/v1','kind':'Deployment'}\")",
        "Kube.KubeJob" => "(doc \"{'apiVersion':'batch/v1','kind':'Job'}\")",
        "Kube.KubePod" or "Kube.KubeService" or "Kube.KubeReplicationController" or "Kube.KubeNamespace" or "Kube.KubeConfigMap" or "Kube.KubeSecret" or "Kube.KubeNode" or "Kube.KubeEvent" =>
            $"(doc \"{{'apiVersion':'v1','kind':'{type["Kube.Kube".Length..]}'}}\")",
        _ => "",
    };
}
