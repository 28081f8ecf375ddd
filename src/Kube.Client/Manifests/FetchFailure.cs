using System.Security.Authentication;

namespace Kube.Manifests;

/// <summary>Why an attempt failed, and whether the next one may do better.</summary>
sealed record FetchFailure(ManifestFault Fault, string Message, bool MayPass, Exception? Cause = null)
{
    /// <summary>What an exception means; null for one that is not the attempt's.</summary>
    /// <param name="e">What the attempt ended with.</param>
    /// <param name="certificate">Why a certificate was refused, if one was.</param>
    public static FetchFailure? Of(Exception e, string? certificate) => e switch
    {
        FetchStatusException answer => Of(answer),
        HttpRequestException { InnerException: AuthenticationException } when certificate is not null => new(ManifestFault.Unreachable, $"{certificate}; expected one for this host, from an authority that this system trusts", false),
        HttpRequestException { InnerException: AuthenticationException } => new(ManifestFault.Unreachable, "no TLS connection could be agreed on; expected a server that speaks https at this port", false, e),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new(ManifestFault.Unreachable, "there is no such host", true, e),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(ManifestFault.Unreachable, "the answer's headers are too large", false, e),
        HttpRequestException request => new(ManifestFault.Unreachable, $"the server was not reached or broke off ({Reason(request)})", true, e),
        IOException io => new(ManifestFault.Unreachable, $"the answer broke off ({io.Message})", true, e),
        // ConnectTimeout, as SocketsHttpHandler reports it.
        OperationCanceledException { InnerException: TimeoutException } => new(ManifestFault.Unreachable, "no connection within the connect timeout", true, e),
        _ => null,
    };

    public ManifestException ToException(string shown, int attempts)
    {
        var tried = attempts > 1 ? $" (tried {attempts} times)" : "";
        return ManifestException.On(shown, Fault, Message + tried, Cause);
    }

    static FetchFailure Of(FetchStatusException answer)
    {
        var status = (int)answer.Status;
        var name = Enum.IsDefined(answer.Status) ? $" {answer.Status}" : "";
        var from = answer.Route.Redirects > 0 ? $"{RedactedUri.Of(answer.Route.Address)}, to which it redirects," : "the server";
        return status switch
        {
            401 or 403 => new(ManifestFault.Denied, $"{from} answered {status}{name}; expected 200, for which it may need -Credential, -Token or -Headers", false),
            404 or 410 => new(ManifestFault.NotFound, $"{from} answered {status}{name}; expected 200 and a manifest there", false),
            _ => new(ManifestFault.Unreachable, $"{from} answered {status}{name}; expected 200", status >= 500),
        };
    }

    static string Reason(HttpRequestException e) => e.InnerException?.Message ?? e.HttpRequestError.ToString();
}
