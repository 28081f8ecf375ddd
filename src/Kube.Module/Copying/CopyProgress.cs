using System.Collections.Concurrent;

namespace Kube.Module.Copying;

/// <summary>How far a copy is. The pipeline's thread looks at it, and writes what is to be written.</summary>
sealed class CopyProgress
{
    long _bytes;

    /// <summary>Bytes of files so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Bytes in all; 0: not known.</summary>
    public long Total { get; set; }

    /// <summary>What is copied now.</summary>
    public string Current { get; set; } = "";

    /// <summary>What was left out, and why.</summary>
    public ConcurrentQueue<Exception> Refusals { get; } = new();

    /// <summary>What was left out for being no file, folder or link.</summary>
    public ConcurrentQueue<string> Skipped { get; } = new();

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
