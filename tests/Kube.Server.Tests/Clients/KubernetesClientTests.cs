using k8s;
using k8s.Autorest;
using k8s.Models;
using Kube.Server.Tests.Api;

namespace Kube.Server.Tests.Clients;

/// <summary>The official C# client against the server: an independent reader of the same API.</summary>
public class KubernetesClientTests
{
    static Kubernetes Connect(TestApi api) => new(new KubernetesClientConfiguration { Host = api.Address.ToString() });

    static V1Pod Pod(string name) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Labels = new Dictionary<string, string> { ["app"] = name } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "c", Image = "busybox:1.35", Resources = new V1ResourceRequirements { Limits = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("0.5") } } }] },
    };

    [Fact]
    public async Task It_creates_reads_changes_and_deletes()
    {
        await using var api = await TestApi.StartAsync();
        using var client = Connect(api);
        var created = await client.CoreV1.CreateNamespacedPodAsync(Pod("a"), "default");
        Assert.Equal("Pending", created.Status.Phase);
        Assert.Equal("500m", created.Spec.Containers[0].Resources.Requests["cpu"].ToString());
        Assert.NotNull(created.Metadata.CreationTimestamp);
        created.Metadata.Labels["x"] = "y";
        var replaced = await client.CoreV1.ReplaceNamespacedPodAsync(created, "a", "default");
        Assert.Equal("y", replaced.Metadata.Labels["x"]);
        var conflict = await Assert.ThrowsAsync<HttpOperationException>(() => client.CoreV1.ReplaceNamespacedPodAsync(created, "a", "default"));
        Assert.Equal(409, (int)conflict.Response.StatusCode);
        await client.CoreV1.PatchNamespacedPodAsync(new V1Patch("{\"metadata\":{\"labels\":{\"x\":null}}}", V1Patch.PatchType.MergePatch), "a", "default");
        await client.CoreV1.PatchNamespacedPodAsync(new V1Patch("{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"busybox:2\"}]}}", V1Patch.PatchType.StrategicMergePatch), "a", "default");
        var read = await client.CoreV1.ReadNamespacedPodAsync("a", "default");
        Assert.Equal(("busybox:2", false), (read.Spec.Containers[0].Image, read.Metadata.Labels.ContainsKey("x")));
        await client.CoreV1.DeleteNamespacedPodAsync("a", "default");
        Assert.Empty((await client.CoreV1.ListNamespacedPodAsync("default", labelSelector: "app=a")).Items);
    }

    [Fact]
    public async Task It_pages_and_watches()
    {
        await using var api = await TestApi.StartAsync();
        using var client = Connect(api);
        foreach (var name in (string[])["a", "b", "c"])
            await client.CoreV1.CreateNamespacedPodAsync(Pod(name), "default");
        var first = await client.CoreV1.ListNamespacedPodAsync("default", limit: 2);
        Assert.Equal((2, 1L), (first.Items.Count, first.Metadata.RemainingItemCount));
        var second = await client.CoreV1.ListNamespacedPodAsync("default", limit: 2, continueParameter: first.Metadata.ContinueProperty);
        Assert.Equal("c", Assert.Single(second.Items).Metadata.Name);

        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var seen = new List<string>();
        var watching = Task.Run(async () =>
        {
            await foreach (var (type, pod) in client.CoreV1.WatchListNamespacedPodAsync("default", resourceVersion: second.Metadata.ResourceVersion, cancellationToken: bound.Token))
            {
                seen.Add($"{type} {pod.Metadata.Name}");
                if (seen.Count == 3)
                    return;
            }
        });
        await client.CoreV1.CreateNamespacedPodAsync(Pod("d"), "default");
        await client.CoreV1.PatchNamespacedPodStatusAsync(new V1Patch("{\"status\":{\"phase\":\"Running\"}}", V1Patch.PatchType.MergePatch), "d", "default");
        await client.CoreV1.DeleteNamespacedPodAsync("d", "default");
        await watching;
        Assert.Equal(["Added d", "Modified d", "Deleted d"], seen);
    }

    [Fact]
    public async Task It_reads_failures_versions_and_leases()
    {
        await using var api = await TestApi.StartAsync();
        using var client = Connect(api);
        var missing = await Assert.ThrowsAsync<HttpOperationException>(() => client.CoreV1.ReadNamespacedPodAsync("none", "default"));
        Assert.Equal("NotFound", KubernetesJson.Deserialize<V1Status>(missing.Response.Content).Reason);
        Assert.Equal("1", (await client.Version.GetCodeAsync()).Major);
        var lease = await client.CoordinationV1.CreateNamespacedLeaseAsync(new V1Lease
        {
            Metadata = new V1ObjectMeta { Name = "l" },
            Spec = new V1LeaseSpec { HolderIdentity = "me", LeaseDurationSeconds = 40, RenewTime = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc) },
        }, "default");
        Assert.Equal(678, lease.Spec.RenewTime!.Value.Millisecond);
        var scale = await client.CoreV1.CreateNamespacedReplicationControllerAsync(KubernetesJson.Deserialize<V1ReplicationController>(Samples.Controller("rc", 2)), "default");
        Assert.Equal(2, scale.Spec.Replicas);
        Assert.Equal(2, (await client.CoreV1.ReadNamespacedReplicationControllerScaleAsync("rc", "default")).Spec.Replicas);
    }
}
