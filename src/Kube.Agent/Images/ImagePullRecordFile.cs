using Kube.Agent.Runtime;
using Kube.Registry;
using Microsoft.Extensions.Logging;

namespace Kube.Agent.Images;

/// <summary>Keeps the record of image pulls in a file of the agent's folder. Each change is on the disk before it counts.</summary>
sealed class ImagePullRecordFile(string folder, IContainerRuntime runtime, TimeProvider time, ILogger log)
{
    const string FileName = "image-pulls.json";

    readonly SemaphoreSlim _gate = new(1, 1);
    ImagePullRecords? _records;

    /// <summary>Reads from the record, or changes it.</summary>
    public async Task<T> UseAsync<T>(Func<ImagePullRecords, (T Result, ImagePullRecords Records)> use, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            var before = _records ??= await OpenAsync(cancel);
            var (result, after) = use(before);
            if (!ReferenceEquals(before, after))
            {
                Save(after);
                _records = after;
            }
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Changes the record.</summary>
    public Task ChangeAsync(Func<ImagePullRecords, ImagePullRecords> change, CancellationToken cancel) =>
        UseAsync(before => (true, change(before)), cancel);

    async Task<ImagePullRecords> OpenAsync(CancellationToken cancel)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return ImagePullRecords.Create();

        ImagePullRecords read;
        try
        {
            read = ImagePullRecords.Parse(await File.ReadAllBytesAsync(path, cancel));
        }
        catch (FormatException e)
        {
            // Without it images that were pulled with a secret would count as put there by hand; who runs the node must know.
            var aside = path + ".unreadable";
            File.Move(path, aside, overwrite: true);
            log.LogError("{Error} It was set aside as {Path}; images that pods have pulled so far are now free for all pods of this node.", e.Message, aside);
            return ImagePullRecords.Create();
        }

        var begun = new List<ImageReference>();
        read.Recover(image => { begun.Add(image); return null; }, time.GetUtcNow());
        var ids = new Dictionary<string, string?>();
        foreach (var image in begun)
            ids[image.ToString()] = (await runtime.InspectImageAsync(image.ToString(), cancel))?.Id;
        return read.Recover(image => ids.GetValueOrDefault(image.ToString()), time.GetUtcNow());
    }

    void Save(ImagePullRecords after)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(after.ToJson());
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }
}
