using System.Text;

namespace Kube.Client.Tests.Objects;

public sealed class KubeNodeTests
{
    [Fact]
    public void Amounts_are_numbers()
    {
        var node = Node("{}", """{"capacity":{"cpu":"4","memory":"16Gi","pods":"110"},"allocatable":{"cpu":"3920m","memory":"15Gi","pods":"100"}}""");

        Assert.Equal((4m, 3.92m, 16L << 30, 15L << 30, 100), (node.CpuCapacity, node.CpuAllocatable, node.MemoryCapacity, node.MemoryAllocatable, node.PodCapacity));
    }

    [Fact]
    public void What_a_node_does_not_tell_is_not_there()
    {
        var node = Node("{}", "{}");

        Assert.Null(node.CpuCapacity);
        Assert.Null(node.MemoryAllocatable);
        Assert.Null(node.PodCapacity);
        Assert.Null(node.Message);
        Assert.Empty(node.Taints);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""[{"key":"a","effect":"NoSchedule"}]""", "a:NoSchedule")]
    [InlineData("""[{"key":"a","value":"b","effect":"NoExecute"},{"key":"c","value":"","effect":"PreferNoSchedule"}]""", "a=b:NoExecute c:PreferNoSchedule")]
    public void Taints_are_as_kubectl_writes_them(string taints, string expected) => Assert.Equal(expected, string.Join(' ', Node($$"""{"taints":{{taints}} }""", "{}").Taints));

    [Theory]
    [InlineData("True", null)]
    [InlineData("False", "the engine is away")]
    [InlineData("Unknown", "the engine is away")]
    public void A_node_that_is_not_ready_says_why(string status, string? expected) =>
        Assert.Equal(expected, Node("{}", $$"""{"conditions":[{"type":"MemoryPressure","status":"False","message":"enough"},{"type":"Ready","status":"{{status}}","message":"the engine is away"}]}""").Message);

    static KubeNode Node(string spec, string status) =>
        (KubeNode)KubeObject.Parse(Encoding.UTF8.GetBytes($$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n"},"spec":{{spec}},"status":{{status}} }"""));
}
