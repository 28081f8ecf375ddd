using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Kube.Http;

/// <summary>Turns what the HTTP stack throws into what a person can act on.</summary>
static class ConnectionFaults
{
    /// <summary>The fault, or null where the exception is to go on as it is (the caller's own cancellation, Kube's own errors).</summary>
    public static KubeException? Explain(Exception error, KubeConnectionOptions options, CancellationToken cancel)
    {
        var server = KubeConnection.Show(options.Server);
        switch (error)
        {
            case OperationCanceledException when cancel.IsCancellationRequested:
            case KubeException:
                return null;
            case OperationCanceledException { InnerException: TimeoutException }:
                return Fault(KubeConnectionFault.Timeout, string.Create(CultureInfo.InvariantCulture, $"{server} took no connection within {options.ConnectTimeout.TotalSeconds:0.#} s."), error);
            case OperationCanceledException:
                return Fault(KubeConnectionFault.Timeout, string.Create(CultureInfo.InvariantCulture, $"{server} gave no answer within {options.Timeout.TotalSeconds:0.#} s."), error);
            case HttpRequestException http:
                return FromHttp(http, server, options);
            case IOException:
                return Fault(KubeConnectionFault.Unreachable, $"{server} broke the connection off: {Innermost(error)}", error);
            default:
                return null;
        }
    }

    static KubeConnectionException FromHttp(HttpRequestException error, string server, KubeConnectionOptions options)
    {
        if (Find<CertificateRefusedException>(error) is { } refused)
            return Fault(KubeConnectionFault.Certificate, $"{server} is not trusted: {refused.Message}.", error);
        if (Find<SocketException>(error) is { SocketErrorCode: SocketError.TimedOut })
            return Fault(KubeConnectionFault.Timeout, $"{server} took no connection in time.", error);
        return error.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError =>
                Fault(KubeConnectionFault.Unreachable, $"{server} is not reached: no such host is known.", error),
            // Where both sides speak TLS, the system's TLS library says why they do not agree; where one does not, there is nothing to say.
            HttpRequestError.SecureConnectionError when error.InnerException is AuthenticationException { InnerException: not null } tls =>
                Fault(KubeConnectionFault.Certificate, $"{server} and this machine agree on no TLS connection: {Innermost(tls)}", error),
            HttpRequestError.SecureConnectionError or HttpRequestError.InvalidResponse when error.InnerException is IOException and not HttpIOException || Find<SocketException>(error) is not null =>
                Fault(KubeConnectionFault.Unreachable, $"{server} broke the connection off: {Innermost(error)}", error),
            HttpRequestError.SecureConnectionError =>
                Fault(KubeConnectionFault.NotKubernetes, $"{server} does not speak TLS; its address may have to start with http://.", error),
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded =>
                Fault(KubeConnectionFault.NotKubernetes, $"{server} does not answer in HTTP.", error),
            HttpRequestError.ConnectionError =>
                Fault(KubeConnectionFault.Unreachable, $"{server} is not reached: {Innermost(error)}", error),
            HttpRequestError.ProxyTunnelError =>
                Fault(KubeConnectionFault.Unreachable, $"{server} is not reached: the proxy{Proxy(options)} refuses.", error),
            HttpRequestError.UserAuthenticationError =>
                Fault(KubeConnectionFault.Unreachable, $"{server} is not reached: the proxy{Proxy(options)} does not accept the user and password in its address.", error),
            _ => Fault(KubeConnectionFault.Unreachable, $"{server} broke the connection off: {Innermost(error)}", error),
        };
    }

    /// <summary>What went wrong on the way to some other server.</summary>
    public static string Why(HttpRequestException error) =>
        Find<CertificateRefusedException>(error) is { } refused ? $"it is not trusted: {refused.Message}." : Innermost(error);

    static string Proxy(KubeConnectionOptions options) => options.Proxy is { } proxy ? " " + KubeConnection.Show(proxy) : "";

    static KubeConnectionException Fault(KubeConnectionFault fault, string message, Exception inner) => new(fault, message, inner);

    static T? Find<T>(Exception? error) where T : Exception
    {
        for (; error is not null; error = error.InnerException)
            if (error is T found) return found;
        return null;
    }

    static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner) error = inner;
        return error.Message.TrimEnd('.') + ".";
    }
}
