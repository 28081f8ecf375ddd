using System.Text;
using Kube.Server.Storage;

namespace Kube.Server.Tests.Storage;

/// <summary>Documents and writes for the store.</summary>
static class StoreTestData
{
    static readonly byte[] Prefix = [.. "{\"kind\":\"Thing\",\"apiVersion\":\"v1\","u8, .. DocumentDraft.Slot];

    public static DocumentDraft Draft(string name, string content = "x") =>
        new(Prefix, Encoding.UTF8.GetBytes($"\",\"name\":\"{name}\"}},\"data\":\"{content}\"}}"));

    public static StoreWrite Create(string name, string content = "x", string collection = "things") =>
        new StoreWrite.Create(collection, new ObjectKey("ns", name), Draft(name, content), null);

    public static StoreWrite Update(StoredObject current, string content) =>
        new StoreWrite.Update("things", current.Key, Draft(current.Key.Name, content), current.Revision);

    public static StoreWrite Delete(StoredObject current) =>
        new StoreWrite.Delete("things", current.Key, Draft(current.Key.Name), current.Revision);

    public static async Task<StoredObject> DoneAsync(this ObjectStore store, StoreWrite write) =>
        Assert.IsType<WriteOutcome.Done>(await store.WriteAsync(write)).Object;

    public static string Text(this StoredObject item) => Encoding.UTF8.GetString(item.Json);
}
