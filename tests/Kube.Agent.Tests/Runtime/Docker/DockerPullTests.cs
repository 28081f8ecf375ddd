using Kube.Agent.Runtime;
using Kube.Registry;
using static Kube.Agent.Tests.Runtime.Docker.DockerFixture;

namespace Kube.Agent.Tests.Runtime.Docker;

/// <summary>Pulls from a real registry that asks for a password.</summary>
public class DockerPullTests
{
    [Fact]
    public async Task A_private_image_is_pulled_with_its_password_alone()
    {
        var image = ImageReference.Parse(Lab.Require("KUBE_LAB_PRIVATE_IMAGE"));
        var right = new RegistryCredential(Lab.Require("KUBE_LAB_REGISTRY"), Lab.Require("KUBE_LAB_REGISTRY_USER"), "test") { Password = Lab.Require("KUBE_LAB_REGISTRY_PASSWORD") };
        await using var docker = new DockerFixture();

        foreach (var wrong in new[] { null, right with { Password = right.Password + "x" } })
        {
            var refusal = await Assert.ThrowsAsync<ImagePullException>(() => docker.Runtime.PullAsync(image, wrong, new Ignored(), Soon));
            Assert.NotEmpty(refusal.Message);
            Assert.DoesNotContain("status code", refusal.Message);
            Assert.DoesNotContain(right.Password, refusal.ToString());
        }

        await docker.Runtime.PullAsync(image, right, new Ignored(), Soon);
        var pulled = (await docker.Runtime.InspectImageAsync(image.ToString(), Soon))!;
        Assert.StartsWith("sha256:", pulled.Id);
        var digest = Assert.Single(pulled.RepoDigests, digest => digest.StartsWith(image.Name + "@sha256:"));
        Assert.True(pulled.SizeBytes > 0);
        Assert.Equal(pulled.Id, (await docker.Runtime.InspectImageAsync(digest, Soon))!.Id);
        await docker.Runtime.PullAsync(ImageReference.Parse(digest), right, new Ignored(), Soon);
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_null_and_its_pull_says_why()
    {
        await using var docker = new DockerFixture();
        Assert.Null(await docker.Runtime.InspectImageAsync("localhost:1/no/such:1", Soon));
        var refusal = await Assert.ThrowsAsync<ImagePullException>(() => docker.Runtime.PullAsync(ImageReference.Parse("localhost:1/no/such:1"), null, new Ignored(), Soon));
        Assert.Contains("refused", refusal.Message);
    }
}
