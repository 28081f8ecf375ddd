using System.Security.Cryptography;
using System.Text;
using Kube.Registry;

namespace Kube.Agent.Runtime.Simulated;

public sealed partial class SimulatedRuntime
{
    readonly Dictionary<string, RuntimeImage> _images = [];

    /// <inheritdoc/>
    public Task<RuntimeImage?> InspectImageAsync(string image, CancellationToken cancel)
    {
        lock (_gate)
        {
            var name = ImageReference.TryParse(image, out var reference, out _) ? reference.ToString() : null;
            return Task.FromResult<RuntimeImage?>(_images.FirstOrDefault(i => i.Key == name || i.Value.Id == image).Value);
        }
    }

    /// <inheritdoc/>
    public Task PullAsync(ImageReference image, RegistryCredential? credential, IProgress<PullProgress> progress, CancellationToken cancel)
    {
        var host = image.Registry.Split(':')[0];
        if (host.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase))
            throw new ImagePullException($"Get \"https://{image.Registry}/v2/\": dial tcp: lookup {host}: no such host");
        progress.Report(new PullProgress("Downloading", 0, 1));
        progress.Report(new PullProgress("Pull complete", 1, 1));
        var digest = Digest(image.ToString());
        lock (_gate)
            _images[image.ToString()] = new RuntimeImage(digest, [$"{image.Name}@{digest}"], 1);
        return Task.CompletedTask;
    }

    static string Digest(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
