using System.Diagnostics;
using Kube.Agent.Runtime;
using Kube.Registry;

namespace Kube.Agent.Images;

/// <summary>
/// Pulls images, trying one credential after another. Who wants an image that is being pulled with the same credentials waits for that pull.
/// </summary>
sealed class ImagePuller(IContainerRuntime runtime, ImagePullRecordFile records, TimeProvider time)
{
    readonly Lock _gate = new();
    readonly List<Pull> _pulls = [];

    /// <summary>Pulls an image.</summary>
    /// <param name="image">What to pull.</param>
    /// <param name="credentials">Whom to pull as, in order; none: anonymously.</param>
    /// <param name="progress">Gets how far it is; called from any thread.</param>
    /// <param name="stop">Ends the pull for all who wait for it: the agent's own end.</param>
    /// <exception cref="ImagePullException">It failed; the message names every registry user that was tried.</exception>
    public async Task<ImagePulled> PullAsync(ImageReference image, IReadOnlyList<KeyringMatch> credentials, Action<PullProgress> progress, CancellationToken stop)
    {
        var users = credentials.Select(match => match.Credential).ToArray();
        Pull pull;
        lock (_gate)
        {
            pull = _pulls.Find(other => other.IsFor(image, users)) ?? new Pull(image, users);
            pull.Progress += progress;
            if (!_pulls.Contains(pull))
            {
                _pulls.Add(pull);
                pull.Result = Task.Run(() => RunAsync(pull, stop), CancellationToken.None);
            }
        }
        try
        {
            return await pull.Result!;
        }
        finally
        {
            lock (_gate)
                pull.Progress -= progress;
        }
    }

    async Task<ImagePulled> RunAsync(Pull pull, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await records.ChangeAsync(before => before.Begin(pull.Image), stop);
            try
            {
                var user = await PullAsync(pull, stop);
                var image = await runtime.InspectImageAsync(pull.Image.ToString(), stop)
                    ?? throw new ImagePullException($"the engine has pulled {pull.Image.Familiar} and does not have it");
                await records.ChangeAsync(before => before.Succeed(pull.Image, image.Id, user, time.GetUtcNow()), stop);
                return new ImagePulled(image, Stopwatch.GetElapsedTime(begun));
            }
            catch (ImagePullException)
            {
                await records.ChangeAsync(before => before.Fail(pull.Image), stop);
                throw;
            }
        }
        finally
        {
            lock (_gate)
                _pulls.Remove(pull);
        }
    }

    /// <summary>Returns the credential that worked.</summary>
    async Task<RegistryCredential?> PullAsync(Pull pull, CancellationToken stop)
    {
        if (pull.Users.Length == 0)
        {
            try
            {
                await runtime.PullAsync(pull.Image, null, pull, stop);
                return null;
            }
            catch (ImagePullException e)
            {
                throw new ImagePullException($"{e.Message} (pulled anonymously: there is no credential for {pull.Image.Registry})", e);
            }
        }

        var failures = new List<string>();
        foreach (var user in pull.Users)
        {
            try
            {
                await runtime.PullAsync(pull.Image, user, pull, stop);
                return user;
            }
            catch (ImagePullException e)
            {
                failures.Add($"as {user}: {e.Message}");
            }
        }
        throw new ImagePullException(string.Join("; ", failures));
    }

    sealed class Pull(ImageReference image, RegistryCredential[] users) : IProgress<PullProgress>
    {
        public ImageReference Image => image;
        public RegistryCredential[] Users => users;
        public Task<ImagePulled>? Result { get; set; }
        public event Action<PullProgress>? Progress;

        // The secret that holds a credential matters too: it is what the record of pulls grants the image to.
        public bool IsFor(ImageReference other, RegistryCredential[] others) =>
            image == other && users.Length == others.Length && users.Zip(others).All(pair => pair.First.HasSameSecret(pair.Second) && pair.First.Secret == pair.Second.Secret);

        public void Report(PullProgress value) => Progress?.Invoke(value);
    }
}

/// <summary>An image that has come.</summary>
/// <param name="Image">The image.</param>
/// <param name="Took">How long it took.</param>
sealed record ImagePulled(RuntimeImage Image, TimeSpan Took);
