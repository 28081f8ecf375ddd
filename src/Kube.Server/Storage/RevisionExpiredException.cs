namespace Kube.Server.Storage;

/// <summary>The revision asked for is older than the events that are still kept.</summary>
sealed class RevisionExpiredException(long asked, long oldest)
    : Exception($"too old resource version: {asked} ({oldest})")
{
    public long Asked { get; } = asked;

    /// <summary>The oldest revision from which a watch can still start.</summary>
    public long Oldest { get; } = oldest;
}
