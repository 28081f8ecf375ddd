using Kube.Agent.Runtime;
using Kube.Agent.Status;
using Kube.Agent.Variables;
using Kube.Agent.Volumes;
using Microsoft.Extensions.Logging;

namespace Kube.Agent.Pods;

/// <summary>Does what the plan says.</summary>
sealed partial class PodWorker
{
    /// <summary>How long after a failed try to make a container, a sandbox or volumes the next one is due.</summary>
    static readonly TimeSpan RetryStart = TimeSpan.FromSeconds(10);

    readonly HashSet<PodAction.RecordEvent> standing = [];

    /// <summary>Returns whether something is different now, so that there is more to plan at once.</summary>
    async Task<bool> RunAsync(Pod? current, PodAction action, CancellationToken cancel)
    {
        switch (action)
        {
            case PodAction.RecordEvent told:
                if (!told.IsStanding || standing.Add(told))
                    services.Events.Record(current!, told.Container, told.Type, told.Reason, told.Message);
                return false;
            case PodAction.PrepareVolumes:
                await PrepareVolumesAsync(current!, cancel);
                return true;
            case PodAction.CreateSandbox create:
                await CreateSandboxAsync(current!, create, cancel);
                return true;
            case PodAction.PullImage pull:
                StartPull(current!, pull.Container, cancel);
                return false;
            case PodAction.CreateContainer create:
                await CreateContainerAsync(current!, create, cancel);
                return true;
            case PodAction.StartContainer start:
                await StartAsync(current!, start, cancel);
                return true;
            case PodAction.StopContainer stop:
                StartStop(current, stop, cancel);
                return false;
            case PodAction.RemoveContainer(var id):
                await RemoveAsync(id, cancel);
                return true;
            case PodAction.RemoveSandbox(var id):
                await RemoveAsync(id, cancel);
                return true;
            case PodAction.RemoveVolumes:
                services.Volumes.Remove(Uid);
                return true;
            case PodAction.DeletePod:
                await DeleteAsync(current!, cancel);
                return false;
            default:
                throw new InvalidOperationException($"Nothing is known of {action.GetType().Name}.");
        }
    }

    async Task PrepareVolumesAsync(Pod current, CancellationToken cancel)
    {
        try
        {
            var fresh = await services.Volumes.PrepareAsync(current, services.Capacity, services.SharesFiles, cancel);
            if (mounts is null)
            {
                foreach (var warning in fresh.Warnings)
                    services.Events.Record(current, null, PodAction.RecordEvent.Warning, "VolumeLimited", warning);
            }
            mounts = fresh;
            volumes = new VolumesState.Ready(fresh.RefreshAt);
        }
        catch (Exception e) when (e is VolumeException or KubeException)
        {
            // What is mounted already stays so, if not up to date.
            volumes = mounts is null ? new VolumesState.Failed(e.Message, services.Now + RetryStart) : new VolumesState.Ready(services.Now + RetryStart);
            services.Events.Record(current, null, PodAction.RecordEvent.Warning, "FailedMount", e.Message);
        }
    }

    /// <summary>The plan has sandboxes and containers made only once the volumes are ready.</summary>
    PodMounts Mounts => mounts ?? throw new InvalidOperationException("The pod's volumes are not prepared.");

    async Task CreateSandboxAsync(Pod current, PodAction.CreateSandbox create, CancellationToken cancel)
    {
        string? id = null;
        try
        {
            id = await services.Runtime.CreateSandboxAsync(SandboxConfigs.Build(current, create.Attempt, services.Options.ApiServerAddress, Mounts.SandboxVolumes), cancel);
            await services.Runtime.StartAsync(id, cancel);
            sandboxFailure = null;
        }
        catch (RuntimeException e)
        {
            var message = $"Failed to create pod sandbox: {e.Message}";
            sandboxFailure = new SandboxFailure(message, services.Now + RetryStart);
            services.Events.Record(current, null, PodAction.RecordEvent.Warning, "FailedCreatePodSandBox", message);
            if (id is not null)
                await services.Runtime.RemoveAsync(id, cancel);
        }
        finally
        {
            await LookAsync(id, cancel);
        }
    }

