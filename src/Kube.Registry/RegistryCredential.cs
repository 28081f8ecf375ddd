using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kube.Registry;

/// <summary>Who to be at a registry. Its text form and its JSON show no secret.</summary>
/// <param name="Registry">The registry's key as configured, such as <c>ghcr.io</c> or <c>https://index.docker.io/v1/</c>.</param>
/// <param name="UserName">The user; <c>&lt;token&gt;</c> or empty with an identity token whose user is not known.</param>
/// <param name="Source">Where it came from: a file's path, a helper's program, a secret's <c>namespace/name</c>.</param>
public sealed record RegistryCredential(string Registry, string UserName, string Source)
{
    /// <summary>The user name by which credential helpers say that the secret is an identity token.</summary>
    public const string TokenUserName = "<token>";

    /// <summary>The password; empty with a token.</summary>
    [JsonIgnore]
    public string Password { get; init; } = "";

    /// <summary>An OAuth2 refresh token that stands in for user and password; null: none.</summary>
    [JsonIgnore]
    public string? IdentityToken { get; init; }

    /// <summary>A bearer token that goes to the registry as it is; null: none.</summary>
    [JsonIgnore]
    public string? RegistryToken { get; init; }

    /// <summary>The pod's secret that holds it; null: it is the node's own, which every pod of the node may use.</summary>
    public PullSecretReference? Secret { get; init; }

    /// <summary>Whether it proves the same identity as another: the same user and secrets, whatever their source.</summary>
    public bool HasSameSecret(RegistryCredential other) =>
        (UserName, Password, IdentityToken, RegistryToken) == (other.UserName, other.Password, other.IdentityToken, other.RegistryToken);

    /// <summary>
    /// The value of Docker's <c>X-Registry-Auth</c> header for an image: JSON in base64url with padding. The server in it is the image's
    /// own, as engines that keep their images in containerd send the credential to no other; the key may be a glob or have a path.
    /// </summary>
    public string ToRegistryAuth(ImageReference image)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (IdentityToken is not null)
                json.WriteString("identitytoken", IdentityToken);
            else if (RegistryToken is not null)
                json.WriteString("registrytoken", RegistryToken);
            else
            {
                json.WriteString("username", UserName);
                json.WriteString("password", Password);
            }
            json.WriteString("serveraddress", RegistryKey.Of(image).ServerAddress);
            json.WriteEndObject();
        }
        return Convert.ToBase64String(buffer.ToArray()).Replace('+', '-').Replace('/', '_');
    }

    /// <summary>User, registry and source; never a secret.</summary>
    public override string ToString() => $"{(UserName.Length == 0 ? TokenUserName : UserName)} at {Registry} (from {Source})";
}
