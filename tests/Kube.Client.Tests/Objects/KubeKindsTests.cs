namespace Kube.Client.Tests.Objects;

/// <summary>The flat properties of the kinds, against what kubectl's columns show.</summary>
public sealed class KubeKindsTests
{
    [Theory]
    [InlineData("v1", "Pod", typeof(KubePod))]
    [InlineData("v1", "Service", typeof(KubeService))]
    [InlineData("v1", "ReplicationController", typeof(KubeReplicationController))]
    [InlineData("v1", "Namespace", typeof(KubeNamespace))]
    [InlineData("v1", "ConfigMap", typeof(KubeConfigMap))]
    [InlineData("v1", "Secret", typeof(KubeSecret))]
    [InlineData("v1", "Node", typeof(KubeNode))]
    [InlineData("v1", "Event", typeof(KubeEvent))]
    [InlineData("events.k8s.io/v1", "Event", typeof(KubeEvent))]
    [InlineData("apps/v1", "Deployment", typeof(KubeDeployment))]
    [InlineData("batch/v1", "Job", typeof(KubeJob))]
    [InlineData("apps/v1", "StatefulSet", typeof(KubeObject))]
    [InlineData("serving.knative.dev/v1", "Service", typeof(KubeObject))]
    [InlineData("example.com/v1", "Pod", typeof(KubeObject))]
    [InlineData("v1", "pod", typeof(KubeObject))]
    public void The_type_is_that_of_the_version_and_the_kind(string apiVersion, string kind, Type type)
    {
        Assert.IsType(type, Doc.Parse($"{{'kind':'{kind}','apiVersion':'{apiVersion}'}}"));
        Assert.IsType(type, Doc.Parse($"{{'spec':{{'kind':'Other'}},'apiVersion':'{apiVersion}','kind':'{kind}'}}"));
        Assert.IsType(type, KubeObject.FromListItem(Doc.Bytes("{'metadata':{}}"), apiVersion, kind));
    }

    [Theory]
    [InlineData("'spec':{'clusterIP':'10.0.0.1'}", "ClusterIP 10.0.0.1  []")]
    [InlineData("'spec':{'type':'ClusterIP','clusterIP':'None','ports':[{'port':53,'protocol':'UDP'},{'port':53}]}", "ClusterIP None  [53/UDP,53/TCP]")]
    [InlineData("'spec':{'type':'NodePort','clusterIPs':['10.0.0.1','fd00::1'],'clusterIP':'10.0.0.1','ports':[{'port':80,'nodePort':30080,'protocol':'TCP'}],'externalIPs':['1.1.1.1','2.2.2.2']}", "NodePort 10.0.0.1 1.1.1.1,2.2.2.2 [80:30080/TCP]")]
    [InlineData("'spec':{'type':'LoadBalancer','clusterIP':'10.0.0.1'}", "LoadBalancer 10.0.0.1 <pending> []")]
    [InlineData("'spec':{'type':'LoadBalancer','externalIPs':['3.3.3.3']},'status':{'loadBalancer':{'ingress':[{'ip':'1.1.1.1'},{'hostname':'lb.example.com'}]}}", "LoadBalancer  1.1.1.1,lb.example.com,3.3.3.3 []")]
    [InlineData("'spec':{'type':'ExternalName','externalName':'db.example.com'}", "ExternalName  db.example.com []")]
    [InlineData("'spec':{}", "ClusterIP   []")]
    public void Services(string json, string expected)
    {
        var service = Make<KubeService>("v1", "Service", json);
        Assert.Equal(expected, $"{service.Type} {service.ClusterIP} {service.ExternalIP} [{string.Join(',', service.Ports)}]");
    }

    [Fact]
    public void Workloads()
    {
        const string Template = "'template':{'spec':{'containers':[{'name':'a','image':'x'},{'name':'b','image':'y'}]}}";
        var rc = Make<KubeReplicationController>("v1", "ReplicationController", $$"""'spec':{'replicas':3,'selector':{'b':'2','a':'1'},{{Template}}},'status':{'replicas':2,'readyReplicas':1}""");
        Assert.Equal((3, 2, 1, "a=1,b=2"), (rc.Desired, rc.Current, rc.Ready, rc.Selector));
        Assert.Equal(["a", "b"], rc.Containers);
        Assert.Equal(["x", "y"], rc.Images);

        var deployment = Make<KubeDeployment>("apps/v1", "Deployment", $$"""'spec':{'replicas':0,'selector':{'matchLabels':{'app':'web'},'matchExpressions':[{'key':'tier','operator':'In','values':['b','a']},{'key':'x','operator':'DoesNotExist'},{'key':'y','operator':'Exists'},{'key':'z','operator':'NotIn','values':['q']}]},{{Template}}},'status':{'readyReplicas':1,'updatedReplicas':2,'availableReplicas':3}""");
        Assert.Equal(("1/0", 0, 1, 2, 3), (deployment.Ready, deployment.Replicas, deployment.ReadyReplicas, deployment.UpToDate, deployment.Available));
        Assert.Equal("app=web,tier in (a,b),!x,y,z notin (q)", deployment.Selector);

        var empty = Make<KubeDeployment>("apps/v1", "Deployment", "'spec':{}");
        Assert.Equal(("0/1", 1, null), (empty.Ready, empty.Replicas, empty.Selector));
    }