    async Task CreateContainerAsync(Pod current, PodAction.CreateContainer create, CancellationToken cancel)
    {
        var name = create.Container.Name;
        string? id = null;
        try
        {
            var image = await services.Runtime.InspectImageAsync(create.ImageId, cancel)
                ?? throw new RuntimeException($"image {create.ImageId} is no longer in the engine");
            var (environment, skipped) = ContainerEnvironment.Build(current, create.Container, await services.Variables.FetchAsync(current, create.Container, PodIP(current), cancel));
            foreach (var message in skipped)
                services.Events.Record(current, name, PodAction.RecordEvent.Warning, "InvalidEnvironmentVariableNames", message);
            var config = ContainerConfigs.Build(current, create, image, environment, Mounts.For(create.Container, environment.ToDictionary(variable => variable.Name, variable => variable.Value)));
            if (services.SharesFiles && ContainerLabels.Read(config.Labels) is { } identity)
                config = config with { Mounts = [.. config.Mounts, TerminationMessage.Create(services.PodsFolder, identity)] };
            id = await services.Runtime.CreateContainerAsync(config, cancel);
            services.Events.Record(current, name, PodAction.RecordEvent.Normal, "Created", $"Created container: {name}");
        }
        catch (Exception e) when (e is ContainerConfigException or VolumeException or KubeException)
        {
            Fail(current, name, Reasons.CreateContainerConfigError, e.Message, create.Attempt);
        }
        catch (Exception e) when (e is RuntimeException or IOException or UnauthorizedAccessException)
        {
            Fail(current, name, Reasons.CreateContainerError, e.Message, create.Attempt);
        }
        finally
        {
            // Each attempt asks for its image anew, as its policy may be Always.
            lock (gate)
                images.Remove(name);
            await LookAsync(id, cancel);
        }
        if (id is not null)
            await StartAsync(current, new PodAction.StartContainer(name, id, create.Attempt), cancel);
    }

    async Task StartAsync(Pod current, PodAction.StartContainer start, CancellationToken cancel)
    {
        try
        {
            await services.Runtime.StartAsync(start.Id, cancel);
            if (start.Container == ContainerLabels.SandboxName)
                sandboxFailure = null;
            else
                services.Events.Record(current, start.Container, PodAction.RecordEvent.Normal, "Started", $"Started container {start.Container}");
        }
        catch (RuntimeException e) when (start.Container == ContainerLabels.SandboxName)
        {
            sandboxFailure = new SandboxFailure($"Failed to start pod sandbox: {e.Message}", services.Now + RetryStart);
        }
        catch (RuntimeException e)
        {
            Fail(current, start.Container, Reasons.RunContainerError, e.Message, start.Attempt);
        }
        finally
        {
            await LookAsync(start.Id, cancel);
        }
    }

    void Fail(Pod current, string container, string reason, string message, int attempt)
    {
        lock (gate)
            failures[container] = new StartFailure(reason, message, attempt, services.Now + RetryStart);
        services.Events.Record(current, container, PodAction.RecordEvent.Warning, "Failed", $"Error: {message}");
    }

    void StartPull(Pod current, ContainerSpec container, CancellationToken cancel)
    {
        lock (gate)
            images[container.Name] = new ImageState.Pulling(null, images.GetValueOrDefault(container.Name) as ImageState.Failed);
        _ = Task.Run(async () =>
        {
            ImageState? result = null;
            try
            {
                result = await services.Images.EnsureAsync(current, container, failedAt => Backoff(container, failedAt), message => Progress(container, message), cancel);
            }
            catch (Exception e) when (e is RuntimeUnavailableException or OperationCanceledException)
            {
                // Asked for again when the engine is back.
            }
            catch (Exception e)
            {
                log.LogError(e, "Pod {Pod}: the image of {Container}", current.FullName, container.Name);
                result = new ImageState.Failed(Reasons.ImageInspectError, e.Message, services.Now, services.Now + RetryStart);
            }
            lock (gate)
            {
                if (result is null)
                    images.Remove(container.Name);
                else
                    images[container.Name] = result;
                if (result is ImageState.Ready)
                    imageBackoffs.Remove(container.Image);
            }
            Wake();
        }, CancellationToken.None);
    }

