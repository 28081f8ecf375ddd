using static Kube.Server.Tests.Api.Samples;

namespace Kube.Server.Tests.Api;

/// <summary>The forms in which answers come: content negotiation, tables, metadata alone.</summary>
public class FormTests
{
    const string TableType = "application/json;as=Table;v=v1;g=meta.k8s.io";

    [Theory]
    [InlineData(null, "ConfigMap")]
    [InlineData("*/*", "ConfigMap")]
    [InlineData("application/*", "ConfigMap")]
    [InlineData("APPLICATION/JSON", "ConfigMap")]
    [InlineData("application/json; charset=utf-8", "ConfigMap")]
    [InlineData(TableType, "Table")]
    [InlineData("application/json;as=Table;v=v1beta1;g=meta.k8s.io", "Table")]
    [InlineData("application/json;as=Table;v=v2;g=meta.k8s.io,application/json", "ConfigMap")]
    [InlineData("application/json;q=0.5," + TableType + ";q=0.9", "Table")]
    [InlineData(TableType + ";q=0.1,application/json", "ConfigMap")]
    [InlineData("application/vnd.kubernetes.protobuf,application/json", "ConfigMap")]
    [InlineData("application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io," + TableType, "Table")]
    [InlineData("application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io", "PartialObjectMetadata")]
    public async Task The_best_acceptable_type_is_sent(string? accept, string kind)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        var answer = (await api.GetAsync(ConfigMaps + "/a", accept)).Expect(200);
        Assert.Equal(kind, answer.Json["kind"]!.ToString());
        Assert.Equal("application/json", answer.Headers["Content-Type"]);
    }

    [Theory]
    [InlineData("application/vnd.kubernetes.protobuf")]
    [InlineData("text/html")]
    [InlineData("application/json;q=0")]
    [InlineData("application/json;as=Chair;v=v1;g=meta.k8s.io")]
    [InlineData("application/json;as=Table;v=v1;g=other")]
    [InlineData("nonsense")]
    public async Task Nothing_acceptable_is_406(string accept)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        foreach (var path in (string[])[ConfigMaps, ConfigMaps + "/a", ConfigMaps + "?watch=1&timeoutSeconds=1"])
            Assert.Equal("NotAcceptable", (await api.GetAsync(path, accept)).Expect(406).Json["reason"]!.ToString());
    }

    [Fact]
    public async Task Yaml_is_written_for_objects_and_lists_but_not_for_watches()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        var one = (await api.GetAsync(ConfigMaps + "/a", "application/yaml")).Expect(200);
        Assert.Equal("application/yaml", one.Headers["Content-Type"]);
        Assert.Contains("kind: ConfigMap\n", one.Text);
        Assert.Contains("kind: ConfigMapList\n", (await api.GetAsync(ConfigMaps, "application/yaml")).Expect(200).Text);
        (await api.GetAsync(ConfigMaps + "?watch=1", "application/yaml")).Expect(406);
    }

    [Fact]
    public async Task A_list_of_metadata_has_nothing_else()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a", "\"labels\":{\"x\":\"1\"}"));
        var list = (await api.GetAsync(Pods, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")).Expect(200).Json;
        Assert.Equal("PartialObjectMetadataList", list["kind"]!.ToString());
        Assert.Equal("meta.k8s.io/v1", list["apiVersion"]!.ToString());
        Assert.Equal(["kind", "apiVersion", "metadata"], list["items"]![0]!.AsObject().Select(p => p.Key));
        Assert.Equal("1", list["items"]![0]!["metadata"]!["labels"]!["x"]!.ToString());
    }

    [Theory]
    [InlineData("", "PartialObjectMetadata")]
    [InlineData("?includeObject=Metadata", "PartialObjectMetadata")]
    [InlineData("?includeObject=Object", "Pod")]
    [InlineData("?includeObject=None", null)]
    public async Task A_row_includes_the_object_as_asked(string query, string? kind)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(Pods, Pod("a"));
        var row = (await api.GetAsync(Pods + query, TableType)).Expect(200).Json["rows"]![0]!;
        Assert.Equal(kind, row["object"]?["kind"]?.ToString());
        Assert.Equal(kind, (await api.GetAsync(Pods + "/a" + query, TableType)).Expect(200).Json["rows"]![0]!["object"]?["kind"]?.ToString());
    }

    [Fact]
    public async Task An_unknown_includeObject_is_refused()
    {
        await using var api = await TestApi.StartAsync();
        (await api.GetAsync(Pods + "?includeObject=Half", TableType)).Expect(400);
    }

    [Theory]
    [InlineData("pods", "Name,Ready,Status,Restarts,Age,IP*,Node*,Nominated Node*,Readiness Gates*")]
    [InlineData("replicationcontrollers", "Name,Desired,Current,Ready,Age,Containers*,Images*,Selector*")]
    [InlineData("services", "Name,Type,Cluster-IP,External-IP,Port(s),Age,Selector*")]
    [InlineData("endpoints", "Name,Endpoints,Age")]
    [InlineData("nodes", "Name,Status,Roles,Age,Version,Internal-IP*,External-IP*,OS-Image*,Kernel-Version*,Container-Runtime*")]
    [InlineData("events", "Last Seen,Type,Reason,Object,Subobject*,Source*,Message,First Seen*,Count*,Name*")]
    [InlineData("configmaps", "Name,Data,Age")]
    [InlineData("secrets", "Name,Type,Data,Age")]
    [InlineData("serviceaccounts", "Name,Secrets,Age")]
    [InlineData("namespaces", "Name,Status,Age")]
    public async Task Columns_are_kubectls_with_the_wide_ones_marked(string resource, string expected)
    {
        await using var api = await TestApi.StartAsync();
        var table = (await api.GetAsync("/api/v1/" + resource, TableType)).Expect(200).Json;
        Assert.Equal(expected, string.Join(",", table["columnDefinitions"]!.AsArray().Select(c => c!["name"] + (c["priority"]!.ToString() == "1" ? "*" : ""))));
    }

    [Theory]
    [InlineData("/api/v1/namespaces/default/replicationcontrollers", """{"metadata":{"name":"x"},"spec":{"replicas":3,"template":{"metadata":{"labels":{"b":"2","a":"1"}},"spec":{"containers":[{"name":"c","image":"i"},{"name":"d","image":"j"}]}}}}""",
        """["x",3,0,0,"0s","c,d","i,j","a=1,b=2"]""")]
    [InlineData("/api/v1/namespaces/default/services", """{"metadata":{"name":"x"},"spec":{"clusterIP":"10.96.0.9","selector":{"a":"1"},"ports":[{"name":"a","port":80},{"name":"b","port":53,"protocol":"UDP"}]}}""",
        """["x","ClusterIP","10.96.0.9","<none>","80/TCP,53/UDP","0s","a=1"]""")]
    [InlineData("/api/v1/namespaces/default/services", """{"metadata":{"name":"x"},"spec":{"type":"NodePort","clusterIP":"10.96.0.9","externalIPs":["1.2.3.4"],"ports":[{"port":80,"nodePort":30080}]}}""",
        """["x","NodePort","10.96.0.9","1.2.3.4","80:30080/TCP","0s","<none>"]""")]
    [InlineData("/api/v1/namespaces/default/services", """{"metadata":{"name":"x"},"spec":{"type":"ExternalName","externalName":"example.com"}}""",
        """["x","ExternalName","<none>","example.com","<none>","0s","<none>"]""")]
    [InlineData("/api/v1/namespaces/default/services", """{"metadata":{"name":"x"},"spec":{"clusterIP":"None"}}""",
        """["x","ClusterIP","None","<none>","<none>","0s","<none>"]""")]
    [InlineData("/api/v1/namespaces/default/endpoints", """{"metadata":{"name":"x"},"subsets":[{"addresses":[{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}],"ports":[{"name":"a","port":80},{"name":"b","port":81}]}]}""",
        """["x","10.0.0.1:80,10.0.0.2:80,10.0.0.1:81 + 1 more...","0s"]""")]
    [InlineData("/api/v1/nodes", """{"metadata":{"name":"x","labels":{"node-role.kubernetes.io/worker":"","node-role.kubernetes.io/control-plane":""}},"spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}],"addresses":[{"type":"InternalIP","address":"1.2.3.4"}],"nodeInfo":{"kubeletVersion":"v1"}}}""",
        """["x","Ready,SchedulingDisabled","control-plane,worker","0s","v1","1.2.3.4","<none>","<unknown>","<unknown>","<unknown>"]""")]
    [InlineData("/api/v1/nodes", """{"metadata":{"name":"x"}}""",
        """["x","Unknown","<none>","0s","","<none>","<none>","<unknown>","<unknown>","<unknown>"]""")]
    [InlineData("/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"x"},"data":{"a":"1","b":"2"},"binaryData":{"c":"AA=="}}""", """["x",3,"0s"]""")]
    [InlineData("/api/v1/namespaces/default/secrets", """{"metadata":{"name":"x"},"stringData":{"a":"1"}}""", """["x","Opaque",1,"0s"]""")]
    [InlineData("/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"x"}}""", """["x",0,"0s"]""")]
    [InlineData("/apis/coordination.k8s.io/v1/namespaces/default/leases", """{"metadata":{"name":"x"},"spec":{"holderIdentity":"me"}}""", """["x","me","0s"]""")]
    [InlineData("/api/v1/namespaces/default/events", """{"metadata":{"name":"x"},"involvedObject":{"kind":"Pod","namespace":"default","name":"p","fieldPath":"spec"},"reason":"R","type":"Normal","message":" m\n","source":{"component":"kubelet","host":"h"},"count":2}""",
        """["<unknown>","Normal","R","pod/p","spec","kubelet, h","m","<unknown>",2,"x"]""")]
    [InlineData("/api/v1/namespaces/default/pods", """{"metadata":{"name":"x"},"spec":{"nodeName":"n","readinessGates":[{"conditionType":"a"}],"containers":[{"name":"c","image":"i"},{"name":"d","image":"j"}]}}""",
        """["x","0/2","Pending","0","0s","<none>","n","<none>","0/1"]""")]
    public async Task Cells_are_what_kubectl_prints(string path, string body, string cells)
    {
        var time = new ManualTime();
        await using var api = await TestApi.StartAsync(time: time);
        (await api.PostAsync(path, body)).Expect(201);
        Assert.Equal(cells, (await api.GetAsync(path + "/x", TableType)).Expect(200).Json["rows"]![0]!["cells"]!.ToJsonString(Kube.Server.Api.JsonText.NodeOptions));
    }

    [Fact]
    public async Task Ages_grow_by_the_clock_though_rows_are_shared()
    {
        var time = new ManualTime();
        await using var api = await TestApi.StartAsync(time: time);
        await api.PostAsync(ConfigMaps, ConfigMap("a"));
        async Task<string> Age() => (await api.GetAsync(ConfigMaps, TableType)).Json["rows"]![0]!["cells"]![2]!.ToString();
        Assert.Equal("0s", await Age());
        time.Advance(TimeSpan.FromSeconds(75));
        Assert.Equal("75s", await Age());
        time.Advance(TimeSpan.FromDays(3));
        Assert.Equal("3d", await Age());
    }
}
