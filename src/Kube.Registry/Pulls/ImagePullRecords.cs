using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Kube.Registry;

/// <summary>
/// Which images this node has pulled, and with whose credentials: a pod that could not have pulled an image itself must not get it
/// because another pod could (KEP-2535). Credentials are kept as salted hashes. Immutable: each change is a new value, which the
/// caller persists (<see cref="ToJson"/>) and puts in place.
/// </summary>
public sealed partial record ImagePullRecords
{
    // The kubelet's bound for what mere matching may add, so that many short-lived namespaces do not grow the record for ever.
    const int MaximumSecrets = 100;

    ImagePullRecords()
    {
    }

    /// <summary>The key of the hashes.</summary>
    ImmutableArray<byte> Salt { get; init; }

    /// <summary>Image names whose pull has begun, and how many pulls of each are under way.</summary>
    ImmutableSortedDictionary<string, int> Intents { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>The pulled images by the engine's id.</summary>
    ImmutableSortedDictionary<string, PulledImage> Pulled { get; init; } = ImmutableSortedDictionary.Create<string, PulledImage>(StringComparer.Ordinal);

    /// <summary>An empty record with a salt of its own.</summary>
    public static ImagePullRecords Create() => new() { Salt = [.. RandomNumberGenerator.GetBytes(32)] };

    /// <summary>Notes that a pull begins, so that an image whose puller dies before it can say more still counts as pulled.</summary>
    public ImagePullRecords Begin(ImageReference image)
    {
        var name = image.ToString();
        return this with { Intents = Intents.SetItem(name, Intents.GetValueOrDefault(name) + 1) };
    }

    /// <summary>Notes that a pull has failed.</summary>
    public ImagePullRecords Fail(ImageReference image)
    {
        var name = image.ToString();
        return Intents.TryGetValue(name, out var count)
            ? this with { Intents = count > 1 ? Intents.SetItem(name, count - 1) : Intents.Remove(name) }
            : this;
    }

    /// <summary>Notes that a pull has succeeded.</summary>
    /// <param name="image">The image as it was asked for.</param>
    /// <param name="imageId">The engine's id for what came.</param>
    /// <param name="credential">Whose credential it was; null: anonymous. Without <see cref="RegistryCredential.Secret"/> it is the node's, and every pod may use the image.</param>
    /// <param name="now">The time.</param>
    public ImagePullRecords Succeed(ImageReference image, string imageId, RegistryCredential? credential, DateTimeOffset now)
    {
        var grant = credential?.Secret is { } secret ? new PullGrant(false, [new SecretGrant(secret, Hash(credential))]) : PullGrant.WholeNode;
        return Fail(image).Grant(image.Name, imageId, grant, now);
    }

    /// <summary>
    /// After a restart: pulls that had begun and whose image is there now count as pulled by nobody known, so whoever wants them must
    /// prove that they may; the other begun pulls are forgotten.
    /// </summary>
    /// <param name="imageIdOf">The engine's id for an image's full name; null when it is not there.</param>
    /// <param name="now">The time.</param>
    public ImagePullRecords Recover(Func<ImageReference, string?> imageIdOf, DateTimeOffset now)
    {
        var recovered = this;
        foreach (var name in Intents.Keys)
        {
            if (ImageReference.TryParse(name, out var image, out _) && imageIdOf(image) is { } id && !recovered.Pulled.ContainsKey(id))
                recovered = recovered with { Pulled = recovered.Pulled.Add(id, new PulledImage(now, ImmutableSortedDictionary.Create<string, PullGrant>(StringComparer.Ordinal))) };
        }
        return recovered with { Intents = Intents.Clear() };
    }

    /// <summary>Forgets images that are no longer on the node.</summary>
    /// <param name="imageIds">What is on the node, as it was listed.</param>
    /// <param name="listedAt">When it was listed: younger records stay.</param>
    public ImagePullRecords Prune(IReadOnlySet<string> imageIds, DateTimeOffset listedAt) =>
        this with { Pulled = Pulled.RemoveRange(Pulled.Where(image => image.Value.LastUpdated < listedAt && !imageIds.Contains(image.Key)).Select(image => image.Key)) };

    /// <summary>Whether a pod may use an image that is on the node, or has to pull it again with its own credentials first.</summary>
    /// <param name="image">The image as the pod names it.</param>
    /// <param name="imageId">The engine's id for it.</param>
    /// <param name="podCredentials">The pod's own credentials for it: those of <see cref="CredentialLookup.Matches"/>; the node's among them do not count.</param>
    /// <param name="verification">The policy.</param>
    /// <param name="now">The time.</param>
    public ImageAccess Check(ImageReference image, string imageId, IEnumerable<RegistryCredential> podCredentials, ImagePullVerification verification, DateTimeOffset now)
    {
        var pulled = Pulled.GetValueOrDefault(imageId);
        if (!verification.IsRequired(image, pulled is not null || Intents.ContainsKey(image.ToString())))
            return new ImageAccess(false, this);
        if (pulled?.Grants.GetValueOrDefault(image.Name) is not { } grant)
            return new ImageAccess(true, this);
        if (grant.IsWholeNode)
            return new ImageAccess(false, this);

        foreach (var credential in podCredentials)
        {
            if (credential.Secret is not { } secret)
                continue;
            var own = new SecretGrant(secret, Hash(credential));
            // The same content in another secret, or the same secret with new content: both have proved themselves.
            if (!grant.Secrets.Any(known => known.Hash == own.Hash || known.Secret == own.Secret))
                continue;
            var records = grant.Secrets.Contains(own) || grant.Secrets.Length >= MaximumSecrets ? this : Grant(image.Name, imageId, new PullGrant(false, [own]), now);
            return new ImageAccess(false, records);
        }
        return new ImageAccess(true, this);
    }

    ImagePullRecords Grant(string name, string imageId, PullGrant grant, DateTimeOffset now)
    {
        var image = Pulled.GetValueOrDefault(imageId) ?? new PulledImage(now, ImmutableSortedDictionary.Create<string, PullGrant>(StringComparer.Ordinal));
        var merged = image.Grants.GetValueOrDefault(name)?.Merge(grant) ?? grant;
        return this with { Pulled = Pulled.SetItem(imageId, new PulledImage(now, image.Grants.SetItem(name, merged))) };
    }

    string Hash(RegistryCredential credential)
    {
        // Lengths keep "ab"+"c" apart from "a"+"bc".
        string?[] parts = [credential.UserName, credential.Password, credential.IdentityToken, credential.RegistryToken];
        var text = string.Concat(parts.Select(part => part is null ? "-" : $"{part.Length}:{part}"));
        return Convert.ToHexStringLower(HMACSHA256.HashData(Salt.AsSpan(), Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Counts alone.</summary>
    public override string ToString() => $"{Pulled.Count} pulled images, {Intents.Count} pulls begun";
}

/// <summary>Whether a pod may use an image that is there.</summary>
/// <param name="MustPull">True: not before a pull with the pod's own credentials succeeds.</param>
/// <param name="Records">The records from now on: a secret that has proved itself is remembered.</param>
public sealed record ImageAccess(bool MustPull, ImagePullRecords Records);

/// <summary>One image of the engine.</summary>
/// <param name="LastUpdated">When the record changed last.</param>
/// <param name="Grants">Who may use it, by the name (without tag and digest) under which it was pulled.</param>
sealed record PulledImage(DateTimeOffset LastUpdated, ImmutableSortedDictionary<string, PullGrant> Grants);

/// <summary>Who may use an image.</summary>
/// <param name="IsWholeNode">Every pod.</param>
/// <param name="Secrets">Pods with one of these secrets.</param>
sealed record PullGrant(bool IsWholeNode, ImmutableArray<SecretGrant> Secrets)
{
    public static PullGrant WholeNode { get; } = new(true, []);

    /// <summary>Adds a grant. A secret stands once, with its newest content.</summary>
    public PullGrant Merge(PullGrant other) => IsWholeNode || other.IsWholeNode
        ? WholeNode
        : new PullGrant(false, [.. Secrets.Where(known => !other.Secrets.Any(added => added.Secret == known.Secret)), .. other.Secrets]);
}

/// <summary>A secret that has opened an image.</summary>
sealed record SecretGrant(PullSecretReference Secret, string Hash);
