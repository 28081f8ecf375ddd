namespace Kube.Registry;

// What docker login and docker logout do.
public sealed partial class DockerCredentials
{
    /// <summary>
    /// Keeps a credential as docker login does: in the registry's credential helper or the store where one is configured, else in
    /// <c>config.json</c> (<see cref="DockerConfigLocations.LoginFile"/>), where everything else stays as it is.
    /// </summary>
    /// <param name="registry">The registry; any spelling that <see cref="RegistryKey"/> reads.</param>
    /// <param name="userName">The user; <c>&lt;token&gt;</c>: the secret is an identity token.</param>
    /// <param name="secret">The password or identity token.</param>
    /// <param name="cancel">Ends a helper that runs.</param>
    /// <returns>Where it is now, and whether anything had to be written for it.</returns>
    /// <exception cref="ArgumentException">The registry is none, or the user name is empty or holds a colon.</exception>
    /// <exception cref="FormatException">The file is no JSON object, so it is left alone.</exception>
    /// <exception cref="CredentialHelperException">The helper failed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<CredentialWrite> SetAsync(string registry, string userName, string secret, CancellationToken cancel = default)
    {
        if (!RegistryKey.TryParse(registry, out var key))
            throw new ArgumentException($"'{registry}' is no registry: expected a host such as ghcr.io, with a port or path if need be.", nameof(registry));
        if (userName.Length == 0 || userName.Contains(':'))
            throw new ArgumentException("The user name of a registry must not be empty and must not hold a colon.", nameof(userName));
        var path = locations.LoginFile ?? throw new IOException("There is no folder for config.json: the user has no home folder and $DOCKER_CONFIG is not set.");

        var isToken = userName == RegistryCredential.TokenUserName;
        var credential = new RegistryCredential(key.ServerAddress, userName, path) { Password = isToken ? "" : secret, IdentityToken = isToken ? secret : null };
        var name = DockerConfigWriter.Read(path, DockerConfigFormat.ConfigJson)?.HelperFor(key);
        if (name is null)
            return new CredentialWrite(credential, DockerConfigWriter.Set(path, key, credential));

        var helper = Helper(name);
        var known = await helper.GetAsync(credential.Registry, cancel).ConfigureAwait(false);
        var isNew = known is null || !known.HasSameSecret(credential);
        if (isNew)
            await helper.StoreAsync(credential, cancel).ConfigureAwait(false);
        // Docker notes the registry in the file with an empty entry; a secret that was there before must not stay.
        var isNoted = DockerConfigWriter.Note(path, key);
        return new CredentialWrite(credential with { Source = helper.Program }, isNew || isNoted);
    }

    /// <summary>Forgets a credential where it is kept, as docker logout does: in its helper, and in the file.</summary>
    /// <returns>False when it was gone already.</returns>
    /// <exception cref="InvalidOperationException">It comes from <c>$DOCKER_AUTH_CONFIG</c>, which no program can change for its caller.</exception>
    /// <inheritdoc cref="SetAsync" path="/exception[@cref='T:System.FormatException' or @cref='T:Kube.Registry.CredentialHelperException' or @cref='T:System.IO.IOException']"/>
    public async Task<bool> RemoveAsync(ConfiguredCredential entry, CancellationToken cancel = default)
    {
        if (entry.Place == CredentialPlace.Environment)
            throw new InvalidOperationException($"The credential for '{entry.Registry}' is in the variable {EnvironmentSource}; unset it there.");

        var wasKept = false;
        if (entry.Helper is { } helper)
        {
            var address = RegistryKey.TryParse(entry.Registry, out var key) && entry.File!.CredentialHelpers.ContainsKey(entry.Registry) ? key.ServerAddress : entry.Registry;
            wasKept = await Helper(helper).EraseAsync(address, cancel).ConfigureAwait(false);
        }
        var wasInFile = DockerConfigWriter.Remove(entry.File!.Source, entry.File.Format, entry.Registry);
        return wasKept || wasInFile;
    }
}

/// <summary>What came of keeping a credential.</summary>
/// <param name="Credential">It, with the place where it is now as its source.</param>
/// <param name="IsChanged">False when it was there already and nothing was written.</param>
public sealed record CredentialWrite(RegistryCredential Credential, bool IsChanged);
