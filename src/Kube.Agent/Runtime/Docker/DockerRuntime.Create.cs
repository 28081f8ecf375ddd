using Docker.DotNet.Models;

namespace Kube.Agent.Runtime.Docker;

public sealed partial class DockerRuntime
{
    static readonly TimeSpan CleanupTimeout = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task<string> CreateSandboxAsync(SandboxConfig config, CancellationToken cancel) => _connection.CallAsync(async (session, limit) =>
    {
        var identity = Identify(config.Name, config.Labels);
        var image = await EnsureSandboxImageAsync(session, limit);
        var networkId = config.HostNetwork ? "" : (await _network.EnsureAsync(session.Client, limit)).ID;
        foreach (var volume in config.Volumes)
            await session.Client.Volumes.CreateAsync(DockerParameters.Volume(volume, identity, _options.Owner), limit);

        try
        {
            var created = await session.Client.Containers.CreateContainerAsync(DockerParameters.Sandbox(config, identity, image, _options.Owner, networkId), limit);
            try
            {
                await DockerVolumes.OpenToAllAsync(session.Client, created.ID, config.Volumes, limit);
                return created.ID;
            }
            catch
            {
                await RemoveHalfMadeAsync(session, created.ID);
                throw;
            }
        }
        catch
        {
            using var soon = new CancellationTokenSource(CleanupTimeout);
            await DockerVolumes.RemoveUnusedAsync(session.Client, identity.Uid, soon.Token);
            throw;
        }
    }, cancel);

    /// <inheritdoc/>
    public Task<string> CreateContainerAsync(ContainerConfig config, CancellationToken cancel) => _connection.CallAsync(async (session, limit) =>
    {
        var identity = Identify(config.Name, config.Labels);
        var parameters = DockerParameters.Container(config, _options.Owner);
        foreach (var mount in config.Mounts)
            switch (mount)
            {
                case Mount.Bind { IsAgentsOwn: true } when !session.Endpoint.IsLocal:
                    break;
                case Mount.Bind bind:
                    DockerParameters.Add(parameters.HostConfig!, bind);
                    break;
                case Mount.Volume volume:
                    parameters.HostConfig!.Mounts!.Add(await DockerVolumes.MountAsync(session, config.SandboxId, identity, volume, limit));
                    break;
            }

        var created = await session.Client.Containers.CreateContainerAsync(parameters, limit);
        if (session.Endpoint.IsLocal)
            return created.ID;
        try
        {
            foreach (var own in config.Mounts.OfType<Mount.Bind>().Where(bind => bind.IsAgentsOwn))
                await session.Client.Containers.ExtractArchiveToContainerAsync(created.ID, new CopyToContainerParameters { Path = "/" }, FolderArchive.Of(own.Source, own.Target), limit);
            return created.ID;
        }
        catch
        {
            await RemoveHalfMadeAsync(session, created.ID);
            throw;
        }
    }, cancel);

    static async Task RemoveHalfMadeAsync(DockerSession session, string id)
    {
        using var soon = new CancellationTokenSource(CleanupTimeout);
        await session.Client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, soon.Token);
    }

    static ContainerIdentity Identify(string name, IReadOnlyDictionary<string, string> labels) =>
        ContainerLabels.Read(labels) ?? throw new RuntimeException($"The container {name} does not have the labels of a pod's container.");
}
