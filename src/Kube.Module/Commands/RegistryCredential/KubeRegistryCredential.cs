using System.Management.Automation;
using Kube.Module.Base;
using Kube.Registry;

namespace Kube;

/// <summary>A registry credential that is configured on this machine.</summary>
public sealed class KubeRegistryCredential
{
    readonly Lazy<PSCredential?> _credential;

    internal KubeRegistryCredential(ConfiguredCredential entry, DockerCredentials credentials)
    {
        (Entry, Credentials) = (entry, credentials);
        // Where a helper keeps the secret it is asked only when somebody wants it: it may in turn ask the user.
        _credential = new Lazy<PSCredential?>(() => ToPSCredential(entry.GetCredentialAsync().GetAwaiter().GetResult()));
    }

    /// <summary>The registry's key as configured, such as <c>ghcr.io</c> or <c>https://index.docker.io/v1/</c>.</summary>
    public string Registry => Entry.Registry;

    /// <summary>The user; <c>&lt;token&gt;</c> where an identity token stands for an unnamed one.</summary>
    public string UserName => Entry.UserName.Length == 0 ? RegistryCredential.TokenUserName : Entry.UserName;

    /// <summary>The file, the helper's program or the variable that it is kept in.</summary>
    public string Source => Entry.Source;

    /// <summary>The user and the secret; the user is <c>&lt;token&gt;</c> where the secret is an identity token. Null when the helper has it no more, and for a bearer token.</summary>
    public PSCredential? Credential => _credential.Value;

    internal ConfiguredCredential Entry { get; }

    internal DockerCredentials Credentials { get; }

    /// <summary>User, registry and source.</summary>
    public override string ToString() => Entry.ToString();

    static PSCredential? ToPSCredential(RegistryCredential? credential)
    {
        if (credential is null or { IdentityToken: null, RegistryToken: not null }) return null;
        var secret = SecretText.Protect(credential.IdentityToken ?? credential.Password);
        // A PSCredential must have a user.
        var isToken = credential.IdentityToken is not null || credential.UserName.Length == 0;
        return new PSCredential(isToken ? RegistryCredential.TokenUserName : credential.UserName, secret);
    }
}
