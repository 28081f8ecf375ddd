using Kube.Registry;

namespace Kube.Module.Completion;

/// <summary>Registries that have a credential configured, by the files alone: a helper may take its time, or ask for a password.</summary>
public sealed class RegistryCompleter : Completer
{
    private protected override Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel)
    {
        var credentials = new DockerCredentials(DockerConfigLocations.Default(command.GetPath("DockerConfig"), command.Folder));
        return Task.FromResult(credentials.ListRegistries().Select(entry => new Candidate(entry.Registry, entry.Source)));
    }
}
