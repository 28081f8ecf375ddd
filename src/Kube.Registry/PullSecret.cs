namespace Kube.Registry;

/// <summary>Which secret of a cluster holds a credential.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid.</param>
public sealed record PullSecretReference(string Namespace, string Name, string Uid);

/// <summary>The credentials of one secret that a pod names in <c>imagePullSecrets</c>.</summary>
/// <param name="Credentials">The credentials; empty when the secret is of another type.</param>
/// <param name="Warnings">Entries that could not be read, named by registry and without their content.</param>
public sealed record PullSecret(IReadOnlyList<RegistryCredential> Credentials, IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// Reads a secret's data. Type <c>kubernetes.io/dockerconfigjson</c> goes with the key <c>.dockerconfigjson</c> and
    /// <c>kubernetes.io/dockercfg</c> with <c>.dockercfg</c>; any other pair holds no credentials, as for the kubelet.
    /// </summary>
    /// <param name="reference">The secret's identity.</param>
    /// <param name="type">The secret's type.</param>
    /// <param name="data">The secret's data, decoded from base64.</param>
    /// <exception cref="FormatException">The document cannot be read, or none of its entries can.</exception>
    public static PullSecret Parse(PullSecretReference reference, string? type, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> data)
    {
        var (key, format) = type switch
        {
            "kubernetes.io/dockerconfigjson" => (".dockerconfigjson", DockerConfigFormat.ConfigJson),
            "kubernetes.io/dockercfg" => (".dockercfg", DockerConfigFormat.Dockercfg),
            _ => ("", default),
        };
        if (key.Length == 0 || !data.TryGetValue(key, out var document) || document.IsEmpty)
            return new PullSecret([], []);

        var config = DockerConfig.Parse(document.Span, $"{reference.Namespace}/{reference.Name}", format);
        if (config.Credentials.Count == 0 && config.Warnings.Count > 0)
            throw new FormatException($"secret {string.Join("; ", config.Warnings)}");
        return new PullSecret([.. config.Credentials.Select(credential => credential with { Secret = reference })], config.Warnings);
    }
}
