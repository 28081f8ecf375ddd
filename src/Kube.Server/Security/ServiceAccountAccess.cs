namespace Kube.Server.Security;

/// <summary>
/// What pods may do with their service accounts' tokens. Role bindings are not evaluated, so it is one answer for all:
/// nothing but discovery, as in a Kubernetes cluster without any, or everything.
/// </summary>
enum ServiceAccountAccess
{
    /// <summary>Discovery, health, version, and the questions who they are and what they may do.</summary>
    Discovery,
    /// <summary>Everything. A pod that may create pods owns the machine.</summary>
    All,
}
