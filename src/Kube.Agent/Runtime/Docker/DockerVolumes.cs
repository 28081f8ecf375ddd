using System.Formats.Tar;
using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Kube.Agent.Runtime.Docker;

/// <summary>
/// The volumes that a pod's containers share. They are the engine's own and not folders of the agent: so they are where the containers are, also with an engine
/// in a virtual machine or elsewhere, and what root wrote into them goes with them although the agent is not root.
/// </summary>
static class DockerVolumes
{
    // From here on the engine itself mounts a folder of a volume, and lets no symbolic link lead out of it.
    static readonly System.Version SubPathVersion = new(1, 45);

    const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;

    // Of the modes that the engine tells (Go's fs.FileMode).
    const uint SymbolicLink = 1 << 27;

    /// <summary>Lets every user write to new volumes, as Kubernetes wants it; a new one is root's alone.</summary>
    public static async Task OpenToAllAsync(IDockerClient client, string sandbox, IReadOnlyList<SandboxVolume> volumes, CancellationToken cancel)
    {
        var onDisk = volumes.Where(volume => !volume.InMemory).Select(volume => DockerParameters.PathInSandbox(volume.Name)).ToList();
        if (onDisk.Count > 0)
            await MakeFoldersAsync(client, sandbox, onDisk, cancel);
    }

    /// <summary>How a container mounts a volume of its pod's sandbox, or a folder in it.</summary>
    /// <exception cref="RuntimeException">The folder cannot be had; the message says why.</exception>
    public static async Task<global::Docker.DotNet.Models.Mount> MountAsync(DockerSession session, string sandbox, ContainerIdentity identity, Mount.Volume volume, CancellationToken cancel)
    {
        var name = DockerParameters.VolumeName(identity, volume.Name);
        var mount = new global::Docker.DotNet.Models.Mount
        {
            Type = "volume",
            Source = name,
            Target = volume.Target,
            ReadOnly = volume.ReadOnly,
            VolumeOptions = new VolumeOptions { NoCopy = true },
        };
        if (volume.SubPath is not { } subPath)
            return mount;

        await EnsureFolderAsync(session.Client, sandbox, volume.Name, subPath, cancel);
        if (session.Version >= SubPathVersion)
        {
            mount.VolumeOptions.Subpath = subPath;
            return mount;
        }
        mount.Type = "bind";
        mount.Source = $"{(await session.Client.Volumes.InspectAsync(name, cancel)).Mountpoint}/{subPath}";
        mount.VolumeOptions = null;
        return mount;
    }

    /// <summary>Removes a pod's volumes that no container has any more.</summary>
    public static async Task RemoveUnusedAsync(IDockerClient client, string podUid, CancellationToken cancel)
    {
        var volumes = await client.Volumes.ListAsync(new VolumesListParameters
        {
            Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [$"{ContainerLabels.PodUid}={podUid}"] = true } },
        }, cancel);
        foreach (var volume in (volumes.Volumes ?? []).Where(volume => volume.Name.StartsWith(DockerParameters.VolumePrefix(podUid), StringComparison.Ordinal)))
            try
            {
                await client.Volumes.RemoveAsync(volume.Name, null, cancel);
            }
            catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
            {
                // Another container of the pod still has it, or someone else was faster.
            }
    }

    /// <summary>
    /// Makes a folder in a volume where it is missing, and refuses a symbolic link on the way: an older engine would follow it out of the volume.
    /// </summary>
    static async Task EnsureFolderAsync(IDockerClient client, string sandbox, string volume, string subPath, CancellationToken cancel)
    {
        var path = DockerParameters.PathInSandbox(volume);
        foreach (var part in subPath.Split('/'))
        {
            path += "/" + part;
            if (await StatAsync(client, sandbox, path, cancel) is not { } stat)
                await MakeFoldersAsync(client, sandbox, [path], cancel);
            else if ((stat.Mode & SymbolicLink) != 0)
                throw new RuntimeException($"The subPath '{subPath}' of volume '{volume}' leads over a symbolic link, '{part}'.");
        }
    }

    static async Task<ContainerPathStatResponse?> StatAsync(IDockerClient client, string container, string path, CancellationToken cancel)
    {
        try
        {
            return (await client.Containers.GetArchiveFromContainerAsync(container, new ContainerPathStatParameters { Path = path }, true, cancel)).Stat;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    static async Task MakeFoldersAsync(IDockerClient client, string container, IEnumerable<string> paths, CancellationToken cancel)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
            foreach (var path in paths)
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, path.TrimStart('/') + "/") { Mode = Everyone }, cancel);
        archive.Position = 0;
        await client.Containers.ExtractArchiveToContainerAsync(container, new CopyToContainerParameters { Path = "/" }, archive, cancel);
    }
}