    [Theory]
    [InlineData("'spec':{'completions':3},'status':{'succeeded':1}", "Running 1/3")]
    [InlineData("'spec':{'parallelism':5},'status':{'succeeded':1}", "Running 1/1 of 5")]
    [InlineData("'spec':{'parallelism':1}", "Running 0/1")]
    [InlineData("'spec':{}", "Running 0/1")]
    [InlineData("'spec':{'completions':1},'status':{'succeeded':1,'conditions':[{'type':'SuccessCriteriaMet','status':'True'},{'type':'Complete','status':'True'}]}", "Complete 1/1")]
    [InlineData("'spec':{'completions':1},'status':{'conditions':[{'type':'Failed','status':'True'}]}", "Failed 0/1")]
    [InlineData("'spec':{'completions':1},'status':{'conditions':[{'type':'Failed','status':'False'}]}", "Running 0/1")]
    [InlineData("'spec':{'completions':1},'status':{'conditions':[{'type':'Suspended','status':'True'}]}", "Suspended 0/1")]
    [InlineData("'spec':{'completions':1},'status':{'conditions':[{'type':'FailureTarget','status':'True'}]}", "FailureTarget 0/1")]
    [InlineData("'spec':{'completions':1},'status':{'conditions':[{'type':'SuccessCriteriaMet','status':'True'}]}", "SuccessCriteriaMet 0/1")]
    [InlineData("'metadata':{'deletionTimestamp':'2024-01-01T00:00:00Z'},'spec':{'completions':1},'status':{'conditions':[{'type':'Suspended','status':'True'}]}", "Terminating 0/1")]
    public void Jobs(string json, string expected)
    {
        var job = Make<KubeJob>("batch/v1", "Job", json);
        Assert.Equal(expected, $"{job.State} {job.Completions}");
    }

    [Fact]
    public void A_job_lasts_from_its_start_to_its_end_or_to_now()
    {
        Assert.Null(Make<KubeJob>("batch/v1", "Job", "'status':{}").Duration);
        Assert.Equal(TimeSpan.FromSeconds(190), Make<KubeJob>("batch/v1", "Job", "'status':{'startTime':'2024-05-01T00:00:00Z','completionTime':'2024-05-01T00:03:10Z'}").Duration);
        Assert.True(Make<KubeJob>("batch/v1", "Job", "'status':{'startTime':'2024-05-01T00:00:00Z'}").Duration > TimeSpan.FromDays(100));
    }

    [Theory]
    [InlineData("'status':{'conditions':[{'type':'MemoryPressure','status':'True'},{'type':'Ready','status':'True'}]}", "Ready []")]
    [InlineData("'status':{'conditions':[{'type':'Ready','status':'False'}]}", "NotReady []")]
    [InlineData("'status':{'conditions':[{'type':'Ready','status':'Unknown'}]}", "NotReady []")]
    [InlineData("'status':{}", "Unknown []")]
    [InlineData("'spec':{'unschedulable':true},'status':{'conditions':[{'type':'Ready','status':'True'}]}", "Ready,SchedulingDisabled []")]
    [InlineData("'spec':{'unschedulable':true}", "Unknown,SchedulingDisabled []")]
    [InlineData("'metadata':{'labels':{'node-role.kubernetes.io/worker':'','node-role.kubernetes.io/control-plane':'','kubernetes.io/role':'gpu','node-role.kubernetes.io/':'x'}}", "Unknown [control-plane,gpu,worker]")]
    public void Nodes(string json, string expected)
    {
        var node = Make<KubeNode>("v1", "Node", json);
        Assert.Equal(expected, $"{node.State} [{string.Join(',', node.Roles)}]");
    }

    [Fact]
    public void A_nodes_wide_columns()
    {
        var node = Make<KubeNode>("v1", "Node", "'status':{'addresses':[{'type':'Hostname','address':'h'},{'type':'InternalIP','address':'10.0.0.1'},{'type':'InternalIP','address':'fd00::1'},{'type':'ExternalIP','address':'1.2.3.4'}],'nodeInfo':{'kubeletVersion':'v1.34.1','osImage':'Debian','kernelVersion':'6.1','containerRuntimeVersion':'docker://29.0.1'}}");
        Assert.Equal(("10.0.0.1", "1.2.3.4", "v1.34.1", "Debian", "6.1", "docker://29.0.1"), (node.InternalIP, node.ExternalIP, node.Version, node.OSImage, node.KernelVersion, node.ContainerRuntime));
    }

