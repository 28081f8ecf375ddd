namespace Kube.Registry;

/// <summary>Credentials by registry key, and which of them are for an image. Immutable.</summary>
public sealed class Keyring
{
    readonly (RegistryKey Key, RegistryCredential Credential)[] _entries;

    /// <summary>Makes a keyring. Credentials whose registry is no key (<see cref="RegistryKey.TryParse"/>) never match and are left out.</summary>
    /// <param name="credentials">The credentials; among equally specific keys the earlier is tried first.</param>
    public Keyring(IEnumerable<RegistryCredential> credentials)
    {
        var keyed = new List<(RegistryKey Key, RegistryCredential Credential)>();
        foreach (var credential in credentials)
        {
            if (RegistryKey.TryParse(credential.Registry, out var key))
                keyed.Add((key, credential));
        }
        // OrderBy, unlike Sort, keeps equals in the order in which they came.
        _entries = [.. keyed.OrderBy(entry => entry.Key, Comparer<RegistryKey>.Create(RegistryKey.CompareSpecificity))];
    }

    /// <summary>A keyring without credentials.</summary>
    public static Keyring Empty { get; } = new([]);

    /// <summary>All credentials, the most specific keys first.</summary>
    public IEnumerable<RegistryCredential> Credentials => _entries.Select(entry => entry.Credential);

    /// <summary>
    /// The credentials for an image, in the order in which to try them: the longest key first, an exact host before a glob. The same
    /// secret under several keys comes once, under the first.
    /// </summary>
    public IReadOnlyList<KeyringMatch> Find(ImageReference image) =>
        Distinct(_entries.Where(entry => entry.Key.Matches(image)).Select(entry => new KeyringMatch(entry.Credential, entry.Key.ToString())));

    /// <summary>Leaves out what has the same user and secret as something before it: a registry that refused it once refuses it again.</summary>
    internal static IReadOnlyList<KeyringMatch> Distinct(IEnumerable<KeyringMatch> matches)
    {
        var distinct = new List<KeyringMatch>();
        foreach (var match in matches)
        {
            if (!distinct.Exists(earlier => earlier.Credential.HasSameSecret(match.Credential)))
                distinct.Add(match);
        }
        return distinct;
    }
}

/// <summary>A credential for an image, and why.</summary>
/// <param name="Credential">The credential; its <see cref="RegistryCredential.Source"/> tells where it came from.</param>
/// <param name="Key">The key that matched, in one spelling: no scheme, lower case.</param>
public sealed record KeyringMatch(RegistryCredential Credential, string Key);
