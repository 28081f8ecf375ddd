namespace Kube.Agent.Volumes;

/// <summary>A pod's folder on this machine. Only the agent's user can enter it: what is mounted from it is reached through the mount alone.</summary>
static class PodFolder
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Its path.</summary>
    /// <exception cref="FormatException">The uid would lead elsewhere.</exception>
    public static string Of(string root, string podUid) =>
        podUid.Length == 0 || podUid is "." or ".." || podUid.AsSpan().ContainsAny('/', '\\', ':')
            ? throw new FormatException($"'{podUid}' is no uid of a pod")
            : Path.Combine(root, podUid);

    /// <summary>Makes it where it is missing.</summary>
    public static string Make(string root, string podUid)
    {
        var folder = Of(root, podUid);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
        return folder;
    }
}
