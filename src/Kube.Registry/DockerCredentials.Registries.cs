namespace Kube.Registry;

public sealed partial class DockerCredentials
{
    /// <summary>
    /// The registries that the files and <c>$DOCKER_AUTH_CONFIG</c> name, each with its source. No helper is asked, so nothing runs and nobody is
    /// prompted; what only a store knows is left out.
    /// </summary>
    public IReadOnlyList<(string Registry, string Source)> ListRegistries()
    {
        var config = _files.Read();
        return
        [
            .. ReadEnvironment([]).Credentials.Select(credential => (credential.Registry, credential.Source)),
            .. config.CredentialHelpers.Keys.Concat(config.StoredRegistries).Concat(config.Credentials.Select(credential => credential.Registry)).Distinct().Select(registry => (registry, config.Source)),
        ];
    }
}
