using System.Text;
using Kube.Server.Storage;

namespace Kube.Server.Tests.Storage;

public class StoredObjectTests
{
    static StoredObject Make(string metadata, string rest = "") =>
        new(new ObjectKey("ns", "a"), 7, Encoding.UTF8.GetBytes($$"""{"kind":"K","apiVersion":"v1","metadata":{"resourceVersion":"7"{{metadata}}}{{rest}}}"""));

    [Fact]
    public void Its_parts_are_found_where_users_text_looks_like_them()
    {
        var trap = ""","annotations":{"x":"\"metadata\":{\"resourceVersion\":\"9\"}"}""";
        var item = Make(trap, ""","spec":{"metadata":{"resourceVersion":"5"}}""");
        Assert.StartsWith("\"metadata\":{\"resourceVersion\":\"7\"", Encoding.UTF8.GetString(item.Json.AsSpan(item.MetadataOffset)));
        var later = item.At(12345);
        Assert.Equal(12345, later.Revision);
        Assert.Equal(Encoding.UTF8.GetString(item.Json).Replace("\"7\"", "\"12345\""), Encoding.UTF8.GetString(later.Json));
        Assert.True(item.Tail.Span.SequenceEqual(later.Tail.Span));
    }

    [Fact]
    public void Metadata_is_read_past_what_is_of_no_interest()
    {
        var metadata = Make(""","managedFields":[{"labels":{"no":"no"}}],"uid":"u1","labels":{"a":"1","b":""},"finalizers":["x/y"],"deletionTimestamp":"2026-01-01T00:00:00Z" """).Metadata;
        Assert.Equal("u1", metadata.Uid);
        Assert.Equal([new("a", "1"), new("b", "")], metadata.Labels);
        Assert.Equal(["x/y"], metadata.Finalizers);
        Assert.Equal("2026-01-01T00:00:00Z", metadata.DeletionTimestamp);
        var bare = Make("").Metadata;
        Assert.Equal("", bare.Uid);
        Assert.Empty(bare.Labels);
        Assert.Null(bare.DeletionTimestamp);
    }

    [Fact]
    public void A_form_is_made_once_for_each_moment_and_never_mixed_up()
    {
        var item = Make("");
        var (table, fields) = (new object(), new object());
        var made = 0;
        byte[] Form(object form, long moment) => item.Form(form, moment, _ => [(byte)++made]);
        Assert.Equal([1], Form(table, 100));
        Assert.Equal([1], Form(table, 100));
        Assert.Equal([2], Form(fields, 0));
        Assert.Equal([3], Form(table, 101));
        Assert.Equal([2], Form(fields, 0));
        Assert.Equal([3], Form(table, 101));
    }

    [Fact]
    public void A_document_without_the_layout_is_refused()
    {
        var e = Assert.Throws<StorageException>(() => new StoredObject(new ObjectKey("", "a"), 1, "{}"u8.ToArray()));
        Assert.Equal(StorageFault.Damaged, e.Fault);
    }
}
