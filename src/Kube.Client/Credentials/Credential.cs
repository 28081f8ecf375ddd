using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace Kube.Credentials;

/// <summary>What shows a server who asks. Compared by reference: two runs of a plugin are two credentials. Its text form shows no secret.</summary>
sealed class Credential
{
    /// <summary>Shows nothing.</summary>
    public static readonly Credential None = new();

    /// <summary>The <c>Authorization</c> header.</summary>
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>The client certificate with its key.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>What leads from it to an authority.</summary>
    public X509Certificate2Collection? Chain { get; init; }

    public override string ToString() => "credential";
}
