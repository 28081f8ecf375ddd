using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Kube.Server.Storage;

/// <summary>The file behind the store. Used by one thread at a time.</summary>
sealed class SqliteDatabase : IDisposable
{
    const int ApplicationId = 0x4B756265; // "Kube"
    const int FormatVersion = 1;
    const int PageBytes = 4096;

    /// <summary>How large the file may grow unless the caller says otherwise: a cluster of one machine never needs it, a runaway client would take the disk.</summary>
    const long MostBytes = 8L << 30;

    readonly SqliteConnection _connection;
    readonly SqliteCommand _put;
    readonly SqliteCommand _delete;
    readonly SqliteCommand _setRevision;

    SqliteDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _put = Prepare("INSERT INTO objects(collection, namespace, name, revision, document) VALUES($c, $n, $k, $r, $d) " +
            "ON CONFLICT(collection, namespace, name) DO UPDATE SET revision = $r, document = $d", "$c", "$n", "$k", "$r", "$d");
        _delete = Prepare("DELETE FROM objects WHERE collection = $c AND namespace = $n AND name = $k", "$c", "$n", "$k");
        _setRevision = Prepare("UPDATE store SET revision = $r", "$r");
    }

    /// <exception cref="StorageException">The file cannot be opened, is damaged, foreign or in use.</exception>
    /// <param name="mostBytes">The size at which writes are refused.</param>
    public static SqliteDatabase Open(string path, long mostBytes = MostBytes)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            // An exclusive lock keeps a second server out, also one that a lock file did not stop.
            Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 500");
            Identify(connection, path);
            Execute(connection, $"PRAGMA page_size = {PageBytes}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA max_page_count = {mostBytes / PageBytes}");
            Execute(connection, $"""
                BEGIN IMMEDIATE;
                CREATE TABLE IF NOT EXISTS objects(
                    collection TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
                    revision INTEGER NOT NULL, document BLOB NOT NULL,
                    PRIMARY KEY(collection, namespace, name));
                CREATE TABLE IF NOT EXISTS store(revision INTEGER NOT NULL);
                INSERT INTO store(revision) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM store);
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {FormatVersion};
                COMMIT;
                """);
            return new SqliteDatabase(connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Explain(e, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="StorageException">The content is damaged.</exception>
    public StoreState Load()
    {
        try
        {
            var collections = ImmutableDictionary.CreateBuilder<string, ImmutableSortedSet<StoredObject>>();
            var objects = new Dictionary<string, List<StoredObject>>();
            using var select = _connection.CreateCommand();
            select.CommandText = "SELECT collection, namespace, name, revision, document FROM objects";
            using (var rows = select.ExecuteReader())
            {
                while (rows.Read())
                {
                    var key = new ObjectKey(rows.GetString(1), rows.GetString(2));
                    var collection = rows.GetString(0);
                    if (!objects.TryGetValue(collection, out var list))
                        objects.Add(collection, list = []);
                    list.Add(new StoredObject(key, rows.GetInt64(3), rows.GetFieldValue<byte[]>(4)));
                }
            }

            foreach (var (collection, list) in objects)
                collections.Add(collection, [.. list]);
            select.CommandText = "SELECT revision FROM store";
            return new StoreState((long)select.ExecuteScalar()!, collections.ToImmutable());
        }
        catch (SqliteException e)
        {
            throw Explain(e, _connection.DataSource);
        }
    }

    /// <summary>Writes a group of changes in one transaction. When it returns they are on disk; when it throws none is.</summary>
    /// <exception cref="StorageException">The disk is full or fails.</exception>
    public void Commit(IReadOnlyList<StoreEvent> changes)
    {
        try
        {
            using var transaction = _connection.BeginTransaction();
            (_put.Transaction, _delete.Transaction, _setRevision.Transaction) = (transaction, transaction, transaction);
            foreach (var change in changes)
                Write(change);
            Bind(_setRevision, changes[^1].Revision);
            _setRevision.ExecuteNonQuery();
            transaction.Commit();
        }
        catch (SqliteException e)
        {
            throw Explain(e, _connection.DataSource);
        }
    }

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
        _setRevision.Dispose();
        _connection.Dispose(); // closing the last connection checkpoints the log
    }

    static void Identify(SqliteConnection connection, string path)
    {
        var tables = Scalar(connection, "SELECT count(*) FROM sqlite_master");
        if (tables == 0)
            return;
        if (Scalar(connection, "PRAGMA application_id") != ApplicationId)
            throw new StorageException(StorageFault.Foreign, $"{path} is a database of another program");
        var version = Scalar(connection, "PRAGMA user_version");
        if (version != FormatVersion)
            throw new StorageException(StorageFault.Foreign, $"{path} has format {version}; this version of Kube reads format {FormatVersion}");
    }

    static StorageException Explain(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL => new(StorageFault.Full, $"{path} is full: its disk has no room, or it has reached its limit", e),
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => new(StorageFault.Damaged, $"{path} is damaged or is no database ({e.Message})", e),
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => new(StorageFault.InUse, $"{path} is in use by another process", e),
        _ => new(StorageFault.Unavailable, $"{path} cannot be read or written ({e.Message})", e),
    };

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
    }

    void Write(StoreEvent change)
    {
        var key = change.Object.Key;
        if (change.Deleted)
        {
            Bind(_delete, change.Collection, key.Namespace, key.Name);
            _delete.ExecuteNonQuery();
        }
        else
        {
            Bind(_put, change.Collection, key.Namespace, key.Name, change.Revision, change.Object.Json);
            _put.ExecuteNonQuery();
        }
    }

    SqliteCommand Prepare(string sql, params ReadOnlySpan<string> names)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}
