using System.Text.Json;

namespace Kube.Server.Storage;

/// <summary>One version of one object: its document as it is sent to clients, never changed after it was made.</summary>
sealed class StoredObject : IComparable<StoredObject>
{
    readonly int _prefixLength;
    ObjectMetadata? _metadata;
    CachedForm[] _forms = [];

    public StoredObject(ObjectKey key, long revision, byte[] json)
    {
        (Key, Revision, Json) = (key, revision, json);
        var slot = json.AsSpan().IndexOf(DocumentDraft.Slot);
        if (slot < 0)
            throw new StorageException(StorageFault.Damaged, $"the stored document of {key} has no place for its resourceVersion");
        MetadataOffset = slot;
        _prefixLength = slot + DocumentDraft.Slot.Length;
    }

    public ObjectKey Key { get; }

    public long Revision { get; }

    public byte[] Json { get; }

    /// <summary>Where <c>"metadata"</c> starts: what stands before it is left out in lists, whose items have no kind.</summary>
    public int MetadataOffset { get; }

    /// <summary>The document after its resourceVersion. Two versions with equal tails are the same object.</summary>
    public ReadOnlyMemory<byte> Tail => Json.AsMemory(_prefixLength + Json.AsSpan(_prefixLength).IndexOf((byte)'"'));

    /// <summary>The document as one that was never stored has it: without a resourceVersion.</summary>
    public byte[] Unversioned => [.. Json.AsSpan(0, MetadataOffset), .. "\"metadata\":{"u8, .. Tail.Span[(Tail.Span[1] == ',' ? 2 : 1)..]];

    /// <summary>The flat metadata, read once on first use.</summary>
    public ObjectMetadata Metadata => _metadata ??= ObjectMetadata.Read(Json);

    /// <summary>The same document under another revision, as a deletion reports it.</summary>
    public StoredObject At(long revision) =>
        new(Key, revision, new DocumentDraft(Json[.._prefixLength], Tail).Stamp(revision));

    public JsonDocument Parse() => JsonDocument.Parse(Json);

    /// <summary>
    /// The object in another form (a table row, metadata alone), made once and shared by all who watch or list it.
    /// A form that shows ages is good for the second it was made in.
    /// </summary>
    public byte[] Form(object form, long validIn, Func<StoredObject, byte[]> make)
    {
        foreach (var cached in _forms)
        {
            if (ReferenceEquals(cached.Form, form) && cached.ValidIn == validIn)
                return cached.Bytes;
        }

        // A lost race costs one rendering: the array is swapped whole.
        var made = new CachedForm(form, validIn, make(this));
        _forms = [made, .. _forms.Where(c => !ReferenceEquals(c.Form, form))];
        return made.Bytes;
    }

    public int CompareTo(StoredObject? other) => other is null ? 1 : Key.CompareTo(other.Key);

    sealed record CachedForm(object Form, long ValidIn, byte[] Bytes);
}
