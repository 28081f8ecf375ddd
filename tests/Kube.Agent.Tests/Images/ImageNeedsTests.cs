using Kube.Agent.Images;
using Kube.Agent.Pods;
using Kube.Registry;

namespace Kube.Agent.Tests.Images;

public class ImageNeedsTests
{
    [Theory]
    [InlineData("busybox", null, "Always")]
    [InlineData("busybox:latest", null, "Always")]
    [InlineData("busybox:1.35", null, "IfNotPresent")]
    [InlineData("busybox@sha256:0000000000000000000000000000000000000000000000000000000000000000", null, "IfNotPresent")]
    [InlineData("busybox:latest@sha256:0000000000000000000000000000000000000000000000000000000000000000", null, "IfNotPresent")]
    [InlineData("busybox", "Never", "Never")]
    [InlineData("busybox:1.35", "Always", "Always")]
    public void The_policy_is_the_containers_or_follows_from_the_tag(string image, string? policy, string expected)
    {
        var container = new ContainerSpec { Name = "c", Image = image, ImagePullPolicy = policy is null ? null : Enum.Parse<PullPolicy>(policy) };
        Assert.Equal(expected, ImageNeeds.PolicyOf(container, ImageReference.Parse(image)).ToString());
    }

    [Theory]
    [InlineData("Always", true, false, "Pull")]
    [InlineData("Always", false, false, "Pull")]
    [InlineData("IfNotPresent", true, false, "Use")]
    [InlineData("IfNotPresent", true, true, "Pull")]
    [InlineData("IfNotPresent", false, false, "Pull")]
    [InlineData("Never", true, false, "Use")]
    [InlineData("Never", true, true, "Refuse")]
    [InlineData("Never", false, false, "Refuse")]
    public void The_policy_decides(string policy, bool present, bool mustProve, string expected) =>
        Assert.Equal(expected, ImageNeeds.Decide(Enum.Parse<PullPolicy>(policy), present, mustProve).ToString());
}