    [Fact]
    public void Data_is_counted()
    {
        Assert.Equal(3, Make<KubeConfigMap>("v1", "ConfigMap", "'data':{'a':'','b':'{}'},'binaryData':{'c':''}").DataCount);
        Assert.Equal(0, Make<KubeConfigMap>("v1", "ConfigMap", "'data':null").DataCount);
        var secret = Make<KubeSecret>("v1", "Secret", "'type':'Opaque','data':{'a':'eA=='}");
        Assert.Equal((1, "Opaque"), (secret.DataCount, secret.Type));
        Assert.Equal("secret/n", secret.ToString());
        Assert.Equal("Active", Make<KubeNamespace>("v1", "Namespace", "'status':{'phase':'Active'}").State);
    }

    [Theory]
    [InlineData("v1", "'involvedObject':{'kind':'Pod','name':'web','fieldPath':'spec.containers{c}'},'reason':'Pulled','message':' m \\n','type':'Normal','source':{'component':'kubelet','host':'n1'},'firstTimestamp':'2024-05-01T10:00:00Z','lastTimestamp':'2024-05-01T11:00:00Z','count':3", "pod/web|spec.containers{c}|kubelet, n1|10|11|3|m")]
    [InlineData("v1", "'involvedObject':{'kind':'Node'},'reportingComponent':'agent','reportingInstance':'i','eventTime':'2024-05-01T10:00:00.123456Z','firstTimestamp':null,'lastTimestamp':null", "node||agent, i|10|10|1|")]
    [InlineData("v1", "'involvedObject':{'kind':'Pod','name':'a'},'eventTime':'2024-05-01T10:00:00.000000Z','series':{'count':7,'lastObservedTime':'2024-05-01T12:00:00.000000Z'},'count':2,'message':'x'", "pod/a|||10|12|7|x")]
    [InlineData("events.k8s.io/v1", "'regarding':{'kind':'Pod','name':'a'},'note':'hello','reportingController':'c','deprecatedFirstTimestamp':'2024-05-01T10:00:00Z','deprecatedLastTimestamp':'2024-05-01T11:00:00Z','deprecatedCount':4", "pod/a||c|10|11|4|hello")]
    [InlineData("events.k8s.io/v1", "'regarding':{'kind':'Pod','name':'a'},'deprecatedSource':{'component':'old'},'reportingController':'c','eventTime':'2024-05-01T10:00:00.5Z'", "pod/a||old|10|10|1|")]
    public void Events(string apiVersion, string json, string expected)
    {
        var told = Make<KubeEvent>(apiVersion, "Event", json);
        Assert.Equal(expected, $"{told.Object}|{told.Subobject}|{told.Source}|{told.FirstSeen?.ToUniversalTime().Hour}|{told.LastSeen?.ToUniversalTime().Hour}|{told.Count}|{told.Message}");
    }

    [Fact]
    public void A_pods_wide_columns()
    {
        var pod = Make<KubePod>("v1", "Pod", "'spec':{'nodeName':'n','readinessGates':[{'conditionType':'a'},{'conditionType':'b'},{'conditionType':'c'}],'containers':[{'image':'x'}]},'status':{'podIP':'1.1.1.1','podIPs':[{'ip':'2.2.2.2'},{'ip':'fd00::1'}],'hostIP':'3.3.3.3','nominatedNodeName':'m','qosClass':'Burstable','startTime':'2024-05-01T10:00:00Z','conditions':[{'type':'a','status':'False'},{'type':'b','status':'True'}]}");
        Assert.Equal(("n", "2.2.2.2", "3.3.3.3", "m", "1/3", "Burstable"), (pod.Node, pod.PodIP, pod.HostIP, pod.NominatedNode, pod.ReadinessGates, pod.QosClass));
        Assert.Equal(10, pod.StartTime!.Value.ToUniversalTime().Hour);
        Assert.Equal(["x"], pod.Images);
        var bare = Make<KubePod>("v1", "Pod", "'status':{'podIPs':[],'podIP':'1.1.1.1'}");
        Assert.Equal((null, "1.1.1.1", null), (bare.Node, bare.PodIP, bare.ReadinessGates));
    }

    [Theory]
    [InlineData("'message':'evicted'", "evicted")]
    [InlineData("'containerStatuses':[{'state':{'running':{}}},{'state':{'waiting':{'reason':'ErrImagePull','message':'no such image'}}}]", "no such image")]
    [InlineData("'initContainerStatuses':[{'state':{'waiting':{'message':'init'}}}],'containerStatuses':[{'state':{'waiting':{'message':'later'}}}]", "init")]
    [InlineData("'containerStatuses':[{'state':{'waiting':{'message':''}}}]", null)]
    public void A_pods_message(string status, string? message) => Assert.Equal(message, Make<KubePod>("v1", "Pod", $"'status':{{{status}}}").Message);

    static T Make<T>(string apiVersion, string kind, string json)
        where T : KubeObject =>
        Assert.IsType<T>(Doc.Parse($$"""{'apiVersion':'{{apiVersion}}','kind':'{{kind}}',{{(json.Contains("'metadata'") ? "" : "'metadata':{'name':'n'},")}}{{json}}}"""));
}
