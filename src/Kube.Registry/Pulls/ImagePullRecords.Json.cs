using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kube.Registry;

// The record as a file.
public sealed partial record ImagePullRecords
{
    const int CurrentVersion = 1;

    /// <summary>The record as JSON, in UTF-8: names, hashes and their salt, no secret. Keep it readable by its owner alone all the same.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new PullRecordsDocument(
            CurrentVersion,
            Convert.ToBase64String(Salt.AsSpan()),
            [.. Intents.Keys],
            Pulled.ToDictionary(image => image.Key, image => new PulledImageDocument(
                image.Value.LastUpdated,
                image.Value.Grants.ToDictionary(grant => grant.Key, grant => new PullGrantDocument(
                    grant.Value.IsWholeNode,
                    [.. grant.Value.Secrets.Select(secret => new SecretGrantDocument(secret.Secret.Namespace, secret.Secret.Name, secret.Secret.Uid, secret.Hash))]))))),
        PullRecordsJson.Default.PullRecordsDocument);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else. To start with an empty record then would make images pulled before look preloaded; the caller decides.</exception>
    public static ImagePullRecords Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, PullRecordsJson.Default.PullRecordsDocument) ?? throw new JsonException("null");
            if (document.Version != CurrentVersion)
                throw new FormatException($"The record of image pulls has version {document.Version}; this program knows version {CurrentVersion}.");
            return new ImagePullRecords
            {
                Salt = [.. Convert.FromBase64String(document.Salt)],
                Intents = document.Intents.Distinct().ToImmutableSortedDictionary(name => name, _ => 1, StringComparer.Ordinal),
                Pulled = document.Pulled.ToImmutableSortedDictionary(image => image.Key, image => new PulledImage(image.Value.LastUpdated, Grants(image.Value)), StringComparer.Ordinal),
            };
        }
        catch (JsonException exception)
        {
            throw new FormatException("The record of image pulls cannot be read.", exception);
        }
    }

    static ImmutableSortedDictionary<string, PullGrant> Grants(PulledImageDocument image) => image.Grants.ToImmutableSortedDictionary(
        grant => grant.Key,
        grant => grant.Value.WholeNode ? PullGrant.WholeNode : new PullGrant(false, [.. grant.Value.Secrets.Select(secret => new SecretGrant(new PullSecretReference(secret.Namespace, secret.Name, secret.Uid), secret.Hash))]),
        StringComparer.Ordinal);
}

sealed record PullRecordsDocument(int Version, string Salt, string[] Intents, Dictionary<string, PulledImageDocument> Pulled);

sealed record PulledImageDocument(DateTimeOffset LastUpdated, Dictionary<string, PullGrantDocument> Grants);

sealed record PullGrantDocument(bool WholeNode, SecretGrantDocument[] Secrets);

sealed record SecretGrantDocument(string Namespace, string Name, string Uid, string Hash);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, WriteIndented = true)]
[JsonSerializable(typeof(PullRecordsDocument))]
sealed partial class PullRecordsJson : JsonSerializerContext;
