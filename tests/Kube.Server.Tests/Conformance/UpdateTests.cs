using System.Text.Json.Nodes;
using Kube.Server.Api.Patches;
using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Conformance;

/// <summary>
/// Replacements and deletions of the same objects on both servers, most of them dry runs: what may be changed, what the server keeps whatever is sent, what counts as
/// a generation, and which conditions of a deletion hold.
/// </summary>
public sealed class UpdateTests(TwoServers servers) : IClassFixture<TwoServers>
{
    const string Containers = """{"containers":[{"name":"c","image":"i:1"}]}""";
    const string Workload = """{"replicas":0,"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}},"spec":""" + Containers + "}}";

    // What services, workloads and jobs have had since 1.20, of which the real server does not know.
    static readonly string[] Later =
    [
        ".spec.internalTrafficPolicy", ".spec.clusterIP", ".spec.ipFamilies", ".spec.ipFamilyPolicy", ".spec.allocateLoadBalancerNodePorts", ".spec.ports[0].nodePort",
        ".spec.persistentVolumeClaimRetentionPolicy", ".spec.completionMode", ".spec.podReplacementPolicy", ".spec.suspend",
        ".metadata.finalizers: [\"kubernetes.io/p", // which protect volumes and claims there
    ];

    // Each as a merge patch of what is read.
    static readonly string[] OfAll =
    [
        """{"metadata":{"labels":{"n":"v"}}}""",
        """{"metadata":{"labels":{"n":"bad value!"}}}""",
        """{"metadata":{"annotations":{"k":"v"}}}""",
        """{"metadata":{"name":"other"}}""",
        """{"metadata":{"generateName":"g-"}}""",
        """{"metadata":{"resourceVersion":"1"}}""",
        """{"metadata":{"generation":77}}""",
        """{"metadata":{"selfLink":"x"}}""",
        """{"metadata":{"creationTimestamp":"2001-01-01T00:00:00Z"}}""",
        """{"metadata":{"creationTimestamp":null,"uid":null}}""",
        """{"metadata":{"deletionTimestamp":"2001-01-01T00:00:00Z"}}""",
        """{"metadata":{"deletionGracePeriodSeconds":5}}""",
        """{"metadata":{"finalizers":["x.y/z"]}}""",
        """{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":"u"}]}}""",
        """{"kind":"Nope"}""",
        """{"apiVersion":"nope/v1"}""",
        """{"status":{"phase":"Running","replicas":7}}""",
    ];

    static readonly string[] Deletions =
    [
        """{"preconditions":{"uid":"nope"}}""",
        """{"preconditions":{"resourceVersion":"1"}}""",
        """{"propagationPolicy":"Nope"}""",
        """{"propagationPolicy":"Orphan","orphanDependents":true}""",
        """{"dryRun":["Some"]}""",
        """{"dryRun":["All"],"gracePeriodSeconds":0}""",
        """{"dryRun":["All"],"propagationPolicy":"Foreground"}""",
        """{"dryRun":["All"],"propagationPolicy":"Orphan"}""",
    ];

