namespace Kube.Registry;

/// <summary>What a registry says to a credential.</summary>
/// <param name="IsGranted">Whether it lets the credential in, and to the repository that was asked about.</param>
/// <param name="Scheme">How it asked who is there.</param>
/// <param name="Actions">What it allows in the repository: <c>pull</c>, <c>push</c> …; empty where no repository was asked about or it does not say.</param>
/// <param name="Message">A sentence for people; it holds no secret.</param>
public sealed record RegistryAccess(bool IsGranted, RegistryScheme Scheme, IReadOnlyList<string> Actions, string Message);

/// <summary>How a registry asks who is there.</summary>
public enum RegistryScheme
{
    /// <summary>It does not ask, or was not reached.</summary>
    None,
    /// <summary>By user and password.</summary>
    Basic,
    /// <summary>By a token that another server gives for user and password, or for an identity token.</summary>
    Bearer,
}
