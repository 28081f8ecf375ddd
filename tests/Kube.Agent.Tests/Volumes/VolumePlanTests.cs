using System.Text.Json;
using Kube.Agent.Runtime;
using Kube.Agent.Volumes;

namespace Kube.Agent.Tests.Volumes;

public class VolumePlanTests
{
    static VolumePlan Plan(string json) => VolumePlan.Of(VolumeSpec.Parse(JsonDocument.Parse(json).RootElement));

    static string Refuse(string json)
    {
        var refusal = Assert.Throws<VolumeException>(() => Plan(json));
        Assert.Equal("v", refusal.Volume);
        Assert.StartsWith("MountVolume.SetUp failed for volume \"v\" : ", refusal.Message);
        return refusal.Reason;
    }

    [Theory]
    [InlineData("""{"name":"v","emptyDir":{}}""", false, 0)]
    [InlineData("""{"name":"v"}""", false, 0)]
    [InlineData("""{"name":"v","emptyDir":{"medium":""}}""", false, 0)]
    [InlineData("""{"name":"v","emptyDir":{"medium":"Memory"}}""", true, 0)]
    [InlineData("""{"name":"v","emptyDir":{"medium":"Memory","sizeLimit":"64Mi"}}""", true, 64 << 20)]
    [InlineData("""{"name":"v","emptyDir":{"medium":"Memory","sizeLimit":1000}}""", true, 1000)]
    public void An_empty_folder_is_the_engines(string json, bool inMemory, long limit)
    {
        var plan = Assert.IsType<VolumePlan.InEngine>(Plan(json));
        Assert.Equal(new SandboxVolume("v") { InMemory = inMemory, SizeLimitBytes = limit }, plan.Volume);
        Assert.Null(plan.Warning);
    }

    [Fact]
    public void A_limit_that_cannot_be_kept_is_told()
    {
        var plan = Assert.IsType<VolumePlan.InEngine>(Plan("""{"name":"v","emptyDir":{"sizeLimit":"1Gi"}}"""));
        Assert.Equal(new SandboxVolume("v"), plan.Volume);
        Assert.Contains("sizeLimit of volume \"v\" is not enforced", plan.Warning);
    }

    [Theory]
    [InlineData("", HostPathType.Unset)]
    [InlineData(""","type":"" """, HostPathType.Unset)]
    [InlineData(""","type":"Directory" """, HostPathType.Directory)]
    [InlineData(""","type":"DirectoryOrCreate" """, HostPathType.DirectoryOrCreate)]
    [InlineData(""","type":"File" """, HostPathType.File)]
    [InlineData(""","type":"FileOrCreate" """, HostPathType.FileOrCreate)]
    [InlineData(""","type":"Socket" """, HostPathType.Socket)]
    [InlineData(""","type":"CharDevice" """, HostPathType.CharDevice)]
    [InlineData(""","type":"BlockDevice" """, HostPathType.BlockDevice)]
    public void A_path_of_the_node_has_a_type(string type, object expected) =>
        Assert.Equal(new VolumePlan.OfNode("v", "/p", (HostPathType)expected), Plan("""{"name":"v","hostPath":{"path":"/p"TYPE}}""".Replace("TYPE", type)));

    [Theory]
    [InlineData("directory")]
    [InlineData("Unset")]
    [InlineData("0")]
    [InlineData("Folder")]
    public void No_other_type(string type) => Assert.Contains(type, Refuse("""{"name":"v","hostPath":{"path":"/p","type":"TYPE"}}""".Replace("TYPE", type)));

    [Theory]
    [InlineData("nfs")]
    [InlineData("persistentVolumeClaim")]
    [InlineData("csi")]
    [InlineData("ephemeral")]
    [InlineData("image")]
    [InlineData("gitRepo")]
    public void Other_kinds_are_refused_by_name(string kind) => Assert.Contains($"kind {kind}:", Refuse("""{"name":"v","KIND":{"x":1}}""".Replace("KIND", kind)));

    [Fact]
    public void Contradictions_are_refused()
    {
        Assert.Contains("more than one kind", Refuse("""{"name":"v","emptyDir":{},"hostPath":{"path":"/p"}}"""));
        Assert.Contains("medium HugePages", Refuse("""{"name":"v","emptyDir":{"medium":"HugePages"}}"""));
        Assert.Contains("clusterTrustBundle", Refuse("""{"name":"v","projected":{"sources":[{"clusterTrustBundle":{"name":"x"}}]}}"""));
        Assert.Contains("empty", Refuse("""{"name":"v","projected":{"sources":[{}]}}"""));
    }

    [Fact]
    public void Files_come_from_sources_in_order()
    {
        var plan = Assert.IsType<VolumePlan.OfFiles>(Plan("""
            {"name":"v","projected":{"defaultMode":256,"sources":[
              {"serviceAccountToken":{"path":"token","audience":"a","expirationSeconds":600}},
              {"serviceAccountToken":{"path":"token2"}},
              {"configMap":{"name":"c","items":[{"key":"k","path":"p","mode":384}]}},
              {"secret":{"name":"s","optional":true}},
              {"downwardAPI":{"items":[{"path":"n","fieldRef":{"fieldPath":"metadata.name"}}]}}]}}
            """));
        Assert.Equal(new FileSource.Token("token", "a", 600, 256), plan.Sources[0]);
        Assert.Equal(new FileSource.Token("token2", null, 3600, 256), plan.Sources[1]);
        var configMap = Assert.IsType<FileSource.ConfigMap>(plan.Sources[2]);
        Assert.Equal(("c", 256, false, new ItemSpec { Key = "k", Path = "p", Mode = 384 }), (configMap.Name, configMap.Mode, configMap.Optional, Assert.Single(configMap.Items)));
        var secret = Assert.IsType<FileSource.Secret>(plan.Sources[3]);
        Assert.Equal(("s", true), (secret.Name, secret.Optional));
        Assert.Equal("n", Assert.Single(Assert.IsType<FileSource.Downward>(plan.Sources[4]).Items).Path);
    }

    [Fact]
    public void The_default_mode_is_0644()
    {
        foreach (var json in new[] { """{"name":"v","configMap":{"name":"c"}}""", """{"name":"v","secret":{"secretName":"s"}}""", """{"name":"v","downwardAPI":{}}""" })
            Assert.Equal(Convert.ToInt32("644", 8), Assert.Single(Assert.IsType<VolumePlan.OfFiles>(Plan(json)).Sources).Mode);
        Assert.Equal("s", Assert.IsType<FileSource.Secret>(Assert.IsType<VolumePlan.OfFiles>(Plan("""{"name":"v","secret":{"secretName":"s","defaultMode":256}}""")).Sources[0]).Name);
    }
}
