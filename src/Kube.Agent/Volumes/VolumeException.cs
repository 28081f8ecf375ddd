namespace Kube.Agent.Volumes;

/// <summary>A volume cannot be had; the message names it and is fit for a <c>FailedMount</c> event.</summary>
sealed class VolumeException(string volume, string reason, Exception? inner = null) : Exception($"MountVolume.SetUp failed for volume \"{volume}\" : {reason}", inner)
{
    /// <summary>The volume's name in the pod.</summary>
    public string Volume { get; } = volume;

    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}
