using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using Kube.Config;
using Kube.Module.Base;

namespace Kube.Module.Commands;

// By address: no kubeconfig is read, and none has to be there.
public sealed partial class ConnectKubeClusterCommand
{
    /// <summary>The API server's address.</summary>
    [Parameter(ParameterSetName = UriSet, Mandatory = true)]
    [Alias("Url", "Server")]
    [AddressTransformation]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>A user name and password, for basic authentication.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>A bearer token.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNull]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <summary>A client certificate with its private key.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>A file with a client certificate: PEM or PFX.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>A PEM file with the certificate's key, where it has one of its own.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNullOrEmpty]
    public string? KeyPath { get; set; }

    /// <summary>The password of the PFX file, or of the key.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNull]
    [SecretTransformation]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The authorities to trust instead of the system's: a file, or their PEM itself.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>The host name to expect in the server's certificate.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNullOrEmpty]
    public string? TlsServerName { get; set; }

    /// <summary>Trust any certificate.</summary>
    [Parameter(ParameterSetName = UriSet)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The proxy on the way to the server.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [AddressTransformation]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The user name and password that the proxy wants.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Write over another context of the name.</summary>
    [Parameter(ParameterSetName = UriSet)]
    public SwitchParameter Force { get; set; }

    KubeConnectionOptions AddressOptions()
    {
        var server = Address();
        Check(Credential is not null && Token is not null, "-Credential and -Token are two identities; give one.");
        var token = Token is null ? null : SecretText.Of(Token).Trim();
        Check(token is not null && (token.Length == 0 || token.Any(c => c is <= ' ' or >= '\x7f')), "-Token is empty, or holds spaces or characters that no token has.");
        Check(Certificate is not null && CertificatePath is not null, "-Certificate and -CertificatePath are two certificates; give one.");
        Check(CertificatePath is null && (KeyPath is not null || CertificatePassword is not null), "-KeyPath and -CertificatePassword belong to -CertificatePath.");
        Check(Certificate is { HasPrivateKey: false }, "The certificate has no private key with it.");
        Check(SkipCertificateCheck && CertificateAuthority is not null, "-SkipCertificateCheck trusts any certificate, whatever -CertificateAuthority says; give one.");
        Check(ProxyCredential is not null && Proxy is null, "-ProxyCredential belongs to -Proxy.");
        Check(Force && !Persist, "-Force belongs to -Persist.");
        var (certificate, chain) = CertificatePath is null ? (Certificate, null)
            : ClientCertificateFile.Read(Resolve(CertificatePath), KeyPath is null ? null : Resolve(KeyPath), CertificatePassword is null ? null : SecretText.Of(CertificatePassword));
        return WithNamespace(new KubeConnectionOptions
        {
            Server = server,
            Name = Context ?? (server.IsDefaultPort ? server.IdnHost : $"{server.IdnHost}:{server.Port}"),
            CertificateAuthority = CertificateAuthority is null ? null : ClientCertificateFile.Authorities(CertificateAuthority, Resolve),
            InsecureSkipTlsVerify = SkipCertificateCheck,
            TlsServerName = TlsServerName,
            Token = token,
            UserName = Credential?.UserName,
            Password = Credential is null ? null : SecretText.Of(Credential.Password),
            ClientCertificate = certificate,
            ClientCertificateChain = chain is { Count: > 0 } ? chain : null,
            Proxy = ProxyAddress(),
        });
    }

    /// <summary>Writes the context with its cluster and user into the user's kubeconfig.</summary>
    void Write(KubeConnectionOptions options) =>
        WriteVerbose($"The context is written to {KubeConfigFile.Merge(KubeConfigPaths.Default(), KubeConfigEntry.Of(options) with { Namespace = Namespace }, makeCurrent: true)}.");

    void RefuseForeign(KubeConnectionOptions options)
    {
        if (!Force && Foreign(options) is { } there)
            throw new KubeCmdletException(Errors.ContextExists, $"The kubeconfig has a context '{options.Name}' already, for {there}. Nothing was written.") { Target = options.Name };
    }

    /// <summary>What a context of the same name is for, where it is another cluster; null: there is none, or it is the same.</summary>
    static string? Foreign(KubeConnectionOptions options)
    {
        var config = KubeConfig.Load();
        if (config.Contexts.All(context => context.Name != options.Name)) return null;
        try
        {
            var there = config.Resolve(options.Name).Server;
            return there == options.Server ? null : there.GetLeftPart(UriPartial.Authority);
        }
        catch (KubeConfigException)
        {
            // Whatever it is meant to be, it is not this one.
            return "a cluster that cannot be told";
        }
    }

    Uri Address()
    {
        var isUsable = Uri is { IsAbsoluteUri: true, Host.Length: > 0 } && Uri.Scheme is "https" or "http";
        // What is in an address beside the address may be secret, and is not repeated.
        Check(!isUsable, "-Uri is the API server's address: https://HOST:PORT.");
        Check(Uri!.UserInfo.Length + Uri.Query.Length + Uri.Fragment.Length > 0, "-Uri has a user, a query or a fragment in it: who asks is told with -Credential, -Token or a certificate.");
        return Uri;
    }

    Uri? ProxyAddress()
    {
        if (Proxy is null) return null;
        Check(Proxy is not { IsAbsoluteUri: true, Scheme: "http" or "https" or "socks5", Host.Length: > 0 }, "-Proxy is an http, https or socks5 address.");
        if (ProxyCredential is null) return Proxy;
        return new UriBuilder(Proxy) { UserName = System.Uri.EscapeDataString(ProxyCredential.UserName), Password = System.Uri.EscapeDataString(SecretText.Of(ProxyCredential.Password)) }.Uri;
    }

    string Resolve(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    static void Check(bool isWrong, string message)
    {
        if (isWrong) throw new KubeCmdletException(Errors.ParameterInvalid, message);
    }
}
