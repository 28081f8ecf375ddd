namespace Kube.Registry;

/// <summary>When a pod must prove that it may use an image which is on the node already (the kubelet's <c>imagePullCredentialsVerificationPolicy</c>).</summary>
public enum ImagePullCredentialsVerificationPolicy
{
    /// <summary>Only for images that this node has pulled; those that were put there by other means are free for all. The default.</summary>
    NeverVerifyPreloadedImages,
    /// <summary>Never: what is on the node is free for all.</summary>
    NeverVerify,
    /// <summary>Always, except for the images of a list.</summary>
    NeverVerifyAllowlistedImages,
    /// <summary>Always.</summary>
    AlwaysVerify,
}
