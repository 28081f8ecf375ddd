namespace Kube.Agent.Volumes;

/// <summary>What volumes are filled from.</summary>
interface IVolumeData
{
    /// <summary>A config map's keys, <c>data</c> and <c>binaryData</c>; null when there is none.</summary>
    Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?> GetConfigMapAsync(string @namespace, string name, CancellationToken cancel);

    /// <summary>A secret's keys; null when there is none.</summary>
    Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?> GetSecretAsync(string @namespace, string name, CancellationToken cancel);

    /// <summary>Whether a service account lets its token into pods that do not say (<c>automountServiceAccountToken</c>); false when there is none.</summary>
    Task<bool> AutomountsAsync(string @namespace, string serviceAccount, CancellationToken cancel);

    /// <summary>A token of a service account that is good while a pod lives.</summary>
    Task<ServiceAccountToken> RequestTokenAsync(TokenRequest request, CancellationToken cancel);
}

/// <summary>Which token is wanted.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="ServiceAccount">The service account.</param>
/// <param name="Pod">The pod that it is bound to.</param>
/// <param name="PodUid">The pod's uid.</param>
/// <param name="Audience">Whom it is for; null: the API server.</param>
/// <param name="Seconds">How long it is good.</param>
sealed record TokenRequest(string Namespace, string ServiceAccount, string Pod, string PodUid, string? Audience, long Seconds);

/// <summary>A token; its text form does not show it.</summary>
/// <param name="ExpiresAt">When it ends.</param>
sealed record ServiceAccountToken(DateTimeOffset ExpiresAt)
{
    string _token = "";

    /// <summary>The token itself.</summary>
    public required string Value { init => _token = value; }

    /// <summary>The token as a file holds it.</summary>
    public byte[] ToBytes() => System.Text.Encoding.ASCII.GetBytes(_token);
}
