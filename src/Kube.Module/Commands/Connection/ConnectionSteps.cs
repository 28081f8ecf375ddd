using System.Globalization;
using System.Net.Http;
using System.Net.Sockets;
using Kube.Module.Base;

namespace Kube.Module.Commands;

/// <summary>What each step of a test found, and what to do about it. Pure.</summary>
static class ConnectionSteps
{
    public const string Configuration = "Configuration", Reach = "Reach", Certificate = "Certificate", Identity = "Identity", Version = "Version", Access = "Access";

    static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public static KubeConnectionStep Configured(KubeConnection connection) =>
        new(Configuration, KubeConnectionStepState.Passed, $"{connection} is meant{(connection.KubeConfigPaths.Count > 0 ? $", from {string.Join(", ", connection.KubeConfigPaths)}" : "")}.", null);

    public static KubeConnectionStep Reached(KubeHandshake handshake)
    {
        var where = handshake.IsProxied ? $"The proxy at {handshake.Address}" : $"{handshake.Address}";
        return handshake switch
        {
            { Fault: { } fault } when !IsTls(handshake) => new(Reach, KubeConnectionStepState.Failed, fault.Message, Route(fault, handshake.Address is not null)),
            _ => new(Reach, KubeConnectionStepState.Passed, $"{where} took the connection in {Milliseconds(handshake.ConnectTime ?? default)}.", null),
        };
    }

    public static KubeConnectionStep Shown(KubeHandshake handshake, Uri server, DateTime now)
    {
        if (handshake.Fault is { } fault)
        {
            return IsTls(handshake) ? new(Certificate, KubeConnectionStepState.Failed, fault.Message, Trust(handshake))
                : Skipped(Certificate);
        }
        if (server.Scheme == "http")
        {
            return server.IsLoopback ? new(Certificate, KubeConnectionStepState.Passed, "Nothing is encrypted, and nothing leaves this machine.", null)
                : new(Certificate, KubeConnectionStepState.Warning, "Nothing is encrypted: anybody on the way can read it, credentials too.", "Use the server's https address.");
        }
        var shown = handshake.Certificate;
        if (handshake.Distrust is { } distrust)
        {
            return new(Certificate, KubeConnectionStepState.Warning, $"Any certificate is trusted, and this one would not be: {distrust}.",
                "Give the cluster's certificate-authority in place of insecure-skip-tls-verify (-CertificateAuthority in place of -SkipCertificateCheck).");
        }
        var about = $"{handshake.TlsProtocol}, with a certificate signed by '{shown?.Issuer}' that is trusted until {shown?.NotAfter.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture)}.";
        return shown?.NotAfter - now < Soon
            ? new(Certificate, KubeConnectionStepState.Warning, about, "It expires within a month: have the cluster's certificate renewed.")
            : new(Certificate, KubeConnectionStepState.Passed, about, null);
    }

    public static KubeConnectionStep Known(KubeIdentity identity) => identity switch
    {
        { UserName: null } => new(Identity, KubeConnectionStepState.Passed, "The server accepts the token, and cannot tell whose it is.", null),
        { UserName: "system:anonymous" } => new(Identity, KubeConnectionStepState.Warning, "The server takes everybody in who shows nothing, as system:anonymous.", "Give a token or a client certificate: the context names no user, or one without credentials."),
        _ => new(Identity, KubeConnectionStepState.Passed, $"The server sees {identity.UserName}{(identity.IsConfirmed ? "" : ", by what the credential says")}.", null),
    };

    public static KubeConnectionStep Told(string version, TimeSpan latency) => new(Version, KubeConnectionStepState.Passed, $"Kubernetes {version} answers in {Milliseconds(latency)}.", null);

    public static KubeConnectionStep Allowed(string[] allowed, string[] denied, string @namespace) => allowed.Length > 0
        ? new(Access, KubeConnectionStepState.Passed, $"In {@namespace} one may {string.Join(", ", allowed)}{(denied.Length > 0 ? $", and may not {string.Join(", ", denied)}" : "")}.", null)
        : new(Access, KubeConnectionStepState.Warning, $"In {@namespace} one may do none of: {string.Join(", ", denied)}.", "Name a namespace of your own with -Namespace, or ask for a role binding there.");

    /// <summary>A step that something went wrong in.</summary>
    public static KubeConnectionStep Failed(string step, Exception exception) =>
        new(step, KubeConnectionStepState.Failed, exception.Message, Errors.ToRecord(exception, null).ErrorDetails.RecommendedAction);

    public static KubeConnectionStep Late(string step, TimeSpan patience) =>
        new(step, KubeConnectionStepState.Failed, $"No answer came within {patience.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s.", "The server is busy, or something on the way holds its answers back. Try again with a longer -TimeoutSec.");

    public static KubeConnectionStep Skipped(string step) => new(step, KubeConnectionStepState.Skipped, "It was not tried, as an earlier step failed.", null);

    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString(time.TotalMilliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " ms";

    /// <summary>Of an odd number of times the one in the middle.</summary>
    public static TimeSpan Median(IEnumerable<TimeSpan> times) => times.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : default;

    // What fails once the server is reached is TLS, or something that speaks none.
    static bool IsTls(KubeHandshake handshake) =>
        handshake is { Address: not null, Fault.Fault: KubeConnectionFault.Certificate or KubeConnectionFault.NotKubernetes };

    static string Route(KubeConnectionException fault, bool isConnected) => fault.InnerException switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "Check the host name in the kubeconfig; it may be known only in a network or VPN that this machine is not in.",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError or HttpRequestError.UserAuthenticationError } =>
            "Check proxy-url in the kubeconfig or $env:HTTPS_PROXY, the user and password in it, and whether the proxy lets this machine through to the server; $env:NO_PROXY names what needs none.",
        { } inner when inner.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            "Nothing listens there: check the port, and that the cluster runs (Get-KubeCluster for one of Kube's own).",
        _ when fault.Fault == KubeConnectionFault.Timeout && !isConnected => "A firewall may be in the way, or a VPN or proxy missing: check that the address can be reached from here, or allow more time with -TimeoutSec.",
        _ when fault.Fault == KubeConnectionFault.Timeout => "Something takes connections there and does not answer: the server is busy, or another one stands in front of it.",
        _ => Errors.Unreachable.Action,
    };

    static string Trust(KubeHandshake handshake) => handshake switch
    {
        { Problem: KubeCertificateProblem.Expired } => "Have the cluster's certificate renewed; until then nobody can tell whether it is the cluster that answers.",
        { Problem: KubeCertificateProblem.NotYetValid } => "Check this machine's clock.",
        { Problem: KubeCertificateProblem.OtherName, Certificate.Names: { Count: > 0 } names } => $"Use an address that the certificate is for ({string.Join(", ", names)}), or name one as tls-server-name in the kubeconfig (-TlsServerName).",
        { Problem: KubeCertificateProblem.UnknownIssuer } => "Give the cluster's own authority as certificate-authority in the kubeconfig (-CertificateAuthority). A cluster that was made anew has another: get its kubeconfig again.",
        { Fault.Fault: KubeConnectionFault.NotKubernetes } => Errors.NotKubernetes.Action,
        _ => Errors.CertificateInvalid.Action,
    };
}
