namespace Kube.Agent.Volumes;

/// <summary>What must be at a <c>hostPath</c>, in Kubernetes' words.</summary>
enum HostPathType
{
    Unset,
    DirectoryOrCreate,
    Directory,
    FileOrCreate,
    File,
    Socket,
    CharDevice,
    BlockDevice,
}

/// <summary>Checks what is at a path of this machine, and makes what may be made.</summary>
static class HostPath
{
    const UnixFileMode FolderMode = (UnixFileMode)0b111_101_101;

    /// <summary>Whether a path is one of this system's: on Windows <c>/var/run/docker.sock</c> is in the engine's virtual machine.</summary>
    public static bool IsHere(string path) => Path.IsPathFullyQualified(path);

    /// <summary>Makes the path what its type asks for.</summary>
    /// <exception cref="VolumeException">It is something else.</exception>
    public static void Prepare(string volume, string path, HostPathType type)
    {
        try
        {
            if (type == HostPathType.DirectoryOrCreate && !Path.Exists(path))
                MakeFolder(path);
            else if (type == HostPathType.FileOrCreate && !Path.Exists(path))
                File.Create(path).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VolumeException(volume, $"hostPath {path} cannot be made: {e.Message}", e);
        }
        if (Refuse(path, type, FileKinds.Of(path)) is { } reason)
            throw new VolumeException(volume, "hostPath type check failed: " + reason);
    }

    /// <summary>Why what is at a path does not do; null: it does. The words are the kubelet's.</summary>
    public static string? Refuse(string path, HostPathType type, FileKind kind) => type switch
    {
        HostPathType.Directory or HostPathType.DirectoryOrCreate when kind != FileKind.Directory => $"{path} is not a directory",
        HostPathType.File or HostPathType.FileOrCreate when kind != FileKind.File => $"{path} is not a file",
        HostPathType.Socket when kind is not (FileKind.Socket or FileKind.Unknown) => $"{path} is not a socket file",
        HostPathType.CharDevice when kind is not (FileKind.CharDevice or FileKind.Unknown) => $"{path} is not a character device",
        HostPathType.BlockDevice when kind is not (FileKind.BlockDevice or FileKind.Unknown) => $"{path} is not a block device",
        _ => null,
    };

    static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, FolderMode);
    }
}
