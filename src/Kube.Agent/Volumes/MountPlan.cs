using System.Text.RegularExpressions;

namespace Kube.Agent.Volumes;

/// <summary>How a container mounts a volume, checked and with its variables replaced. Pure.</summary>
/// <param name="Volume">The volume's name.</param>
/// <param name="Target">The path in the container.</param>
/// <param name="ReadOnly">Whether it may not be written.</param>
/// <param name="SubPath">The part of the volume that is mounted; null: all.</param>
/// <param name="Propagation">How mounts beneath it travel, in Docker's words.</param>
sealed partial record MountPlan(string Volume, string Target, bool ReadOnly, string? SubPath, string Propagation)
{
    /// <summary>Plans one of a container's mounts.</summary>
    /// <param name="mount">The mount.</param>
    /// <param name="environment">The container's variables, for <c>subPathExpr</c>.</param>
    /// <exception cref="VolumeException">It asks for what cannot be.</exception>
    public static MountPlan Of(VolumeMountSpec mount, IReadOnlyDictionary<string, string> environment)
    {
        if (mount.RecursiveReadOnly is not (null or "" or "Disabled" or "IfPossible"))
            throw new VolumeException(mount.Name, $"Kube does not support recursiveReadOnly: {mount.RecursiveReadOnly}");
        var subPath = mount.SubPathExpr is { Length: > 0 } expression ? Expand(mount.Name, expression, environment) : mount.SubPath;
        subPath = subPath?.Trim('/') is { Length: > 0 } path && path != "." ? path : null;
        if (subPath is not null && subPath.Split('/', '\\').Contains(".."))
            throw new VolumeException(mount.Name, $"the subPath '{subPath}' must not hold '..'");
        if (mount.SubPath?.StartsWith('/') == true)
            throw new VolumeException(mount.Name, $"the subPath '{mount.SubPath}' must be relative");
        return new MountPlan(mount.Name, mount.MountPath, mount.ReadOnly, subPath, mount.MountPropagation switch
        {
            null or "" or "None" => "rprivate",
            "HostToContainer" => "rslave",
            "Bidirectional" => "rshared",
            var other => throw new VolumeException(mount.Name, $"there is no mountPropagation {other}"),
        });
    }

    static string Expand(string volume, string expression, IReadOnlyDictionary<string, string> environment) => Variable().Replace(expression, reference =>
        reference.Value == "$$" ? "$"
        : environment.TryGetValue(reference.Groups["name"].Value, out var value) ? value
        : throw new VolumeException(volume, $"the subPathExpr '{expression}' names the variable {reference.Groups["name"].Value}, which the container does not have"));

    [GeneratedRegex(@"\$\$|\$\((?<name>[^)]+)\)")]
    private static partial Regex Variable();
}
