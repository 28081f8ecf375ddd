using System.Globalization;
using System.Text.Json.Nodes;

namespace Kube.Module.Tests.EndToEnd.Tables;

/// <summary>Makes up objects that an API server takes.</summary>
sealed class Documents(Dice dice)
{
    readonly DateTime _now = DateTime.UtcNow;

    /// <summary>A pod that nobody runs.</summary>
    public JsonObject Pod(string name, int init, int containers, int gates) => New("v1", "Pod", name, new()
    {
        ["spec"] = new JsonObject
        {
            ["schedulerName"] = "nobody",
            ["initContainers"] = Containers("i", init),
            ["containers"] = Containers("c", containers),
            ["readinessGates"] = new JsonArray([.. Enumerable.Range(0, gates).Select(i => new JsonObject { ["conditionType"] = $"example.com/gate-{i}" })]),
        },
    });

    /// <summary>A service of a type; <c>None</c> stands for a headless one.</summary>
    public JsonObject Service(string name, string type)
    {
        var spec = new JsonObject
        {
            ["type"] = type == "None" ? "ClusterIP" : type,
            ["selector"] = dice.Labels(3),
            ["ports"] = new JsonArray([.. Enumerable.Range(0, 1 + dice.Roll(3)).Select(i => new JsonObject { ["name"] = $"p{i}", ["port"] = 80 + i * 1000, ["protocol"] = type == "LoadBalancer" ? "TCP" : dice.Pick("TCP", "UDP") })]),
        };
        if (type == "None") spec["clusterIP"] = "None";
        if (type == "ExternalName") spec["externalName"] = "db.example.com";
        if (type is "ExternalName" or "None" && dice.Chance(50)) spec.Remove("ports");
        if (dice.Chance(30)) spec["externalIPs"] = new JsonArray("192.0.2.10", "192.0.2.11");
        return New("v1", "Service", name, new() { ["spec"] = spec });
    }

    /// <summary>The service with what a load balancer may say of it.</summary>
    public JsonObject LoadBalanced(JsonObject service) => With(service, new()
    {
        ["loadBalancer"] = new JsonObject { ["ingress"] = dice.Some(3, i => dice.Chance(50) ? new JsonObject { ["ip"] = $"198.51.100.{i + 1}" } : new JsonObject { ["hostname"] = $"lb-{i}.example.com" }) },
    });

