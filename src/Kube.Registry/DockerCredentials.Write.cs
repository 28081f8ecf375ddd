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
    /// <exception cref="FormatException">The registry is none, or the user name is empty or holds a colon.</exception>
    /// <exception cref="DockerConfigException">The file cannot be written, or is no JSON object and therefore left alone.</exception>
    /// <exception cref="CredentialHelperException">The helper failed.</exception>
    public async Task<CredentialWrite> SetAsync(string registry, string userName, string secret, CancellationToken cancel = default)
    {
        if (!RegistryKey.TryParse(registry, out var key))
            throw new FormatException($"'{registry}' is no registry: expected a host such as ghcr.io, with a port or path if need be.");
        if (userName.Length == 0 || userName.Contains(':'))
            throw new FormatException("The user name of a registry must not be empty and must not hold a colon.");
        var path = _locations.LoginFile ?? throw new DockerConfigException("There is no folder for config.json: the user has no home folder and $DOCKER_CONFIG is not set.");

        var usedSoFar = _files.Read().Source;
        var isToken = userName == RegistryCredential.TokenUserName;
        var credential = new RegistryCredential(key.ServerAddress, userName, path) { Password = isToken ? "" : secret, IdentityToken = isToken ? secret : null };
        var name = DockerConfigWriter.Read(path, DockerConfigFormat.ConfigJson)?.HelperFor(key);
        if (name is null)
        {
            var isWritten = DockerConfigWriter.Set(path, key, credential);
            return new CredentialWrite(credential, isWritten, WarnOfOthers(path, usedSoFar));
        }

        var helper = Helper(name);
        var known = await helper.GetAsync(credential.Registry, cancel).ConfigureAwait(false);
        var isNew = known is null || !known.HasSameSecret(credential);
        if (isNew)
            await helper.StoreAsync(credential, cancel).ConfigureAwait(false);
        // Docker notes the registry in the file with an empty entry; a secret that was there before must not stay.
        var isNoted = DockerConfigWriter.Note(path, key);
        return new CredentialWrite(credential with { Source = helper.Program }, isNew || isNoted, WarnOfOthers(path, usedSoFar));
    }

    /// <summary>One file counts alone, so writing one may make another of no use, or be of no use itself.</summary>
    IReadOnlyList<string> WarnOfOthers(string written, string usedSoFar)
    {
        var used = _files.Read().Source;
        if (used != written)
            return [$"The credential was written to '{written}', but '{used}' comes before that file here and is used instead."];
        return usedSoFar.Length == 0 || usedSoFar == written ? [] : [$"The credentials in '{usedSoFar}' were used so far; '{written}' now comes before that file and is used instead."];
    }

    /// <summary>Forgets a credential where it is kept, as docker logout does: in its helper, and in the file.</summary>
    /// <returns>False when it was gone already.</returns>
    /// <exception cref="DockerConfigException">The file cannot be written, or is no JSON object and therefore left alone; or it comes from <c>$DOCKER_AUTH_CONFIG</c>, which no program can change for its caller.</exception>
    /// <exception cref="CredentialHelperException">The helper failed.</exception>
    public async Task<bool> RemoveAsync(ConfiguredCredential entry, CancellationToken cancel = default)
    {
        if (entry.Place == CredentialPlace.Environment)
            throw new DockerConfigException($"The credential for '{entry.Registry}' is in the variable {EnvironmentSource}; unset it there.");

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
/// <param name="Warnings">Which file is of no use beside another.</param>
public sealed record CredentialWrite(RegistryCredential Credential, bool IsChanged, IReadOnlyList<string> Warnings);
