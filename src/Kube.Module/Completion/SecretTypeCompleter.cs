namespace Kube.Module.Completion;

/// <summary>Types of secrets that Kubernetes knows; any other is as good.</summary>
public sealed class SecretTypeCompleter : Completer
{
    static readonly Candidate[] Types =
    [
        new("Opaque", "anything"),
        new("kubernetes.io/basic-auth", "username and password"),
        new("kubernetes.io/dockerconfigjson", ".dockerconfigjson: registry credentials"),
        new("kubernetes.io/service-account-token", "a token of the service account that an annotation names"),
        new("kubernetes.io/ssh-auth", "ssh-privatekey"),
        new("kubernetes.io/tls", "tls.crt and tls.key"),
    ];

    private protected override Task<IEnumerable<Candidate>> FindAsync(TypedCommand command, string word, CancellationToken cancel) => Task.FromResult<IEnumerable<Candidate>>(Types);
}