    /// <summary>A deployment or a replication controller whose pods nobody runs.</summary>
    public JsonObject Workload(string resource, string name)
    {
        var labels = dice.Labels(2);
        labels["name"] = name;
        var template = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels.DeepClone() }, ["spec"] = new JsonObject { ["schedulerName"] = "nobody", ["containers"] = dice.Containers() } };
        if (resource == "replicationcontrollers")
        {
            return New("v1", "ReplicationController", name, new() { ["spec"] = new JsonObject { ["replicas"] = dice.Roll(3), ["selector"] = labels, ["template"] = template } });
        }
        var selector = new JsonObject { ["matchLabels"] = labels };
        if (dice.Chance(50))
        {
            selector["matchExpressions"] = new JsonArray(
                new JsonObject { ["key"] = "name", ["operator"] = "In", ["values"] = new JsonArray(name, "another") },
                new JsonObject { ["key"] = "name", ["operator"] = "Exists" },
                new JsonObject { ["key"] = "track", ["operator"] = "DoesNotExist" },
                new JsonObject { ["key"] = "zone", ["operator"] = "NotIn", ["values"] = new JsonArray("b", "a") });
        }
        return New("apps/v1", "Deployment", name, new() { ["spec"] = new JsonObject { ["replicas"] = dice.Roll(3), ["selector"] = selector, ["template"] = template } });
    }

    /// <summary>The workload with as many replicas in each state as may be.</summary>
    public JsonObject Counted(JsonObject workload)
    {
        var replicas = dice.Roll(2000);
        var ready = dice.Roll(replicas + 1);
        var status = new JsonObject { ["replicas"] = replicas, ["readyReplicas"] = ready, ["availableReplicas"] = dice.Roll(ready + 1) };
        if ((string?)workload["kind"] == "Deployment") status["updatedReplicas"] = dice.Roll(replicas + 1);
        return With(workload, status);
    }

    /// <summary>A job whose pods nobody runs.</summary>
    public JsonObject Job(string name)
    {
        var spec = new JsonObject
        {
            ["parallelism"] = dice.Roll(3),
            ["template"] = new JsonObject { ["spec"] = new JsonObject { ["schedulerName"] = "nobody", ["restartPolicy"] = "Never", ["containers"] = dice.Containers() } },
        };
        if (dice.Chance(50)) spec["completions"] = 1 + dice.Roll(5);
        return New("batch/v1", "Job", name, new() { ["spec"] = spec });
    }

    /// <summary>The job somewhere on its way.</summary>
    public JsonObject Worked(JsonObject job)
    {
        var status = new JsonObject { ["active"] = dice.Roll(3), ["succeeded"] = dice.Roll(6), ["failed"] = dice.Roll(4) };
        if (dice.Chance(80)) status["startTime"] = dice.Past(_now);
        if (status["startTime"] is { } start && dice.Chance(50))
        {
            var begun = DateTime.Parse((string)start!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
            status["completionTime"] = begun.AddSeconds((_now - begun).TotalSeconds * dice.Roll(100) / 100).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            status["conditions"] = new JsonArray(new JsonObject { ["type"] = "Complete", ["status"] = "True" });
        }
        else if (dice.Chance(30)) status["conditions"] = new JsonArray(new JsonObject { ["type"] = "Failed", ["status"] = "True", ["reason"] = "BackoffLimitExceeded" });
        return With(job, status);
    }

    /// <summary>An object of a type of the module's, in a namespace if it is of one.</summary>
    public JsonObject Of(string type, string name, string place) => type switch
    {
        "Kube.KubeNode" => Node(name),
        "Kube.KubeEvent" => Event(name, place),
        "Kube.KubeNamespace" => New("v1", "Namespace", name, []),
        "Kube.KubeConfigMap" => New("v1", "ConfigMap", name, new() { ["data"] = Data("a", "b", dice.Roll(4)), ["binaryData"] = Data("c", "YQ==", dice.Roll(3)) }),
        "Kube.KubeSecret" => New("v1", "Secret", name, new() { ["type"] = dice.Pick("Opaque", "example.com/own"), ["data"] = Data("a", "YQ==", dice.Roll(5)) }),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    JsonObject Node(string name)
    {
        var labels = dice.Labels(2);
        if (dice.Chance(40)) labels["node-role.kubernetes.io/" + dice.Pick("control-plane", "worker", "ingress")] = "";
        if (dice.Chance(20)) labels["node-role.kubernetes.io/etcd"] = "true";
        if (dice.Chance(20)) labels["kubernetes.io/role"] = dice.Pick("worker", "");
        var node = New("v1", "Node", name, new()
        {
            ["spec"] = new JsonObject { ["unschedulable"] = dice.Chance(30) },
            ["status"] = new JsonObject
            {
                ["conditions"] = dice.Chance(10) ? [] : new JsonArray(
                    new JsonObject { ["type"] = "Ready", ["status"] = dice.Pick("True", "False", "Unknown") },
                    new JsonObject { ["type"] = "MemoryPressure", ["status"] = dice.Pick("True", "False", "Unknown") }),
                ["addresses"] = dice.Some(4, i => new JsonObject { ["type"] = dice.Pick("InternalIP", "ExternalIP", "Hostname"), ["address"] = $"10.0.0.{i}" }),
                ["nodeInfo"] = Info(),
            },
        });
        node["metadata"]!["labels"] = labels;
        return node;
    }

    JsonObject Info()
    {
        var info = new JsonObject();
        foreach (var field in (string[])["machineID", "systemUUID", "bootID", "kernelVersion", "osImage", "containerRuntimeVersion", "kubeletVersion", "kubeProxyVersion", "operatingSystem", "architecture"])
        {
            info[field] = dice.Chance(80) ? dice.Pick("v1.20.2", "docker://20.10.24+dfsg1", "Debian GNU/Linux 12 (bookworm)", "6.1") : "";
        }
        return info;
    }

    JsonObject Event(string name, string place)
    {
        var happening = New("v1", "Event", name, new()
        {
            ["type"] = dice.Pick("Normal", "Warning"),
            ["reason"] = dice.Pick("Pulled", "BackOff", "FailedScheduling", "Killing"),
            ["action"] = "Testing",
            ["message"] = dice.Pick("made up", "  with space around \n", "two\nlines", ""),
            ["involvedObject"] = new JsonObject { ["kind"] = dice.Pick("Pod", "ReplicaSet"), ["namespace"] = place, ["name"] = dice.Pick("web-1", "db", ""), ["fieldPath"] = dice.Pick("", "spec.containers{c}") },
            ["reportingComponent"] = dice.Pick("", "example.com/controller"),
            ["reportingInstance"] = dice.Pick("", "controller-1"),
        });
        if (dice.Chance(70)) happening["source"] = new JsonObject { ["component"] = dice.Pick("kubelet", "scheduler"), ["host"] = dice.Pick("", "lab") };
        if (dice.Chance(80)) happening["firstTimestamp"] = dice.Past(_now);
        if (dice.Chance(80)) happening["lastTimestamp"] = dice.Past(_now);
        if (dice.Chance(80)) happening["count"] = dice.Roll(100);
        if (dice.Chance(30)) happening["series"] = new JsonObject { ["count"] = 1 + dice.Roll(20), ["lastObservedTime"] = dice.Past(_now).Replace("Z", ".000000Z", StringComparison.Ordinal) };
        return happening;
    }

    static JsonArray Containers(string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new JsonObject { ["name"] = $"{prefix}{i}", ["image"] = "busybox:1.35" })];

    static JsonObject Data(string prefix, string value, int count) => new(Enumerable.Range(0, count).Select(i => KeyValuePair.Create(prefix + i, (JsonNode?)value)));

    static JsonObject New(string version, string kind, string name, JsonObject rest)
    {
        rest["apiVersion"] = version;
        rest["kind"] = kind;
        rest["metadata"] = new JsonObject { ["name"] = name };
        return rest;
    }

    static JsonObject With(JsonObject document, JsonObject status)
    {
        var changed = document.DeepClone().AsObject();
        changed["status"] = status;
        return changed;
    }
}
