namespace Kube.Credentials;

/// <summary>A credential that is got once, kept until it expires or is refused, and shared by all who need it meanwhile.</summary>
abstract class RenewedCredentials(TimeProvider time) : CredentialSource
{
    readonly SemaphoreSlim _oneAtATime = new(1, 1);
    volatile Held? _held;

    protected TimeProvider Time { get; } = time;

    public sealed override async ValueTask<Credential> GetAsync(bool mayPrompt, CancellationToken cancel) =>
        _held is { } held && IsGood(held) ? held.Credential : (await NextAsync(null, mayPrompt, cancel).ConfigureAwait(false));

    public sealed override async ValueTask<Credential?> RenewAsync(Credential refused, bool mayPrompt, CancellationToken cancel) =>
        await NextAsync(refused, mayPrompt, cancel).ConfigureAwait(false);

    /// <summary>Gets a new one. No two run at a time.</summary>
    /// <param name="refused">Whether the one before was refused, though its time is not over.</param>
    /// <param name="mayPrompt">Whether the person at the terminal may be asked.</param>
    /// <param name="cancel">Ends it.</param>
    protected abstract Task<(Credential Credential, DateTimeOffset? Expires)> FetchAsync(bool refused, bool mayPrompt, CancellationToken cancel);

    async Task<Credential> NextAsync(Credential? refused, bool mayPrompt, CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            // Somebody else has got another while this one waited.
            if (_held is { } held && !ReferenceEquals(held.Credential, refused) && IsGood(held)) return held.Credential;
            var (credential, expires) = await FetchAsync(refused is not null, mayPrompt, cancel).ConfigureAwait(false);
            _held = new Held(credential, expires);
            return credential;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    bool IsGood(Held held) => held.Expires is not { } expires || Time.GetUtcNow() < expires;

    sealed record Held(Credential Credential, DateTimeOffset? Expires);
}
