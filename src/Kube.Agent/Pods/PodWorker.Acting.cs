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

    readonly HashSet<PodAction.RecordEvent> _standing = [];

    /// <summary>Returns whether something is different now, so that there is more to plan at once.</summary>
    async Task<bool> RunAsync(Pod? current, PodAction action, CancellationToken cancel)
    {
        switch (action)
        {
            case PodAction.RecordEvent told:
                if (!told.IsStanding || _standing.Add(told))
                    _services.Events.Record(current!, told.Container, told.Type, told.Reason, told.Message);
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
                _services.Volumes.Remove(Uid);
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
            var fresh = await _services.Volumes.PrepareAsync(current, _services.Capacity, _services.SharesFiles, cancel);
            if (_mounts is null)
            {
                foreach (var warning in fresh.Warnings)
                    _services.Events.Record(current, null, PodAction.RecordEvent.Warning, "VolumeLimited", warning);
            }
            _mounts = fresh;
            _volumes = new VolumesState.Ready(fresh.RefreshAt);
        }
        catch (Exception e) when (e is VolumeException or KubeException)
        {
            // What is mounted already stays so, if not up to date.
            _volumes = _mounts is null ? new VolumesState.Failed(e.Message, _services.Now + RetryStart) : new VolumesState.Ready(_services.Now + RetryStart);
            _services.Events.Record(current, null, PodAction.RecordEvent.Warning, "FailedMount", e.Message);
        }
    }

    /// <summary>The plan has sandboxes and containers made only once the volumes are ready.</summary>
    PodMounts Mounts => _mounts ?? throw new InvalidOperationException("The pod's volumes are not prepared.");

    async Task CreateSandboxAsync(Pod current, PodAction.CreateSandbox create, CancellationToken cancel)
    {
        string? id = null;
        try
        {
            id = await _services.Runtime.CreateSandboxAsync(SandboxConfigs.Build(current, create.Attempt, _services.Options.ApiServerAddress, Mounts.SandboxVolumes), cancel);
            await _services.Runtime.StartAsync(id, cancel);
            _sandboxFailure = null;
        }
        catch (RuntimeException e)
        {
            var message = $"Failed to create pod sandbox: {e.Message}";
            _sandboxFailure = new SandboxFailure(message, _services.Now + RetryStart);
            _services.Events.Record(current, null, PodAction.RecordEvent.Warning, "FailedCreatePodSandBox", message);
            if (id is not null)
                await _services.Runtime.RemoveAsync(id, cancel);
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
            var image = await _services.Runtime.InspectImageAsync(create.ImageId, cancel)
                ?? throw new RuntimeException($"image {create.ImageId} is no longer in the engine");
            var (environment, skipped) = ContainerEnvironment.Build(current, create.Container, await _services.Variables.FetchAsync(current, create.Container, PodIP(current), cancel));
            foreach (var message in skipped)
                _services.Events.Record(current, name, PodAction.RecordEvent.Warning, "InvalidEnvironmentVariableNames", message);
            var config = ContainerConfigs.Build(current, create, image, environment, Mounts.For(create.Container, environment.ToDictionary(variable => variable.Name, variable => variable.Value)));
            if (_services.SharesFiles && ContainerLabels.Read(config.Labels) is { } identity)
                config = config with { Mounts = [.. config.Mounts, TerminationMessage.Create(_services.PodsFolder, identity)] };
            id = await _services.Runtime.CreateContainerAsync(config, cancel);
            _services.Events.Record(current, name, PodAction.RecordEvent.Normal, "Created", $"Created container: {name}");
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
            lock (_gate)
                _images.Remove(name);
            await LookAsync(id, cancel);
        }
        if (id is not null)
            await StartAsync(current, new PodAction.StartContainer(name, id, create.Attempt), cancel);
    }

    async Task StartAsync(Pod current, PodAction.StartContainer start, CancellationToken cancel)
    {
        try
        {
            await _services.Runtime.StartAsync(start.Id, cancel);
            if (start.Container == ContainerLabels.SandboxName)
                _sandboxFailure = null;
            else
                _services.Events.Record(current, start.Container, PodAction.RecordEvent.Normal, "Started", $"Started container {start.Container}");
        }
        catch (RuntimeException e) when (start.Container == ContainerLabels.SandboxName)
        {
            _sandboxFailure = new SandboxFailure($"Failed to start pod sandbox: {e.Message}", _services.Now + RetryStart);
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
        lock (_gate)
            _failures[container] = new StartFailure(reason, message, attempt, _services.Now + RetryStart);
        _services.Events.Record(current, container, PodAction.RecordEvent.Warning, "Failed", $"Error: {message}");
    }

    void StartPull(Pod current, ContainerSpec container, CancellationToken cancel)
    {
        lock (_gate)
            _images[container.Name] = new ImageState.Pulling(null, _images.GetValueOrDefault(container.Name) as ImageState.Failed);
        _ = Task.Run(async () =>
        {
            ImageState? result = null;
            try
            {
                result = await _services.Images.EnsureAsync(current, container, failedAt => Backoff(container, failedAt), message => Progress(container, message), cancel);
            }
            catch (Exception e) when (e is RuntimeUnavailableException or OperationCanceledException)
            {
                // Asked for again when the engine is back.
            }
            catch (Exception e)
            {
                _log.LogError(e, "Pod {Pod}: the image of {Container}", current.FullName, container.Name);
                result = new ImageState.Failed(Reasons.ImageInspectError, e.Message, _services.Now, _services.Now + RetryStart);
            }
            lock (_gate)
            {
                if (result is null)
                    _images.Remove(container.Name);
                else
                    _images[container.Name] = result;
                if (result is ImageState.Ready)
                    _imageBackoffs.Remove(container.Image);
            }
            Wake();
        }, CancellationToken.None);
    }

    ImageBackoff Backoff(ContainerSpec container, DateTimeOffset failedAt)
    {
        lock (_gate)
            return _imageBackoffs[container.Image] = ImageBackoff.After(_imageBackoffs.GetValueOrDefault(container.Image), failedAt);
    }

    void Progress(ContainerSpec container, string message)
    {
        lock (_gate)
        {
            if (_images.GetValueOrDefault(container.Name) is not ImageState.Pulling pulling || _services.Now - _progressAt < ProgressShown)
                return;
            _images[container.Name] = pulling with { Progress = message };
            _progressAt = _services.Now;
        }
        Wake();
    }

    /// <summary>How often a pull's progress becomes a status: each is a write to the API.</summary>
    static readonly TimeSpan ProgressShown = TimeSpan.FromSeconds(2);
    DateTimeOffset _progressAt;

    void StartStop(Pod? current, PodAction.StopContainer stop, CancellationToken cancel)
    {
        lock (_gate)
            _stopping[stop.Id] = _services.Now + stop.Grace;
        if (stop.Message is not null && current is not null)
            _services.Events.Record(current, stop.Container, PodAction.RecordEvent.Normal, "Killing", stop.Message);
        _ = Task.Run(async () =>
        {
            try
            {
                await _services.Runtime.StopAsync(stop.Id, stop.Grace, cancel);
                await _services.Engine.RefreshAsync(stop.Id, cancel);
            }
            catch (Exception e) when (e is RuntimeUnavailableException or OperationCanceledException)
            {
                // Planned again when the engine is back.
            }
            catch (RuntimeException e)
            {
                _log.LogWarning("Pod {Pod}: {Container} was not stopped: {Error}", current?.FullName ?? Uid, stop.Container, e.Message);
                await Task.Delay(RetryLater, _services.Options.Time, CancellationToken.None);
            }
            catch (Exception e)
            {
                _log.LogError(e, "Pod {Pod}: {Container} was not stopped", current?.FullName ?? Uid, stop.Container);
                await Task.Delay(RetryLater, _services.Options.Time, CancellationToken.None);
            }
            lock (_gate)
                _stopping.Remove(stop.Id);
            Wake();
        }, CancellationToken.None);
    }

    async Task RemoveAsync(string id, CancellationToken cancel)
    {
        var container = _services.Engine.Of(Uid).FirstOrDefault(container => container.Id == id);
        await _services.Runtime.RemoveAsync(id, cancel);
        if (container is { Identity: { IsSandbox: false } identity })
            TerminationMessage.Remove(_services.PodsFolder, identity);
        await _services.Engine.RefreshAsync(id, cancel);
    }

    async Task DeleteAsync(Pod current, CancellationToken cancel)
    {
        try
        {
            await _services.Api.DeleteAsync(KubeResources.Pods, current.Namespace, current.Name, new DeleteOptions { GracePeriodSeconds = 0, Uid = current.Uid }, cancel);
        }
        catch (KubeOperationException e) when (e.Status.Code is 404 or 409)
        {
            // Gone already, or a namesake: the watch will tell.
        }
        _deletionAsked = true;
    }

    async Task LookAsync(string? id, CancellationToken cancel)
    {
        if (id is not null)
            await _services.Engine.RefreshAsync(id, cancel);
    }

    string? PodIP(Pod current) => current.Spec.HostNetwork ? _services.HostIP
        : _services.Engine.Of(Uid).Where(container => container.Identity.IsSandbox && container.IsRunning).Select(sandbox => sandbox.Container.Address).FirstOrDefault();
}
