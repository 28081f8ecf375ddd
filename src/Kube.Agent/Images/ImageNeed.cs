using Kube.Agent.Pods;
using Kube.Registry;

namespace Kube.Agent.Images;

/// <summary>Whether an image has to be pulled.</summary>
enum ImageNeed
{
    /// <summary>It is there and may be used.</summary>
    Use,
    /// <summary>It is to be pulled.</summary>
    Pull,
    /// <summary>It is not there, or not for this pod, and must not be pulled.</summary>
    Refuse,
}

/// <summary>When an image is pulled: Kubernetes' <c>imagePullPolicy</c>. Pure.</summary>
static class ImageNeeds
{
    /// <summary>The policy of a container; where it has none: Always for the tag <c>latest</c>, else IfNotPresent.</summary>
    public static PullPolicy PolicyOf(ContainerSpec container, ImageReference image) =>
        container.ImagePullPolicy ?? (image is { Digest: null, Tag: "latest" } ? PullPolicy.Always : PullPolicy.IfNotPresent);

    /// <summary>What to do.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="present">Whether the image is in the engine.</param>
    /// <param name="mustProve">Whether this pod must first prove, by a pull of its own, that it may use it.</param>
    public static ImageNeed Decide(PullPolicy policy, bool present, bool mustProve) => policy switch
    {
        PullPolicy.Always => ImageNeed.Pull,
        PullPolicy.Never => present && !mustProve ? ImageNeed.Use : ImageNeed.Refuse,
        _ => present && !mustProve ? ImageNeed.Use : ImageNeed.Pull,
    };
}
