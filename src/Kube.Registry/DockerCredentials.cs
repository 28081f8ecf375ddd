namespace Kube.Registry;

/// <summary>
/// The node's or user's registry credentials from wherever Docker keeps them, in Docker's own order: <c>$DOCKER_AUTH_CONFIG</c>, the
/// registry's credential helper, the credential store, the configuration file. Everything is looked up afresh at each call.
/// </summary>
public sealed partial class DockerCredentials
{
    const string EnvironmentSource = "$DOCKER_AUTH_CONFIG";

    readonly DockerConfigLocations _locations;
    readonly DockerConfigFiles _files;

    /// <summary>Names the places; nothing is read yet.</summary>
    public DockerCredentials(DockerConfigLocations locations) => (_locations, _files) = (locations, new DockerConfigFiles(locations));

    /// <summary>How long a credential helper may take; 30 seconds.</summary>
    public TimeSpan HelperTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The folders to look for helpers in; null: <c>$PATH</c>.</summary>
    internal string? HelperSearchPath { get; init; }

    /// <summary>The text of <c>$DOCKER_AUTH_CONFIG</c>.</summary>
    internal Func<string?> AuthConfig { get; init; } = () => Environment.GetEnvironmentVariable("DOCKER_AUTH_CONFIG");

    /// <summary>
    /// The credentials for an image in the order in which to try them: those of the pod's secrets, then the node's own. None means: pull
    /// anonymously.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="secrets">What the pod's <c>imagePullSecrets</c> hold, in their order.</param>
    /// <param name="cancel">Ends helpers that run.</param>
    public async Task<CredentialLookup> FindAsync(ImageReference image, IEnumerable<PullSecret> secrets, CancellationToken cancel = default)
    {
        var config = _files.Read();
        var warnings = new List<string>();
        var environment = ReadEnvironment(warnings);
        var matches = new List<KeyringMatch>();
        var podSecrets = secrets.ToArray();
        matches.AddRange(new Keyring(podSecrets.SelectMany(secret => secret.Credentials)).Find(image));
        matches.AddRange(new Keyring(environment.Credentials).Find(image));
        matches.AddRange(await AskHelpersAsync(config, image, warnings, cancel).ConfigureAwait(false));
        matches.AddRange(new Keyring(config.Credentials).Find(image));
        return new CredentialLookup(Keyring.Distinct(matches), [.. podSecrets.SelectMany(secret => secret.Warnings), .. config.Warnings, .. warnings]);
    }

    /// <summary>All that is configured, without secrets: a credential is fetched when it is asked for.</summary>
    public async Task<CredentialListing> ListAsync(CancellationToken cancel = default)
    {
        var config = _files.Read();
        var warnings = new List<string>(config.Warnings);
        var entries = new List<ConfiguredCredential>();
        entries.AddRange(ReadEnvironment(warnings).Credentials.Select(credential => new ConfiguredCredential(credential) { Place = CredentialPlace.Environment }));
        foreach (var (registry, name) in config.CredentialHelpers.Where(helper => helper.Value.Length > 0))
        {
            // Docker, too, asks a registry's own helper for that registry alone. Where its key is a glob there is nothing to ask for.
            var address = RegistryKey.TryParse(registry, out var key) && !key.IsGlob ? key.ServerAddress : null;
            var found = address is null ? null : await AskAsync(name, helper => helper.GetAsync(address, cancel), warnings).ConfigureAwait(false);
            if (found is not null)
                entries.Add(new ConfiguredCredential(found with { Registry = registry }) { Place = CredentialPlace.Helper, Helper = name, File = config });
        }
        if (config.CredentialsStore is { } store)
        {
            var users = await AskAsync(store, async helper => (IReadOnlyDictionary<string, string>?)await helper.ListAsync(cancel).ConfigureAwait(false), warnings).ConfigureAwait(false);
            entries.AddRange((users ?? new Dictionary<string, string>()).OrderBy(user => user.Key, StringComparer.Ordinal).Select(user => new ConfiguredCredential(
                user.Key, user.Value, "docker-credential-" + store, token => Helper(store).GetAsync(user.Key, token))
            {
                Place = CredentialPlace.Helper, Helper = store, File = config,
            }));
        }
        entries.AddRange(config.Credentials.Select(credential => new ConfiguredCredential(credential) { Place = CredentialPlace.File, File = config }));
        return new CredentialListing(entries, warnings);
    }

    /// <summary>Asks the helper in charge: for the registry, and first for what docker login noted more exactly than by the host.</summary>
    async Task<List<KeyringMatch>> AskHelpersAsync(DockerConfig config, ImageReference image, List<string> warnings, CancellationToken cancel)
    {
        var matches = new List<KeyringMatch>();
        var registry = RegistryKey.Of(image);
        var noted = config.StoredRegistries
            .Select(name => (Name: name, Key: RegistryKey.TryParse(name, out var key) ? key : registry))
            .Where(entry => entry.Key.Matches(image))
            .OrderBy(entry => entry.Key, Comparer<RegistryKey>.Create(RegistryKey.CompareSpecificity));
        foreach (var (address, key) in noted.Append((registry.ServerAddress, registry)).DistinctBy(entry => entry.Item1))
        {
            if (config.HelperFor(key) is { } name && await AskAsync(name, helper => helper.GetAsync(address, cancel), warnings).ConfigureAwait(false) is { } credential)
                matches.Add(new KeyringMatch(credential, key.ToString()));
        }
        return matches;
    }

    async Task<T?> AskAsync<T>(string name, Func<CredentialHelper, Task<T?>> ask, List<string> warnings) where T : class
    {
        try
        {
            return await ask(Helper(name)).ConfigureAwait(false);
        }
        catch (CredentialHelperException exception)
        {
            warnings.Add(exception.Message);
            return null;
        }
    }

    CredentialHelper Helper(string name) => CredentialHelper.IsName(name)
        ? new CredentialHelper(name, HelperTimeout, HelperSearchPath)
        : throw new CredentialHelperException($"'{name}' is configured as a credential helper and cannot be the name of one.");

    DockerConfig ReadEnvironment(List<string> warnings)
    {
        if (AuthConfig() is not { Length: > 0 } text)
            return new DockerConfig { Source = EnvironmentSource };
        try
        {
            var config = DockerConfig.Parse(System.Text.Encoding.UTF8.GetBytes(text), EnvironmentSource);
            warnings.AddRange(config.Warnings);
            return config;
        }
        catch (FormatException exception)
        {
            warnings.Add(exception.Message);
            return new DockerConfig { Source = EnvironmentSource };
        }
    }
}

/// <summary>What there is for an image.</summary>
/// <param name="Matches">The credentials in the order in which to try them; none: pull anonymously.</param>
/// <param name="Warnings">What could not be read, named by file or helper and registry.</param>
public sealed record CredentialLookup(IReadOnlyList<KeyringMatch> Matches, IReadOnlyList<string> Warnings);

/// <summary>What is configured.</summary>
/// <param name="Entries">In the order in which they count; a registry may be there more than once, under several sources.</param>
/// <param name="Warnings">What could not be read, named by file or helper and registry.</param>
public sealed record CredentialListing(IReadOnlyList<ConfiguredCredential> Entries, IReadOnlyList<string> Warnings);