    public static TheoryData<string, string, string[]> Kinds => new()
    {
        { "/api/v1/namespaces/NS/configmaps", """{"data":{"a":"1"}}""", ["""{"data":{"a":"2"}}""", """{"data":null}""", """{"data":{"bad key!":"x"}}""", """{"immutable":true}"""] },
        { "/api/v1/namespaces/NS/configmaps", """{"immutable":true,"data":{"a":"1"}}""", ["""{"data":{"a":"2"}}""", """{"immutable":false}""", """{"immutable":null}""", """{"data":{"b":"1"}}"""] },
        { "/api/v1/namespaces/NS/secrets", """{"type":"Opaque","stringData":{"a":"1"}}""", ["""{"data":{"a":"Mg=="}}""", """{"type":"kubernetes.io/tls"}""", """{"stringData":{"b":"c"}}"""] },
        { "/api/v1/namespaces/NS/secrets", """{"immutable":true,"stringData":{"a":"1"}}""", ["""{"data":{"a":"Mg=="}}""", """{"immutable":false}""", """{"stringData":{"b":"c"}}"""] },
        {
            "/api/v1/namespaces/NS/pods", """{"spec":{"automountServiceAccountToken":false,"schedulerName":"nobody","containers":[{"name":"c","image":"i:1","env":[{"name":"A"}]}]}}""",
            [
                """{"spec":{"containers":[{"name":"c","image":"i:2","env":[{"name":"A"}]}]}}""", """{"spec":{"containers":[{"name":"z","image":"i:1"}]}}""", """{"spec":{"nodeName":"n"}}""",
                """{"spec":{"activeDeadlineSeconds":5}}""", """{"spec":{"terminationGracePeriodSeconds":3}}""", """{"spec":{"tolerations":[]}}""", """{"spec":{"containers":[]}}""",
            ]
        },
        {
            "/api/v1/namespaces/NS/services", """{"spec":{"selector":{"a":"b"},"ports":[{"port":80}]}}""",
            [
                """{"spec":{"type":"NodePort"}}""", """{"spec":{"type":"Nope"}}""", """{"spec":{"type":"ExternalName"}}""", """{"spec":{"ports":[]}}""", """{"spec":{"ports":[{"port":81}]}}""",
                """{"spec":{"selector":null}}""", """{"spec":{"sessionAffinity":"ClientIP"}}""", """{"spec":{"clusterIP":"1.1.1.1"}}""",
            ]
        },
        { "/api/v1/namespaces/NS/serviceaccounts", "{}", ["""{"imagePullSecrets":[{"name":"x"}]}""", """{"automountServiceAccountToken":false}"""] },
        { "/apis/apps/v1/namespaces/NS/deployments", $$"""{"spec":{{Workload}}}""", OfWorkloads },
        { "/apis/apps/v1/namespaces/NS/replicasets", $$"""{"spec":{{Workload}}}""", OfWorkloads },
        { "/apis/apps/v1/namespaces/NS/statefulsets", $$"""{"spec":{{Workload}}}""", [.. OfWorkloads.Where(c => !c.Contains("[]", StringComparison.Ordinal)), """{"spec":{"serviceName":"t"}}""", """{"spec":{"podManagementPolicy":"Parallel"}}"""] },
        {
            "/apis/batch/v1/namespaces/NS/jobs", """{"spec":{"parallelism":0,"manualSelector":true,"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}},"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i:1"}]}}}}""",
            ["""{"spec":{"parallelism":-1}}""", """{"spec":{"completions":5}}""", """{"spec":{"selector":{"matchLabels":{"x":"y"}}}}""", """{"spec":{"backoffLimit":2}}""", """{"spec":{"template":{"spec":{"restartPolicy":"Always"}}}}"""]
        },
        {
            "/api/v1/namespaces/NS/persistentvolumeclaims", """{"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}},"storageClassName":""}}""",
            [
                """{"spec":{"accessModes":["ReadOnlyMany"]}}""", """{"spec":{"accessModes":[]}}""", """{"spec":{"storageClassName":"z"}}""", """{"spec":{"volumeMode":"Block"}}""",
                """{"spec":{"volumeName":"v"}}""", """{"spec":{"selector":{"matchLabels":{"a":"b"}}}}""", """{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}""",
                """{"spec":{"resources":{"requests":{"storage":"512Mi"}}}}""", """{"spec":{"resources":{"requests":{"storage":"1024Mi"}}}}""", """{"spec":{"resources":{"requests":{"storage":null}}}}""",
                """{"spec":{"resources":{"requests":{"storage":"-1"}}}}""", """{"spec":{"resources":{"requests":{"storage":"0"}}}}""", """{"spec":{"resources":{"limits":{"storage":"3Gi"}}}}""",
                """{"spec":{"dataSource":{"kind":"PersistentVolumeClaim","name":"q"}}}""",
            ]
        },
        {
            "/api/v1/persistentvolumes",
            """{"spec":{"accessModes":["ReadWriteOnce"],"capacity":{"storage":"1Gi"},"hostPath":{"path":"/x"},"storageClassName":"conformance","nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","operator":"In","values":["b"]}]}]}}}}""",
            [
                """{"spec":{"accessModes":["ReadOnlyMany"]}}""", """{"spec":{"capacity":{"storage":"512Mi"}}}""", """{"spec":{"capacity":{"storage":"-1"}}}""", """{"spec":{"capacity":null}}""",
                """{"spec":{"capacity":{"cpu":"1"}}}""", """{"spec":{"hostPath":{"path":"/y"}}}""", """{"spec":{"hostPath":null,"nfs":{"server":"a","path":"/b"}}}""", """{"spec":{"nfs":{"server":"a","path":"/b"}}}""",
                """{"spec":{"hostPath":null}}""", """{"spec":{"volumeMode":"Block"}}""", """{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}""", """{"spec":{"persistentVolumeReclaimPolicy":"Nope"}}""",
                """{"spec":{"nodeAffinity":null}}""", """{"spec":{"nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"c","operator":"In","values":["b"]}]}]}}}}""",
                """{"spec":{"claimRef":{"namespace":"x","name":"y"}}}""", """{"spec":{"mountOptions":["ro"]}}""",
            ]
        },
        { "/apis/rbac.authorization.k8s.io/v1/namespaces/NS/roles", """{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}""", ["""{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":[]}]}"""] },
        {
            "/apis/rbac.authorization.k8s.io/v1/namespaces/NS/rolebindings",
            """{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"o"},"subjects":[{"kind":"User","name":"x","apiGroup":"rbac.authorization.k8s.io"}]}""",
            ["""{"roleRef":{"name":"p"}}""", """{"subjects":[]}"""]
        },
        { "/apis/rbac.authorization.k8s.io/v1/clusterroles", """{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}""", ["""{"metadata":{"namespace":"other"}}"""] },
        { "/apis/scheduling.k8s.io/v1/priorityclasses", """{"value":5}""", ["""{"metadata":{"namespace":"other"}}""", """{"description":"x"}""", """{"preemptionPolicy":"Never"}"""] },
        { "/apis/storage.k8s.io/v1/storageclasses", """{"provisioner":"x/y"}""", ["""{"metadata":{"namespace":"other"}}""", """{"provisioner":"z/z"}""", """{"allowVolumeExpansion":true}"""] },
    };

