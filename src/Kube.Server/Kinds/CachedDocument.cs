using System.Security.Cryptography;

namespace Kube.Server.Kinds;

/// <summary>A document that depends on the kinds alone, with the tag by which clients know it again.</summary>
sealed class CachedDocument(byte[] body)
{
    public byte[] Body { get; } = body;

    /// <summary>The hash of the body, in capitals as Kubernetes writes it.</summary>
    public string ETag { get; } = Convert.ToHexString(SHA512.HashData(body));
}
