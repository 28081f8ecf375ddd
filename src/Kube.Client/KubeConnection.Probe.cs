using Kube.Credentials;
using Kube.Http;

namespace Kube;

public sealed partial class KubeConnection
{
    /// <summary>Makes a new connection to the server, beside those that are open, and tells what it shows. Nothing that fails on the way is thrown.</summary>
    /// <param name="timeout">How long it may take in all.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<KubeHandshake> ProbeAsync(TimeSpan timeout, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        Credential credential;
        try
        {
            credential = await _pool.Credentials.GetAsync(Options.MayPrompt, cancel).ConfigureAwait(false);
        }
        catch (KubeException)
        {
            // The way to the server is there or not, whoever asks; who asks is told with the first request.
            credential = Credential.None;
        }
        return await new HandshakeProbe(Options with { ConnectTimeout = timeout < Options.ConnectTimeout ? timeout : Options.ConnectTimeout, Timeout = timeout }).RunAsync(credential, cancel).ConfigureAwait(false);
    }

    /// <summary>What shows the server who asks.</summary>
    internal ValueTask<Credential> GetCredentialAsync(CancellationToken cancel) => _pool.Credentials.GetAsync(Options.MayPrompt, cancel);
}
