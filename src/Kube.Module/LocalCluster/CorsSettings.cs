using Kube.Module.Base;

namespace Kube.Module.LocalCluster;

/// <summary>Which pages in browsers may read what a server serves.</summary>
/// <param name="Origins">Regular expressions of their origins.</param>
/// <param name="Methods">The methods that they may use.</param>
/// <param name="Headers">The headers that they may send.</param>
/// <param name="AllowCredentials">Whether they may send cookies and client certificates.</param>
sealed record CorsSettings(string[] Origins, string[] Methods, string[] Headers, bool AllowCredentials)
{
    /// <summary>Refuses what would have no effect.</summary>
    public void Check()
    {
        if (Origins.Length == 0 && (Methods.Length > 0 || Headers.Length > 0 || AllowCredentials))
            throw new KubeCmdletException(Errors.ParameterInvalid, "The CORS parameters need -CorsAllowedOrigin: without an origin no page may read the API.");
    }

    /// <summary>The server's flags.</summary>
    public IEnumerable<string> Flags()
    {
        foreach (var origin in Origins) yield return "--cors-allowed-origins=" + origin;
        if (Methods.Length > 0) yield return "--cors-allowed-methods=" + string.Join(',', Methods);
        if (Headers.Length > 0) yield return "--cors-allowed-headers=" + string.Join(',', Headers);
        if (AllowCredentials) yield return "--cors-allow-credentials";
    }
}
