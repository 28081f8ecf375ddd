using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Kinds;

/// <summary>Storage classes and priority classes: kept, with their defaults, rules and columns.</summary>
public class ClassKindTests
{
    const string Storage = "/apis/storage.k8s.io/v1/storageclasses";
    const string Priority = "/apis/scheduling.k8s.io/v1/priorityclasses";
    const string AsTable = "application/json;as=Table;v=v1;g=meta.k8s.io";

    [Fact]
    public async Task Defaults_are_filled_in_and_a_zero_is_a_value()
    {
        await using var api = await TestApi.StartAsync();
        var storage = (await api.PostAsync(Storage, """{"metadata":{"name":"a"},"provisioner":"x.example/y","allowVolumeExpansion":false}""")).Expect(201).Json;
        Assert.Equal(("Delete", "Immediate", "false"), (storage["reclaimPolicy"]!.ToString(), storage["volumeBindingMode"]!.ToString(), storage["allowVolumeExpansion"]!.ToJsonString()));
        var priority = (await api.PostAsync(Priority, """{"metadata":{"name":"a"},"value":0}""")).Expect(201).Json;
        Assert.Equal(("0", "PreemptLowerPriority"), (priority["value"]!.ToJsonString(), priority["preemptionPolicy"]!.ToString()));
        Assert.Equal("1", priority["metadata"]!["generation"]!.ToJsonString());
    }

    [Theory]
    [InlineData(Storage, "a", "\"provisioner\":\"\"", "provisioner: Required value")]
    [InlineData(Storage, "a", "\"provisioner\":\"p\",\"parameters\":{\"\":\"x\"}", "parameters: Invalid value: \"\": field can not be empty.")]
    [InlineData(Storage, "a", "\"provisioner\":\"p\",\"reclaimPolicy\":\"Recycle\"", "reclaimPolicy: Unsupported value: \"Recycle\": supported values: \"Delete\", \"Retain\"")]
    [InlineData(Storage, "a", "\"provisioner\":\"p\",\"reclaimPolicy\":\"Never\"", "reclaimPolicy: Unsupported value: \"Never\": supported values: \"Delete\", \"Retain\"")]
    [InlineData(Storage, "a", "\"provisioner\":\"p\",\"volumeBindingMode\":\"Late\"", "volumeBindingMode: Unsupported value: \"Late\": supported values: \"Immediate\", \"WaitForFirstConsumer\"")]
    [InlineData(Priority, "a", "\"value\":1000000001", "value: Forbidden: maximum allowed value of a user defined priority is 1000000000")]
    [InlineData(Priority, "system-mine", "\"value\":1", "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only")]
    [InlineData(Priority, "system-node-critical", "\"value\":1", "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only")]
    [InlineData(Priority, "system-node-critical", "\"value\":2000001000,\"globalDefault\":true", "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only")]
    public async Task A_faulty_class_is_refused(string path, string name, string rest, string fault)
    {
        await using var api = await TestApi.StartAsync();
        var answer = (await api.PostAsync(path, $"{{\"metadata\":{{\"name\":\"{name}\"}},{rest}}}")).Expect(422);
        Assert.Equal([fault], answer.Json["details"]!["causes"]!.AsArray().Select(c => $"{c!["field"]}: {c["message"]}"));
    }

    [Theory]
    [InlineData("system-cluster-critical", 2_000_000_000)]
    [InlineData("system-node-critical", 2_000_001_000)]
    [InlineData("highest", 1_000_000_000)]
    [InlineData("low", -5)]
    public async Task A_priority_class_within_the_rules_is_taken(string name, int value)
    {
        await using var api = await TestApi.StartAsync();
        (await api.PostAsync(Priority, $"{{\"metadata\":{{\"name\":\"{name}\"}},\"value\":{value}}}")).Expect(201);
    }

    [Theory]
    [InlineData(Storage, "{\"provisioner\":\"q\"}", "provisioner: Forbidden: updates to provisioner are forbidden.")]
    [InlineData(Storage, "{\"parameters\":{\"a\":\"b\"}}", "parameters: Forbidden: updates to parameters are forbidden.")]
    [InlineData(Storage, "{\"reclaimPolicy\":\"Retain\"}", "reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.")]
    [InlineData(Storage, "{\"volumeBindingMode\":\"WaitForFirstConsumer\"}", "volumeBindingMode: Invalid value: \"WaitForFirstConsumer\": field is immutable")]
    [InlineData(Priority, "{\"value\":2}", "value: Forbidden: may not be changed in an update.")]
    [InlineData(Priority, "{\"preemptionPolicy\":\"Never\"}", "preemptionPolicy: Invalid value: \"Never\": field is immutable")]
    public async Task What_a_class_promises_stays(string path, string patch, string fault)
    {
        await using var api = await TestApi.StartAsync();
        (await api.PostAsync(path, path == Storage ? """{"metadata":{"name":"a"},"provisioner":"p"}""" : """{"metadata":{"name":"a"},"value":1}""")).Expect(201);
        Assert.Contains(fault, (await api.MergeAsync(path + "/a", patch)).Expect(422).Message);
        (await api.MergeAsync(path + "/a", """{"metadata":{"labels":{"b":"c"}}}""")).Expect(200);
    }

    [Fact]
    public async Task Tables_mark_the_default_class()
    {
        await using var api = await TestApi.StartAsync();
        (await api.PostAsync(Storage, """{"metadata":{"name":"a","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"p"}""")).Expect(201);
        (await api.PostAsync(Priority, """{"metadata":{"name":"b"},"value":7,"globalDefault":true}""")).Expect(201);
        var storage = (await api.GetAsync(Storage, AsTable)).Expect(200).Json["rows"]![0]!["cells"]!.AsArray();
        Assert.Equal("""["a (default)","p","Delete","Immediate",false]""", new System.Text.Json.Nodes.JsonArray([.. storage.Take(5).Select(c => c!.DeepClone())]).ToJsonString());
        var priority = (await api.GetAsync(Priority, AsTable)).Expect(200).Json["rows"]![0]!["cells"]!.AsArray();
        Assert.Equal(["\"b\"", "7", "true"], priority.Take(3).Select(c => c!.ToJsonString()));
        Assert.Equal("PreemptLowerPriority", priority[4]!.ToString());
    }
}
