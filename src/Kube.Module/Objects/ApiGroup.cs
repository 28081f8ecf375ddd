namespace Kube.Module.Objects;

/// <summary>The group in an <c>apiVersion</c>.</summary>
static class ApiGroup
{
    /// <summary>Such as <c>apps</c> of <c>apps/v1</c>; empty for the core group's <c>v1</c>.</summary>
    public static string Of(string apiVersion) => apiVersion.IndexOf('/') is > 0 and var slash ? apiVersion[..slash] : "";
}
