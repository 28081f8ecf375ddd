namespace Kube.Credentials;

/// <summary>Where a connection's credentials come from. Thread-safe.</summary>
abstract class CredentialSource
{
    /// <summary>Tells this source from every other; secrets are in it as hashes.</summary>
    public abstract string Key { get; }

    /// <summary>What a plugin wrote to standard error at its last run; null: nothing.</summary>
    public virtual string? Notice => null;

    /// <summary>The credential to send now.</summary>
    /// <param name="mayPrompt">Whether the person at the terminal may be asked.</param>
    /// <param name="cancel">Ends what is under way.</param>
    /// <exception cref="KubeException">There is none.</exception>
    public abstract ValueTask<Credential> GetAsync(bool mayPrompt, CancellationToken cancel);

    /// <summary>Another one, after the server has refused <paramref name="refused"/>; null where there is no other to be had.</summary>
    public virtual ValueTask<Credential?> RenewAsync(Credential refused, bool mayPrompt, CancellationToken cancel) => default;

    /// <summary>The source that the options speak of. As in client-go a token or password that stands there wins over a plugin.</summary>
    public static CredentialSource Of(KubeConnectionOptions options) => options switch
    {
        { TokenFile: not null } or { Token: not null } or { UserName: not null } => new FixedCredentials(options),
        { Exec: { } plugin } => ExecCredentials.Of(plugin, options),
        { Oidc: { } provider } => OidcCredentials.Of(provider),
        _ => new FixedCredentials(options),
    };
}
