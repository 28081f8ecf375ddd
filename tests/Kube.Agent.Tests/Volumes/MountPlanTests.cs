using System.Text.Json;
using Kube.Agent.Volumes;

namespace Kube.Agent.Tests.Volumes;

public class MountPlanTests
{
    static readonly Dictionary<string, string> Environment = new() { ["POD"] = "web-1", ["UP"] = "../x" };

    static MountPlan Plan(string more) => MountPlan.Of(VolumeMountSpec.Parse(JsonDocument.Parse($$"""{"name":"v","mountPath":"/m"{{more}}}""").RootElement), Environment);

    [Theory]
    [InlineData("", null, false, "rprivate")]
    [InlineData(""","readOnly":true""", null, true, "rprivate")]
    [InlineData(""","subPath":"a/b" """, "a/b", false, "rprivate")]
    [InlineData(""","subPath":"a/" """, "a", false, "rprivate")]
    [InlineData(""","subPath":"" """, null, false, "rprivate")]
    [InlineData(""","subPath":"." """, null, false, "rprivate")]
    [InlineData(""","subPathExpr":"logs/$(POD)" """, "logs/web-1", false, "rprivate")]
    [InlineData(""","subPathExpr":"$$(POD)" """, "$(POD)", false, "rprivate")]
    [InlineData(""","mountPropagation":"None" """, null, false, "rprivate")]
    [InlineData(""","mountPropagation":"HostToContainer" """, null, false, "rslave")]
    [InlineData(""","mountPropagation":"Bidirectional" """, null, false, "rshared")]
    [InlineData(""","readOnly":true,"recursiveReadOnly":"IfPossible" """, null, true, "rprivate")]
    public void A_mount_is_as_it_says(string more, string? subPath, bool readOnly, string propagation) => Assert.Equal(new MountPlan("v", "/m", readOnly, subPath, propagation), Plan(more));

    [Theory]
    [InlineData(""","subPath":".." """, "'..'")]
    [InlineData(""","subPath":"a/../../b" """, "'..'")]
    [InlineData(""","subPath":"/a" """, "relative")]
    [InlineData(""","subPathExpr":"$(UP)" """, "'..'")]
    [InlineData(""","subPathExpr":"$(NONE)" """, "NONE")]
    [InlineData(""","mountPropagation":"Sideways" """, "Sideways")]
    [InlineData(""","recursiveReadOnly":"Enabled" """, "recursiveReadOnly")]
    public void What_cannot_be_is_refused(string more, string expected) => Assert.Contains(expected, Assert.Throws<VolumeException>(() => Plan(more)).Message);
}
