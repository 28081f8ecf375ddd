using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Kinds;

/// <summary>Persistent volumes and claims: what may be changed in them.</summary>
public class VolumeKindTests
{
    const string Claims = "/api/v1/namespaces/default/persistentvolumeclaims";
    const string Volumes = "/api/v1/persistentvolumes";
    const string Fixed = "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
    const string Smaller = "spec.resources.requests.storage: Forbidden: field can not be less than previous value";

    [Theory]
    [InlineData("""{"resources":{"requests":{"storage":"2Gi"}}}""", true)]
    [InlineData("""{"resources":{"requests":{"storage":"2Gi"}}}""", false, Fixed)]
    [InlineData("""{"resources":{"requests":{"storage":"1024Mi"}}}""", false)]
    [InlineData("""{"resources":{"requests":{"storage":"1023Mi"}}}""", true, Smaller)]
    [InlineData("""{"resources":{"requests":{"storage":"1023Mi"}}}""", false, Fixed, Smaller)]
    [InlineData("""{"resources":{"requests":{"storage":"0"}}}""", true, "spec.resources[storage]: Invalid value: \"0\": must be greater than zero", Smaller)]
    [InlineData("""{"resources":{"requests":{"storage":null}}}""", true, "spec.resources[storage]: Required value", Smaller)]
    [InlineData("""{"resources":{"requests":{"cpu":"1"}}}""", true, Fixed)]
    [InlineData("""{"resources":{"limits":{"storage":"3Gi"}}}""", true, Fixed)]
    [InlineData("""{"accessModes":["ReadOnlyMany"]}""", true, Fixed)]
    [InlineData("""{"storageClassName":"other"}""", true, Fixed)]
    [InlineData("""{"selector":{"matchLabels":{"a":"b"}}}""", true, Fixed)]
    [InlineData("""{"volumeMode":"Block"}""", true, Fixed, "volumeMode: Invalid value: \"Block\": field is immutable")]
    [InlineData("""{"volumeName":"v"}""", false)]
    [InlineData("""{"volumeAttributesClassName":"gold"}""", true)]
    public async Task A_claim_grows_once_it_is_bound_and_changes_in_nothing_else(string change, bool bound, params string[] faults)
    {
        await using var api = await TestApi.StartAsync();
        (await api.PostAsync(Claims, """{"metadata":{"name":"a"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"s","resources":{"requests":{"storage":"1Gi"}}}}""")).Expect(201);
        if (bound)
            (await api.MergeAsync(Claims + "/a/status", """{"status":{"phase":"Bound","capacity":{"storage":"1Gi"}}}""")).Expect(200);
        Judge(await api.MergeAsync(Claims + "/a", $$"""{"spec":{{change}}}"""), faults);
    }

    [Fact]
    public async Task A_claim_chooses_its_volume_once()
    {
        await using var api = await TestApi.StartAsync();
        (await api.PostAsync(Claims, """{"metadata":{"name":"a"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}},"volumeName":"v"}}""")).Expect(201);
        Judge(await api.MergeAsync(Claims + "/a", """{"spec":{"volumeName":"w"}}"""), Fixed);
        Judge(await api.MergeAsync(Claims + "/a", """{"spec":{"volumeName":null}}"""), Fixed);
    }

    [Theory]
    [InlineData("""{"capacity":{"storage":"512Mi"},"accessModes":["ReadOnlyMany"],"storageClassName":"other","mountOptions":["ro"],"persistentVolumeReclaimPolicy":"Delete","claimRef":{"namespace":"n","name":"c"}}""")]
    [InlineData("""{"hostPath":{"path":"/y"}}""", "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation")]
    [InlineData("""{"hostPath":null,"nfs":{"server":"a","path":"/b"}}""", "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation")]
    [InlineData("""{"nfs":{"server":"a","path":"/b"}}""", "spec.nfs: Forbidden: may not specify more than 1 volume type", "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation")]
    [InlineData("""{"hostPath":null}""", "spec: Required value: must specify a volume type", "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation")]
    [InlineData("""{"volumeMode":"Block"}""", "volumeMode: Invalid value: \"Block\": field is immutable")]
    [InlineData("""{"nodeAffinity":null}""", "nodeAffinity: Invalid value: null: field is immutable")]
    [InlineData("""{"capacity":{"cpu":"1"}}""", "spec.capacity: Unsupported value: {\"storage\":\"1Gi\",\"cpu\":\"1\"}: supported values: \"storage\"")]
    [InlineData("""{"capacity":{"storage":"0"}}""", "spec.capacity[storage]: Invalid value: \"0\": must be greater than zero")]
    public async Task A_volume_stays_where_its_data_is(string change, params string[] faults)
    {
        await using var api = await TestApi.StartAsync();
        (await api.PostAsync(Volumes, """
            {"metadata":{"name":"a"},"spec":{"accessModes":["ReadWriteOnce"],"capacity":{"storage":"1Gi"},"hostPath":{"path":"/x"},
             "nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"k","operator":"In","values":["v"]}]}]}}}}
            """)).Expect(201);
        Judge(await api.MergeAsync(Volumes + "/a", $$"""{"spec":{{change}}}"""), faults);
    }

    [Fact]
    public async Task A_volume_may_say_later_from_which_nodes_it_is_reached()
    {
        await using var api = await TestApi.StartAsync();
        (await api.PostAsync(Volumes, """{"metadata":{"name":"a"},"spec":{"accessModes":["ReadWriteOnce"],"capacity":{"storage":"1Gi"},"hostPath":{"path":"/x"}}}""")).Expect(201);
        (await api.MergeAsync(Volumes + "/a", """{"spec":{"nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"k","operator":"Exists"}]}]}}}}""")).Expect(200);
    }

    static void Judge(Answer answer, params string[] faults)
    {
        if (faults.Length == 0)
        {
            answer.Expect(200);
            return;
        }

        var status = answer.Expect(422).Json;
        Assert.Equal("Invalid", status["reason"]!.ToString());
        Assert.Equal(faults, status["details"]!["causes"]!.AsArray().Select(c => $"{c!["field"]}: {c["message"]}"));
    }
}
