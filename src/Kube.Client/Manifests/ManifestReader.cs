
namespace Kube.Manifests;

/// <summary>Manifests from a URL, files or text, as checked objects.</summary>
public static class ManifestReader
{
    /// <summary>
    /// Reads a source whole. Every document is parsed and checked before the first object is returned: one fault anywhere, and there are none.
    /// </summary>
    /// <returns>The objects in their order, at least one; those of lists each by itself.</returns>
    /// <exception cref="ManifestException">
    /// The source cannot be had, or what it holds is no manifest. The message names source, document, line and column of each fault, and what was
    /// expected; it holds no secret.
    /// </exception>
    public static async Task<IReadOnlyList<Manifest>> ReadAsync(ManifestSource source, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        switch (source)
        {
            case ManifestSource.Url url:
                using (var fetcher = new ManifestFetcher(url.Options))
                    return Read(url.ToString(), await fetcher.FetchAsync(url.Address, cancel).ConfigureAwait(false), RawPageAdvice.For(url.Address));
            case ManifestSource.Files files:
                return await ReadFilesAsync(files, cancel).ConfigureAwait(false);
            case ManifestSource.Text text:
                return ReadText(text.Name, text.Content, isWritten: text.IsWritten);
            default:
                throw new ArgumentException($"a source of the kind {source.GetType().Name} is not known", nameof(source));
        }
    }

    static async Task<IReadOnlyList<Manifest>> ReadFilesAsync(ManifestSource.Files files, CancellationToken cancel)
    {
        var manifests = new List<Manifest>();
        var faults = new List<ManifestException>();
        foreach (var path in ManifestFiles.Find(files))
        {
            try
            {
                manifests.AddRange(Read(path, await ManifestFiles.LoadAsync(path, cancel).ConfigureAwait(false)));
            }
            catch (ManifestException e)
            {
                faults.Add(e);
            }
        }
        return faults.Count == 0 ? manifests : throw ManifestFaults.Together(faults);
    }

    static IReadOnlyList<Manifest> Read(string source, ReadOnlyMemory<byte> bytes, string? advice = null) =>
        ReadText(source, InSource(source, () => ManifestText.Decode(bytes.Span)), advice);

    static IReadOnlyList<Manifest> ReadText(string source, string text, string? advice = null, bool isWritten = true)
    {
        var documents = InSource(source, () => ManifestText.Documents(text, advice));
        var checker = new ManifestChecker(source, isWritten);
        for (var i = 0; i < documents.Count; i++)
            checker.Add(documents[i], i + 1);
        return checker.Finish();
    }

    static T InSource<T>(string source, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ManifestException e) when (e.Source is null)
        {
            throw FaultyPlace.Of(e).In(source, e.InnerException);
        }
    }
}
