using System.Text;
using Kube.Agent.Runtime;

namespace Kube.Agent.Volumes;

/// <summary>
/// The file into which a container writes its last words (<c>terminationMessagePath</c>): a file of the agent, mounted, as a container's own <c>/dev</c> is gone with it. An engine
/// on another machine cannot have it, and the message stays empty there.
/// </summary>
static class TerminationMessage
{
    // The kubelet's limit.
    const int MaximumLength = 4096;
    const UnixFileMode Everyone = (UnixFileMode)0b110_110_110;

    /// <summary>Makes the file for one attempt of a container, and tells how to mount it.</summary>
    /// <param name="root">The folder of all pods.</param>
    /// <param name="container">The container and its attempt.</param>
    public static Mount.Bind Create(string root, ContainerIdentity container)
    {
        PodFolder.Make(root, container.Uid);
        var path = PathOf(root, container);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, []);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Everyone);
        return new Mount.Bind(path, container.TerminationMessagePath, ReadOnly: false);
    }

    /// <summary>What the container has written, its end where it is longer than 4,096 bytes; null: nothing.</summary>
    public static string? Read(string root, ContainerIdentity container)
    {
        try
        {
            using var file = File.OpenRead(PathOf(root, container));
            if (file.Length > MaximumLength)
                file.Seek(-MaximumLength, SeekOrigin.End);
            var bytes = new byte[MaximumLength];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length == 0 ? null : Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes the file of an attempt.</summary>
    public static void Remove(string root, ContainerIdentity container)
    {
        if (File.Exists(PathOf(root, container)))
            File.Delete(PathOf(root, container));
    }

    static string PathOf(string root, ContainerIdentity container) =>
        Path.Combine(PodFolder.Of(root, container.Uid), "containers", container.Container, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{container.Attempt}.message"));
}
