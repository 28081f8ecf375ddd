using System.Management.Automation;
using Kube.Module.Base;
using Kube.Registry;

namespace Kube.Module.Commands;

/// <summary>What the cmdlets for this machine's registry credentials share.</summary>
public abstract class RegistryCredentialCmdlet : CancellableCmdlet
{
    /// <summary>The folder with <c>config.json</c>; <c>$env:DOCKER_CONFIG</c> or <c>~/.docker</c> where it is not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DockerConfig { get; set; }

    /// <summary>The credentials as Docker finds them from where this session is.</summary>
    private protected DockerCredentials OpenCredentials() => new(DockerConfigLocations.Default(
        DockerConfig is null ? null : GetUnresolvedProviderPathFromPSPath(DockerConfig),
        SessionState.Path.CurrentFileSystemLocation.ProviderPath));

    /// <summary>Reads an image's name.</summary>
    /// <exception cref="KubeCmdletException">It is none; the message says why.</exception>
    private protected static ImageReference ParseImage(string name) => ImageReference.TryParse(name, out var image, out var reason)
        ? image : throw new KubeCmdletException(Errors.ParameterInvalid with { OneTarget = true }, $"'{name}' is no image: {reason}");

    /// <summary>All that is configured; what cannot be read is a warning.</summary>
    private protected IReadOnlyList<KubeRegistryCredential> List(DockerCredentials credentials)
    {
        var listing = Await(credentials.ListAsync(Cancel));
        foreach (var warning in listing.Warnings) WriteWarning(warning);
        return [.. listing.Entries.Select(entry => new KubeRegistryCredential(entry, credentials))];
    }

    /// <summary>Those of a name: a literal one in any spelling of the registry, a wildcard as it is configured or in its plainest spelling.</summary>
    /// <exception cref="KubeCmdletException">There is none of a literal name.</exception>
    private protected static IReadOnlyList<KubeRegistryCredential> Select(IReadOnlyList<KubeRegistryCredential> all, string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            return [.. all.Where(one => pattern.IsMatch(one.Registry) || (RegistryKey.TryParse(one.Registry, out var key) && pattern.IsMatch(key.ToString())))];
        }

        var found = RegistryKey.TryParse(name, out var wanted) ? all.Where(one => RegistryKey.TryParse(one.Registry, out var key) && key == wanted).ToArray() : [];
        return found.Length > 0 ? found : throw new KubeCmdletException(Errors.CredentialNotFound, $"No credential is configured for the registry '{name}'.");
    }
}