    // 1.20 does not look into the templates of stateful sets: they go without the empty list.
    static string[] OfWorkloads =>
    [
        """{"spec":{"selector":{"matchLabels":{"app":"y"}}}}""", """{"spec":{"replicas":-1}}""", """{"spec":{"replicas":null}}""", """{"spec":{"template":{"metadata":{"labels":{"app":"y"}}}}}""",
        """{"spec":{"template":{"spec":{"containers":[]}}}}""", """{"spec":{"template":{"spec":{"restartPolicy":"Never"}}}}""", """{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"i:2"}]}}}}""",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_may_be_changed_and_how_it_is_deleted_is_the_same_on_both(string collection, string document, string[] own)
    {
        var named = JsonNode.Parse(document)!.AsObject();
        named["metadata"] = new JsonObject { ["name"] = "NS" };
        var (made, also) = await servers.SendAsync("POST", collection, named.ToJsonString());
        Assert.True((made.Code, also.Code) is (201, 201), $"{made.Text}\n{also.Text}");
        var surprises = new List<string>();
        try
        {
            foreach (var change in OfAll.Concat(own))
                surprises.AddRange((await ReplaceAsync(collection, "?dryRun=All", change)).Select(d => $"{change}: {d}"));
            foreach (var options in Deletions)
            {
                var (real, embedded) = await servers.SendAsync("DELETE", collection + "/NS", options);
                if (Difference.OfFailures(real, embedded) is { } difference)
                    surprises.Add($"deleted with {options}: {difference}");
            }

            var (gone, absent) = (await servers.SendAsync("DELETE", collection + "/absent"), await servers.SendAsync("PUT", collection + "/absent", named.ToJsonString().Replace("\"NS\"", "\"absent\"")));
            if (Difference.OfFailures(gone.Real, gone.Embedded) is { } ofDeletion)
                surprises.Add($"deletion of what is not there: {ofDeletion}");
            if (Difference.OfFailures(absent.Real, absent.Embedded) is { } ofReplacement)
                surprises.Add($"replacement of what is not there: {ofReplacement}");
        }
        finally
        {
            await servers.SendAsync("DELETE", collection + "/absent");
            await servers.SendAsync("DELETE", collection + "/NS", """{"gracePeriodSeconds":0,"propagationPolicy":"Background"}""");
        }

        Assert.True(surprises.Count == 0, $"{surprises.Count} differences of {collection}:\n" + string.Join("\n", surprises));
    }

    [Fact]
    public async Task A_change_of_the_status_alone_is_no_generation_and_keeps_labels()
    {
        const string path = "/apis/apps/v1/namespaces/NS/deployments";
        var (made, also) = await servers.SendAsync("POST", path, $$$"""{"metadata":{"name":"status"},"spec":{{{Workload}}}}""");
        Assert.True((made.Code, also.Code) is (201, 201), $"{made.Text}\n{also.Text}");
        var (real, embedded) = await TryAsync(path + "/status/status", "", """{"metadata":{"labels":{"by":"status"},"annotations":{"by":"status"}},"spec":{"replicas":5}}""");
        foreach (var answer in (Answer[])[real, embedded])
        {
            Assert.Equal(200, answer.Code);
            Assert.Equal("0", answer.Json["spec"]!["replicas"]!.ToString());
            Assert.Null(answer.Json["metadata"]!["labels"]);
            Assert.Equal("status", answer.Json["metadata"]!["annotations"]!["by"]!.ToString());
        }
    }

    async Task<IEnumerable<string>> ReplaceAsync(string collection, string query, string change)
    {
        var (real, embedded) = await TryAsync(collection + "/NS", query, change);
        return Difference.OfFailures(real, embedded) is { } failure ? [failure]
            : real.Code != 200 ? []
            : Difference.OfDocuments(Document(real.Json), Document(embedded.Json)).Where(d => !Later.Any(later => d.StartsWith(later, StringComparison.Ordinal)));
    }

    // A controller of either may have been faster.
    async Task<(Answer Real, Answer Embedded)> TryAsync(string path, string query, string change)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answers = await servers.ReplaceAsync(path, query, document => MergePatch.Apply(document, JsonNode.Parse(change)!.AsObject()));
            if (attempt == 20 || change.Contains("resourceVersion", StringComparison.Ordinal) || (answers.Real.Code, answers.Embedded.Code) is not (409, _) and not (_, 409))
                return answers;
        }
    }

    // Of an object that nobody runs, its controller may have said so already; who owns what is FieldOwnerTests' business.
    JsonObject Document(JsonNode document)
    {
        var plain = servers.Plain(document)!.AsObject();
        foreach (var field in (string[])["status", "secrets"])
            plain.Remove(field);
        foreach (var field in (string[])["managedFields", "annotations"])
            plain["metadata"]!.AsObject().Remove(field);
        return plain;
    }
}