    ImageBackoff Backoff(ContainerSpec container, DateTimeOffset failedAt)
    {
        lock (gate)
            return imageBackoffs[container.Image] = ImageBackoff.After(imageBackoffs.GetValueOrDefault(container.Image), failedAt);
    }

    void Progress(ContainerSpec container, string message)
    {
        lock (gate)
        {
            if (images.GetValueOrDefault(container.Name) is not ImageState.Pulling pulling || services.Now - progressAt < ProgressShown)
                return;
            images[container.Name] = pulling with { Progress = message };
            progressAt = services.Now;
        }
        Wake();
    }

    /// <summary>How often a pull's progress becomes a status: each is a write to the API.</summary>
    static readonly TimeSpan ProgressShown = TimeSpan.FromSeconds(2);
    DateTimeOffset progressAt;

    void StartStop(Pod? current, PodAction.StopContainer stop, CancellationToken cancel)
    {
        lock (gate)
            stopping[stop.Id] = services.Now + stop.Grace;
        if (stop.Message is not null && current is not null)
            services.Events.Record(current, stop.Container, PodAction.RecordEvent.Normal, "Killing", stop.Message);
        _ = Task.Run(async () =>
        {
            try
            {
                await services.Runtime.StopAsync(stop.Id, stop.Grace, cancel);
                await services.Engine.RefreshAsync(stop.Id, cancel);
            }
            catch (Exception e) when (e is RuntimeUnavailableException or OperationCanceledException)
            {
                // Planned again when the engine is back.
            }
            catch (RuntimeException e)
            {
                log.LogWarning("Pod {Pod}: {Container} was not stopped: {Error}", current?.FullName ?? Uid, stop.Container, e.Message);
                await Task.Delay(RetryLater, services.Options.Time, CancellationToken.None);
            }
            catch (Exception e)
            {
                log.LogError(e, "Pod {Pod}: {Container} was not stopped", current?.FullName ?? Uid, stop.Container);
                await Task.Delay(RetryLater, services.Options.Time, CancellationToken.None);
            }
            lock (gate)
                stopping.Remove(stop.Id);
            Wake();
        }, CancellationToken.None);
    }

    async Task RemoveAsync(string id, CancellationToken cancel)
    {
        var container = services.Engine.Of(Uid).FirstOrDefault(container => container.Id == id);
        await services.Runtime.RemoveAsync(id, cancel);
        if (container is { Identity: { IsSandbox: false } identity })
            TerminationMessage.Remove(services.PodsFolder, identity);
        await services.Engine.RefreshAsync(id, cancel);
    }

    async Task DeleteAsync(Pod current, CancellationToken cancel)
    {
        try
        {
            await services.Api.DeleteAsync(KubeResources.Pods, current.Namespace, current.Name, new DeleteOptions { GracePeriodSeconds = 0, Uid = current.Uid }, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Code is 404 or 409)
        {
            // Gone already, or a namesake: the watch will tell.
        }
        deletionAsked = true;
    }

    async Task LookAsync(string? id, CancellationToken cancel)
    {
        if (id is not null)
            await services.Engine.RefreshAsync(id, cancel);
    }

    string? PodIP(Pod current) => current.Spec.HostNetwork ? services.HostIP
        : services.Engine.Of(Uid).Where(container => container.Identity.IsSandbox && container.IsRunning).Select(sandbox => sandbox.Container.Address).FirstOrDefault();
}
