namespace Kube.Agent.Runtime;

/// <summary>An image in the engine.</summary>
/// <param name="Id">The id, <c>sha256:…</c>.</param>
/// <param name="RepoDigests">The digests by which registries know it.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record RuntimeImage(string Id, IReadOnlyList<string> RepoDigests, long SizeBytes)
{
    /// <summary>The user that its containers run as; empty: root.</summary>
    public string User { get; init; } = "";
}

/// <summary>How far a pull is.</summary>
/// <param name="Status">The engine's word, such as <c>Downloading</c>.</param>
/// <param name="CompletedBytes">Bytes that are there.</param>
/// <param name="TotalBytes">Bytes in all, as far as known.</param>
public sealed record PullProgress(string Status, long CompletedBytes, long TotalBytes);
