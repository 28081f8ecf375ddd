namespace Kube.Server.Storage;

/// <summary>What is wrong with the store, as far as a person can act on it.</summary>
enum StorageFault
{
    /// <summary>The file cannot be opened or written: rights, a missing folder, a failing disk.</summary>
    Unavailable,

    /// <summary>The file is no database, or its content is inconsistent.</summary>
    Damaged,

    /// <summary>The file is a database of something else, or of a newer version.</summary>
    Foreign,

    /// <summary>Another process has the file open.</summary>
    InUse,

    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>The store was closed while the write waited.</summary>
    Closed,
}

/// <summary>The store cannot do what was asked. Nothing of the failed write was kept.</summary>
sealed class StorageException(StorageFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public StorageFault Fault { get; } = fault;
}
