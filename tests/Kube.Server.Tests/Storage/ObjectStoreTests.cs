using Kube.Server.Storage;
using static Kube.Server.Tests.Storage.StoreTestData;

namespace Kube.Server.Tests.Storage;

public class ObjectStoreTests
{
    [Fact]
    public async Task A_write_gets_the_next_revision_in_its_document()
    {
        await using var store = await ObjectStore.OpenAsync(null);
        var first = await store.DoneAsync(Create("a"));
        var second = await store.DoneAsync(Create("b"));
        Assert.Equal((1, 2), (first.Revision, second.Revision));
        Assert.Equal("""{"kind":"Thing","apiVersion":"v1","metadata":{"resourceVersion":"2","name":"b"},"data":"x"}""", second.Text());
        Assert.Equal(2, store.State.Revision);
    }

    [Fact]
    public async Task Creating_twice_says_that_it_exists()
    {
        await using var store = await ObjectStore.OpenAsync(null);
        var first = await store.DoneAsync(Create("a"));
        var outcome = Assert.IsType<WriteOutcome.Exists>(await store.WriteAsync(Create("a", "other")));
        Assert.Same(first, outcome.Current);
        Assert.Equal(1, store.State.Revision);
    }

    [Fact]
    public async Task A_write_on_an_old_revision_changes_nothing()
    {
        await using var store = await ObjectStore.OpenAsync(null);
        var first = await store.DoneAsync(Create("a"));
        var second = await store.DoneAsync(Update(first, "new"));
        Assert.Same(second, Assert.IsType<WriteOutcome.Changed>(await store.WriteAsync(Update(first, "late"))).Current);
        Assert.Same(second, Assert.IsType<WriteOutcome.Changed>(await store.WriteAsync(Delete(first))).Current);
        await store.DoneAsync(Delete(second));
        Assert.Null(Assert.IsType<WriteOutcome.Changed>(await store.WriteAsync(Update(second, "late"))).Current);
        Assert.Null(store.State.Find("things", first.Key));
    }

    [Fact]
    public async Task An_object_needs_its_container()
    {
        await using var store = await ObjectStore.OpenAsync(null);
        var container = ("namespaces", new ObjectKey("", "ns"));
        StoreWrite inside = new StoreWrite.Create("things", new ObjectKey("ns", "a"), Draft("a"), container);
        Assert.IsType<WriteOutcome.NoContainer>(await store.WriteAsync(inside));
        await store.DoneAsync(new StoreWrite.Create("namespaces", container.Item2, Draft("ns"), null));
        await store.DoneAsync(inside);
    }

    [Fact]
    public async Task Concurrent_writers_to_one_object_win_one_at_a_time()
    {
        await using var store = await ObjectStore.OpenAsync(null);
        var start = await store.DoneAsync(Create("a", "0"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => store.WriteAsync(Update(start, i.ToString()))));
        Assert.Single(outcomes.OfType<WriteOutcome.Done>());
        Assert.Equal(99, outcomes.OfType<WriteOutcome.Changed>().Count());
    }

    [Fact]
    public async Task Reopening_finds_everything_and_the_revision_goes_on()
    {
        using var folder = new TempFolder();
        var path = folder.File("kube.db");
        await using (var store = await ObjectStore.OpenAsync(path))
        {
            var a = await store.DoneAsync(Create("a"));
            await store.DoneAsync(Update(a, "changed"));
            var b = await store.DoneAsync(Create("b"));
            await store.DoneAsync(Delete(b));
        }

        await using (var store = await ObjectStore.OpenAsync(path))
        {
            Assert.Equal(4, store.State.Revision);
            var a = Assert.Single(store.State.Collection("things"));
            Assert.Contains("changed", a.Text());
            Assert.Equal(5, (await store.DoneAsync(Create("c"))).Revision);
        }
    }

