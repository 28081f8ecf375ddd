using System.Globalization;
using Kube.Agent.Events;
using Kube.Agent.Pods;
using Kube.Agent.Runtime;
using Kube.Agent.Status;
using Kube.Registry;
using Microsoft.Extensions.Logging;

namespace Kube.Agent.Images;

/// <summary>Gets the image of one container ready by its pull policy, and tells of it in the kubelet's words.</summary>
sealed class PodImages(IContainerRuntime runtime, PullSecrets secrets, DockerCredentials credentials, ImagePullRecordFile records, ImagePuller puller, NodeEvents events, TimeProvider time, ILogger log)
{
    static readonly TimeSpan RetryInspect = TimeSpan.FromSeconds(10);
    static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(10);

    const int Remembered = 1024;

    readonly Lock _gate = new();
    readonly HashSet<string> _told = [];

    /// <summary>Gets it ready.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="backoff">Makes the wait that follows a failure.</param>
    /// <param name="progress">Gets sentences about how far a pull is.</param>
    /// <param name="cancel">The agent's end.</param>
    /// <returns>An image that is ready, or the failure.</returns>
    /// <exception cref="RuntimeUnavailableException">The engine is gone.</exception>
    public async Task<ImageState> EnsureAsync(Pod pod, ContainerSpec container, Func<DateTimeOffset, ImageBackoff> backoff, Action<string> progress, CancellationToken cancel)
    {
        void Tell(string type, string reason, string message) => events.Record(pod, container.Name, type, reason, message);
        ImageState.Failed Failed(string reason, string message, TimeSpan? retry)
        {
            Tell(PodAction.RecordEvent.Warning, "Failed", $"Error: {reason}");
            var now = time.GetUtcNow();
            return new ImageState.Failed(reason, message, now, now + retry);
        }

        if (!ImageReference.TryParse(container.Image, out var image, out var why))
        {
            var message = $"Failed to apply default image tag \"{container.Image}\": couldn't parse image name \"{container.Image}\": {why}";
            Tell(PodAction.RecordEvent.Warning, "InspectFailed", message);
            return Failed(Reasons.InvalidImageName, message, null);
        }

        IReadOnlyList<string> warnings = [];
        try
        {
            var present = await runtime.InspectImageAsync(image.ToString(), cancel);
            var (podSecrets, missing) = await secrets.FetchAsync(pod, cancel);
            if (missing.Count > 0)
                events.Record(pod, null, PodAction.RecordEvent.Warning, "FailedToRetrieveImagePullSecret", $"Unable to retrieve some image pull secrets ({string.Join(", ", missing)}); attempting to pull the image may not succeed.");
            var found = await credentials.FindAsync(image, podSecrets, cancel);
            warnings = found.Warnings;
            TellOnce(warnings);
            var mustProve = present is not null && await records.UseAsync(before =>
            {
                var access = before.Check(image, present.Id, found.Matches.Select(match => match.Credential), ImagePullVerification.Default, time.GetUtcNow());
                return (access.MustPull, access.Records);
            }, cancel);

            switch (ImageNeeds.Decide(ImageNeeds.PolicyOf(container, image), present is not null, mustProve))
            {
                case ImageNeed.Use:
                    Tell(PodAction.RecordEvent.Normal, "Pulled", $"Container image \"{container.Image}\" already present on machine");
                    return new ImageState.Ready(present!.Id);
                case ImageNeed.Refuse:
                    var message = present is null
                        ? $"Container image \"{container.Image}\" is not present with pull policy of Never"
                        : $"Container image \"{container.Image}\" was pulled with credentials that this pod does not have, and its pull policy is Never";
                    Tell(PodAction.RecordEvent.Warning, "ErrImageNeverPull", message);
                    return Failed(Reasons.ErrImageNeverPull, message, RetryInspect);
            }

            Tell(PodAction.RecordEvent.Normal, "Pulling", $"Pulling image \"{container.Image}\"");
            var pulled = await puller.PullAsync(image, found.Matches, Throttle(Tell, container.Image, progress), cancel);
            Tell(PodAction.RecordEvent.Normal, "Pulled", string.Create(CultureInfo.InvariantCulture,
                $"Successfully pulled image \"{container.Image}\" in {pulled.Took.TotalSeconds:0.###}s ({pulled.Took.TotalSeconds:0.###}s including waiting). Image size: {pulled.Image.SizeBytes} bytes."));
            return new ImageState.Ready(pulled.Image.Id);
        }
        catch (Exception e) when (e is ImagePullException or FormatException or KubeException)
        {
            // A credential that could not be read may be the one that was missing.
            var reason = string.Join("; ", warnings.Prepend(e.Message));
            var message = $"failed to pull image \"{container.Image}\": {reason}";
            Tell(PodAction.RecordEvent.Warning, "Failed", $"Failed to pull image \"{container.Image}\": {reason}");
            var wait = backoff(time.GetUtcNow());
            return Failed(Reasons.ErrImagePull, message, wait.Wait);
        }
        catch (RuntimeException e)
        {
            var message = $"Failed to inspect image \"{container.Image}\": {e.Message}";
            Tell(PodAction.RecordEvent.Warning, "InspectFailed", message);
            return Failed(Reasons.ImageInspectError, message, RetryInspect);
        }
    }

    /// <summary>Logs what is wrong with the credentials: once, as it is the same for every pull.</summary>
    void TellOnce(IReadOnlyList<string> warnings)
    {
        string[] fresh;
        lock (_gate)
        {
            if (_told.Count > Remembered)
                _told.Clear();
            fresh = [.. warnings.Where(_told.Add)];
        }
        foreach (var warning in fresh)
            log.LogWarning("Registry credentials: {Warning}", warning);
    }

    /// <summary>Each report is the newest message; an event tells of a long pull now and then.</summary>
    Action<PullProgress> Throttle(Action<string, string, string> tell, string image, Action<string> progress)
    {
        var told = time.GetTimestamp();
        var gate = new Lock();
        return report =>
        {
            var message = Describe(image, report);
            progress(message);
            lock (gate)
            {
                if (time.GetElapsedTime(told) < ProgressEvery)
                    return;
                told = time.GetTimestamp();
            }
            tell(PodAction.RecordEvent.Normal, "Pulling", message);
        };
    }

    internal static string Describe(string image, PullProgress report) => report.TotalBytes > 0
        ? string.Create(CultureInfo.InvariantCulture, $"Pulling image \"{image}\": {report.Status}, {report.CompletedBytes / 1e6:0.0} of {report.TotalBytes / 1e6:0.0} MB")
        : $"Pulling image \"{image}\": {report.Status}";
}
