namespace Kube;

/// <summary>One cluster as one identity: its address, who asks, and the pool of connections to it.</summary>
public sealed class KubeConnection : IDisposable
{
    /// <summary>Opens what the options describe. No request is made.</summary>
    public KubeConnection(KubeConnectionOptions options) => Options = options;

    /// <summary>What it was opened with. Never shown: it holds secrets.</summary>
    internal KubeConnectionOptions Options { get; }

    /// <summary>The API server's address.</summary>
    public Uri Server => Options.Server;

    /// <summary>The kubeconfig context that it came from, or a name of its own.</summary>
    public string Name => Options.Name;

    /// <summary>The namespace that is meant when none is named.</summary>
    public string Namespace => Options.Namespace;

    /// <inheritdoc/>
    public void Dispose() { }
}