    [Fact]
    public async Task What_was_acknowledged_is_in_the_files_without_a_clean_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the open file cannot be copied there");
        using var folder = new TempFolder();
        var path = folder.File("kube.db");
        await using var store = await ObjectStore.OpenAsync(path);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => store.DoneAsync(Create($"n{i}"))));
        var copy = folder.File("copy.db");
        File.Copy(path, copy);
        File.Copy(path + "-wal", copy + "-wal");
        await using var reopened = await ObjectStore.OpenAsync(copy);
        Assert.Equal(1000, reopened.State.Collection("things").Count);
        Assert.Equal(1000, reopened.State.Revision);
    }

    [Fact]
    public async Task A_full_file_refuses_the_write_keeps_what_it_has_and_stays_open()
    {
        using var folder = new TempFolder();
        var database = SqliteDatabase.Open(folder.File("kube.db"), mostBytes: 64 << 10);
        await using var store = new ObjectStore(database, database.Load());
        var kept = await store.DoneAsync(Create("small"));
        var e = await Assert.ThrowsAsync<StorageException>(() => store.WriteAsync(Create("large", new string('x', 256 << 10))));
        Assert.Equal(StorageFault.Full, e.Fault);
        Assert.Contains("kube.db is full", e.Message);
        Assert.Equal(kept.Revision, store.State.Revision);
        Assert.Null(store.State.Find("things", new ObjectKey("ns", "large")));
        Assert.Equal(2, (await store.DoneAsync(Create("second"))).Revision);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 })]
    [InlineData(new byte[] { (byte)'S', (byte)'Q', (byte)'L', (byte)'i', (byte)'t', (byte)'e', (byte)' ', (byte)'f', (byte)'o', (byte)'r', (byte)'m', (byte)'a', (byte)'t', (byte)' ', (byte)'3', 0, 255, 255, 255, 255 })]
    public async Task What_is_no_database_is_refused_by_name(byte[] content)
    {
        using var folder = new TempFolder();
        var path = folder.File("kube.db");
        await File.WriteAllBytesAsync(path, [.. content, .. new byte[4096]]);
        var e = await Assert.ThrowsAsync<StorageException>(() => ObjectStore.OpenAsync(path));
        Assert.Equal(StorageFault.Damaged, e.Fault);
        Assert.Contains(path, e.Message);
    }

    [Fact]
    public async Task A_database_with_broken_pages_is_refused()
    {
        using var folder = new TempFolder();
        var path = folder.File("kube.db");
        await using (var store = await ObjectStore.OpenAsync(path))
            await Task.WhenAll(Enumerable.Range(0, 500).Select(i => store.DoneAsync(Create($"n{i}", new string('y', 200)))));
        using (var file = File.OpenWrite(path))
        {
            file.Position = 3 * 4096;
            file.Write(new byte[4096 * 4]);
        }

        var e = await Assert.ThrowsAsync<StorageException>(() => ObjectStore.OpenAsync(path));
        Assert.Equal(StorageFault.Damaged, e.Fault);
    }

    [Theory]
    [InlineData("PRAGMA application_id = 42", "another program")]
    [InlineData("PRAGMA user_version = 99", "format 99")]
    public async Task A_foreign_or_newer_database_is_refused(string change, string words)
    {
        using var folder = new TempFolder();
        var path = folder.File("kube.db");
        await using (var store = await ObjectStore.OpenAsync(path))
            await store.DoneAsync(Create("a"));
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.ExecuteNonQuery();
        }

        var e = await Assert.ThrowsAsync<StorageException>(() => ObjectStore.OpenAsync(path));
        Assert.Equal(StorageFault.Foreign, e.Fault);
        Assert.Contains(words, e.Message);
    }

    [Fact]
    public async Task A_second_server_is_kept_out()
    {
        using var folder = new TempFolder();
        var path = folder.File("kube.db");
        await using var store = await ObjectStore.OpenAsync(path);
        var e = await Assert.ThrowsAsync<StorageException>(() => ObjectStore.OpenAsync(path));
        Assert.Equal(StorageFault.InUse, e.Fault);
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_named()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "missing", "kube.db");
        var e = await Assert.ThrowsAsync<StorageException>(() => ObjectStore.OpenAsync(path));
        Assert.Equal(StorageFault.Unavailable, e.Fault);
        Assert.Contains(path, e.Message);
    }

    [Fact]
    public async Task A_closed_store_refuses_writes_and_ends_watches()
    {
        var store = await ObjectStore.OpenAsync(null);
        var watch = store.Watch("things", null);
        await store.DisposeAsync();
        await store.DisposeAsync();
        Assert.False(await watch.Changes.WaitToReadAsync());
        var e = await Assert.ThrowsAsync<StorageException>(() => store.WriteAsync(Create("a")));
        Assert.Equal(StorageFault.Closed, e.Fault);
    }

    [Fact]
    public async Task A_collection_can_be_read_as_it_was()
    {
        await using var store = await ObjectStore.OpenAsync(null);
        var a = await store.DoneAsync(Create("a", "1"));            // 1
        await store.DoneAsync(Create("b"));                          // 2
        var a2 = await store.DoneAsync(Update(a, "2"));              // 3
        await store.DoneAsync(Delete(a2));                           // 4
        await store.DoneAsync(Create("a", "3"));                     // 5
        string[] At(long revision) => [.. store.CollectionAt("things", revision).Select(o => $"{o.Key.Name}@{o.Revision}")];
        Assert.Equal([], At(0));
        Assert.Equal(["a@1"], At(1));
        Assert.Equal(["a@1", "b@2"], At(2));
        Assert.Equal(["a@3", "b@2"], At(3));
        Assert.Equal(["b@2"], At(4));
        Assert.Equal(["a@5", "b@2"], At(5));
    }

    [Fact]
    public async Task Revisions_beyond_the_log_are_gone_by_number_and_by_size()
    {
        await using var few = new ObjectStore(null, StoreState.Empty, keptEvents: 3);
        for (var i = 0; i < 5; i++)
            await few.DoneAsync(Create($"n{i}"));
        Assert.Equal(2, Assert.Throws<RevisionExpiredException>(() => few.CollectionAt("things", 1)).Oldest);
        Assert.Equal(2, few.CollectionAt("things", 2).Count);
        Assert.Throws<RevisionExpiredException>(() => few.Watch("things", 1));

        await using var small = new ObjectStore(null, StoreState.Empty, keptBytes: 3000);
        for (var i = 0; i < 5; i++)
            await small.DoneAsync(Create($"n{i}", new string('x', 900)));
        Assert.Throws<RevisionExpiredException>(() => small.Watch("things", 1));
        Assert.Equal(2, small.Watch("things", 3).Backlog.Count);
    }

    [Fact]
    public async Task A_reopened_store_cannot_look_back()
    {
        using var folder = new TempFolder();
        await using (var store = await ObjectStore.OpenAsync(folder.File("kube.db")))
        {
            await store.DoneAsync(Create("a"));
            await store.DoneAsync(Create("b"));
        }

        await using var reopened = await ObjectStore.OpenAsync(folder.File("kube.db"));
        Assert.Throws<RevisionExpiredException>(() => reopened.Watch("things", 1));
        Assert.Empty(reopened.Watch("things", 2).Backlog);
    }

    [Fact]
    public async Task A_watch_started_amid_writes_misses_and_repeats_nothing()
    {
        await using var store = await ObjectStore.OpenAsync(null);
        var writes = Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++)
                await store.DoneAsync(Create($"n{i}"));
        });
        for (var round = 0; round < 20; round++)
        {
            var from = store.State.Revision;
            using var watch = store.Watch("things", from);
            var seen = watch.Backlog.Select(c => c.Revision).ToList();
            while (seen.Count < 20 && await watch.Changes.WaitToReadAsync())
            {
                while (watch.Changes.TryRead(out var change))
                    seen.Add(change.Revision);
                if (writes.IsCompleted)
                    break;
            }

            Assert.Equal(Enumerable.Range(1, seen.Count).Select(n => from + n), seen);
        }

        await writes;
    }

    [Fact]
    public async Task A_slow_watcher_is_cut_off_and_holds_up_no_one()
    {
        await using var store = new ObjectStore(null, StoreState.Empty, watcherCapacity: 4);
        using var slow = store.Watch("things", null);
        using var other = store.Watch("others", null);
        for (var i = 0; i < 10; i++)
            await store.DoneAsync(Create($"n{i}"));
        var read = 0;
        var e = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await slow.Changes.WaitToReadAsync())
            {
                while (slow.Changes.TryRead(out _))
                    read++;
            }
        });
        Assert.IsType<WatcherTooSlowException>(e);
        Assert.Equal(4, read);
        await store.DoneAsync(Create("x", collection: "others"));
        Assert.True(await other.Changes.WaitToReadAsync());
    }
}
