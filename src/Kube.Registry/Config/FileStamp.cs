namespace Kube.Registry;

/// <summary>What changes about a file when it is written or replaced.</summary>
/// <param name="Written">The last write.</param>
/// <param name="Created">Its creation: another file of the same name has another.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Target">What its links lead to.</param>
sealed record FileStamp(DateTimeOffset Written, DateTimeOffset Created, long Length, string Target)
{
    /// <summary>The stamp of the file that a path leads to; null where there is none.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null)
                file = (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
            return file.Exists ? new FileStamp(file.LastWriteTimeUtc, file.CreationTimeUtc, file.Length, file.FullName) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A link in a circle, or a folder that may not be entered: nothing that could be read either.
            return null;
        }
    }
}
