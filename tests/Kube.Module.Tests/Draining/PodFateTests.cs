namespace Kube.Module.Tests.Draining;

/// <summary>The decisions of Clear-KubeNode, of the module as it is packed.</summary>
public sealed class PodFateTests
{
    const string ReplicaSet = """ "ownerReferences":[{"kind":"ReplicaSet","name":"web","controller":true}] """;
    const string DaemonSet = """ "ownerReferences":[{"kind":"DaemonSet","name":"logs","controller":true}] """;
    const string Onlooker = """ "ownerReferences":[{"kind":"ReplicaSet","name":"web"}] """;
    const string Mirror = """ "annotations":{"kubernetes.io/config.mirror":"x"} """;
    const string Deleted = """ "deletionTimestamp":"2026-01-01T00:00:00Z" """;
    const string Data = """ "volumes":[{"name":"a","configMap":{"name":"c"}},{"name":"b","emptyDir":{}}] """;
    const string Other = """ "volumes":[{"name":"a","configMap":{"name":"c"}}] """;

    [Theory]
    [InlineData(ReplicaSet, "", "Running", "", "goes")]
    [InlineData(ReplicaSet, Other, "Running", "", "goes")]
    [InlineData(ReplicaSet, Data, "Running", "", "blocks: it has data of its own in an emptyDir volume (-DeleteLocalData)")]
    [InlineData(ReplicaSet, Data, "Running", "data", "goes: it has data of its own in an emptyDir volume")]
    [InlineData(ReplicaSet, Data, "Succeeded", "", "goes")]
    [InlineData("", "", "Running", "", "blocks: nothing makes it anew (-Force)")]
    [InlineData("", "", "Pending", "", "blocks: nothing makes it anew (-Force)")]
    [InlineData("", "", "Failed", "", "goes")]
    [InlineData("", "", "Running", "force", "goes: nothing makes it anew")]
    [InlineData("", Data, "Running", "", "blocks: nothing makes it anew (-Force), and it has data of its own in an emptyDir volume (-DeleteLocalData)")]
    [InlineData("", Data, "Running", "force", "blocks: it has data of its own in an emptyDir volume (-DeleteLocalData)")]
    [InlineData("", Data, "Running", "force data", "goes: nothing makes it anew, and it has data of its own in an emptyDir volume")]
    [InlineData(Onlooker, "", "Running", "", "blocks: nothing makes it anew (-Force)")]
    [InlineData(DaemonSet, Data, "Running", "", "stays: daemon set 'logs' would make it anew on this node")]
    [InlineData(DaemonSet, "", "Running", "force data", "stays: daemon set 'logs' would make it anew on this node")]
    [InlineData(DaemonSet, "", "Failed", "", "goes")]
    [InlineData(Deleted, Data, "Running", "", "goes")]
    [InlineData(Mirror, Data, "Running", "force data", "stays: it is a static pod, which the node itself keeps")]
    [InlineData(Mirror, "", "Failed", "", "stays: it is a static pod, which the node itself keeps")]
    public void What_would_be_lost_is_in_the_way_unless_it_is_allowed(string metadata, string spec, string phase, string allowed, string expected)
    {
        var document = $"{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{{\"name\":\"web\"{(metadata.Length > 0 ? "," + metadata : "")}}},\"spec\":{{{spec}}},\"status\":{{\"phase\":\"{phase}\"}}}}";
        using var session = new ModuleSession();
        var pod = session.RunForOne("[Kube.KubeObject]::Parse([Text.Encoding]::UTF8.GetBytes($args[0]))", document).BaseObject;
        var module = ((Type)session.RunForOne("(Get-Command Clear-KubeNode).ImplementingType").BaseObject).Assembly;
        var type = module.GetType("Kube.Module.Draining.DrainOptions", throwOnError: true)!;
        var options = Activator.CreateInstance(type);
        type.GetProperty("Force")!.SetValue(options, allowed.Contains("force", StringComparison.Ordinal));
        type.GetProperty("DeleteLocalData")!.SetValue(options, allowed.Contains("data", StringComparison.Ordinal));

        var fate = module.GetType("Kube.Module.Draining.PodFate", throwOnError: true)!.GetMethod("Of")!.Invoke(null, [pod, options])!;

        var reason = fate.GetType().GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.GetValue(fate)).Single();
        Assert.Equal(expected, fate.GetType().Name.ToLowerInvariant() + (reason is null ? "" : ": " + reason));
    }
}
