using Docker.DotNet;
using Docker.DotNet.Models;
using Kube.Registry;

namespace Kube.Agent.Runtime.Docker;

public sealed partial class DockerRuntime
{
    /// <inheritdoc/>
    public Task<RuntimeImage?> InspectImageAsync(string image, CancellationToken cancel) => _connection.CallAsync((session, limit) => InspectImageAsync(session, image, limit), cancel);

    /// <inheritdoc/>
    public Task PullAsync(ImageReference image, RegistryCredential? credential, IProgress<PullProgress> progress, CancellationToken cancel) =>
        _connection.CallAsync((session, limit) => PullAsync(session, image, credential, progress, limit), cancel, Timeout.InfiniteTimeSpan);

    static async Task PullAsync(DockerSession session, ImageReference image, RegistryCredential? credential, IProgress<PullProgress> progress, CancellationToken cancel)
    {
        var tracker = new PullProgressTracker(progress);
        var headers = new Dictionary<string, string>();
        if (credential is not null)
            headers["X-Registry-Auth"] = credential.ToRegistryAuth(image);
        try
        {
            await session.Client.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = image.Name, Tag = image.TagOrDigest }, null, headers, tracker, cancel);
        }
        catch (DockerApiException e)
        {
            throw new ImagePullException(DockerErrors.MessageOf(e), e);
        }
        if (tracker.Error is { } error)
            throw new ImagePullException(error);
    }

    async Task<string> EnsureSandboxImageAsync(DockerSession session, CancellationToken cancel)
    {
        var image = _options.SandboxImage ?? $"{SandboxImage.Repository}:{SandboxImage.Tag}";
        if (await InspectImageAsync(session, image, cancel) is { } present)
            return present.Id;

        await _importing.WaitAsync(cancel);
        try
        {
            if (await InspectImageAsync(session, image, cancel) is { } meanwhile)
                return meanwhile.Id;
            if (_options.SandboxImage is null)
                await ImportSandboxImageAsync(session, cancel);
            else
                await PullAsync(session, ImageReference.Parse(image), null, NoProgress.Instance, cancel);
            return (await InspectImageAsync(session, image, cancel))?.Id ?? throw new RuntimeException($"The sandbox image {image} was loaded and is gone again.");
        }
        catch (Exception e) when (e is ImagePullException or FormatException)
        {
            throw new RuntimeException($"The sandbox image {image} is not in the engine and cannot be pulled: {e.Message}", e);
        }
        finally
        {
            _importing.Release();
        }
    }

    static async Task ImportSandboxImageAsync(DockerSession session, CancellationToken cancel)
    {
        var architecture = (await session.Client.System.GetVersionAsync(cancel)).Arch;
        var executable = SandboxImage.Executable(architecture)
            ?? throw new RuntimeException($"Kube has a sandbox for amd64 and arm64, none for {architecture}: name an image that has with --sandbox-image, for example registry.k8s.io/pause:3.10.");
        using var archive = SandboxImage.Archive(executable);
        var tracker = new PullProgressTracker(NoProgress.Instance);
        await session.Client.Images.CreateImageAsync(new ImagesCreateParameters
        {
            FromSrc = "-",
            Repo = SandboxImage.Repository,
            Tag = SandboxImage.Tag,
            Changes = [$"ENTRYPOINT [\"{SandboxImage.Program}\"]"],
        }, archive, null, tracker, cancel);
        if (tracker.Error is { } error)
            throw new RuntimeException($"The sandbox image cannot be imported: {error}");
    }

    static async Task<RuntimeImage?> InspectImageAsync(DockerSession session, string image, CancellationToken cancel)
    {
        try
        {
            var inspect = await session.Client.Images.InspectImageAsync(image, cancel);
            return new RuntimeImage(inspect.ID, [.. inspect.RepoDigests ?? []], inspect.Size) { User = inspect.Config?.User ?? "" };
        }
        catch (DockerImageNotFoundException)
        {
            return null;
        }
    }

    sealed class NoProgress : IProgress<PullProgress>
    {
        public static readonly NoProgress Instance = new();

        public void Report(PullProgress value)
        {
        }
    }
}
