namespace Kube.Server.Storage;

/// <summary>One change. Of a deletion, <paramref name="Object"/> is the last state under the deletion's revision.</summary>
sealed record StoreEvent(string Collection, long Revision, StoredObject? Previous, StoredObject Object, bool Deleted)
{
    public int Bytes => Object.Json.Length + (Previous?.Json.Length ?? 0);
}
