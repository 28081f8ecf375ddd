using Kube.Registry;

namespace Kube;

/// <summary>A credential that a pull of an image tries.</summary>
/// <param name="Image">The image, whole.</param>
/// <param name="Order">Its turn, from 1.</param>
/// <param name="Key">The configured key that the image matches.</param>
/// <param name="UserName">The user.</param>
/// <param name="Source">The file, the helper's program or the variable that it is kept in.</param>
public sealed record KubeRegistryCredentialMatch(string Image, int Order, string Key, string UserName, string Source)
{
    internal static IEnumerable<KubeRegistryCredentialMatch> Of(ImageReference image, CredentialLookup lookup) => lookup.Matches.Select((match, index) =>
        new KubeRegistryCredentialMatch(image.ToString(), index + 1, match.Key, match.Credential.UserName.Length == 0 ? RegistryCredential.TokenUserName : match.Credential.UserName, match.Credential.Source));
}
