namespace Kube.Server.Storage;

/// <summary>One change that a request wants, prepared outside the writer.</summary>
/// <param name="Collection">The collection, such as <c>pods</c>.</param>
/// <param name="Key">The object.</param>
/// <param name="Draft">The new document; of a deletion, the last state that watchers see.</param>
abstract record StoreWrite(string Collection, ObjectKey Key, DocumentDraft Draft)
{
    /// <summary>The object must not be there yet. Where <paramref name="Container"/> is given, that namespace must be.</summary>
    internal sealed record Create(string Collection, ObjectKey Key, DocumentDraft Draft, (string Collection, ObjectKey Key)? Container)
        : StoreWrite(Collection, Key, Draft);

    /// <summary>The object must be at the expected revision.</summary>
    internal sealed record Update(string Collection, ObjectKey Key, DocumentDraft Draft, long Expected)
        : StoreWrite(Collection, Key, Draft);

    /// <summary>The object must be at the expected revision.</summary>
    internal sealed record Delete(string Collection, ObjectKey Key, DocumentDraft Draft, long Expected)
        : StoreWrite(Collection, Key, Draft);
}

/// <summary>How a write ended.</summary>
abstract record WriteOutcome
{
    /// <summary>It is on disk. Of a deletion, the object is the last state.</summary>
    internal sealed record Done(StoredObject Object) : WriteOutcome;

    /// <summary>The object to create is there already.</summary>
    internal sealed record Exists(StoredObject Current) : WriteOutcome;

    /// <summary>The object has changed since it was read, or is gone (null).</summary>
    internal sealed record Changed(StoredObject? Current) : WriteOutcome;

    /// <summary>The namespace to create in is gone.</summary>
    internal sealed record NoContainer : WriteOutcome;
}
