using Kube.Registry;

namespace Kube;

/// <summary>What a registry says to a credential.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="Repository">The repository that was asked about; null: none.</param>
/// <param name="UserName">Who asked; null: nobody in particular.</param>
/// <param name="IsGranted">Whether it lets the credential in, and to the repository.</param>
/// <param name="Scheme">How it asks who is there.</param>
/// <param name="Actions">What it allows in the repository, where it says so: <c>pull</c>, <c>push</c> ….</param>
/// <param name="Message">What it says, as a sentence.</param>
/// <param name="Source">Where the credential came from.</param>
public sealed record KubeRegistryTest(string Registry, string? Repository, string? UserName, bool IsGranted, RegistryScheme Scheme, string[] Actions, string Message, string? Source)
{
    internal static KubeRegistryTest Of(RegistryKey registry, string? repository, RegistryCredential? credential, RegistryAccess access) =>
        new(registry.ToString(), repository, credential?.UserName, access.IsGranted, access.Scheme, [.. access.Actions], access.Message, credential?.Source);
}
