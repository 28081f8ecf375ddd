using System.Management.Automation;

namespace Kube.Module.Base;

/// <summary>One of Kube's errors, as scripts and people meet it.</summary>
/// <param name="Id">The stable id, first part of <c>FullyQualifiedErrorId</c>.</param>
/// <param name="When">When it comes.</param>
/// <param name="Category">PowerShell's category.</param>
/// <param name="Action">What to do about it.</param>
public sealed record ErrorDefinition(string Id, string When, ErrorCategory Category, string Action)
{
    /// <summary>Whether only the one target is at fault, so that the cmdlet goes on with the others.</summary>
    public bool OneTarget { get; init; } = true;
}
