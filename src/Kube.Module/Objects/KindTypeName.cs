namespace Kube.Module.Objects;

/// <summary>What PowerShell calls the type of an object whose kind has none of its own.</summary>
static class KindTypeName
{
    /// <summary>Such as <c>Kube.KubeObject#Widget.v1.example.com</c>.</summary>
    public static string Of(KubeObject item)
    {
        var slash = item.ApiVersion.IndexOf('/');
        var group = slash < 0 ? item.ApiVersion : $"{item.ApiVersion[(slash + 1)..]}.{item.ApiVersion[..slash]}";
        return $"{typeof(KubeObject).FullName}#{item.Kind}.{group}";
    }
}
