namespace Kube.Manifests;

/// <summary>The body of an answer, read into memory up to a limit.</summary>
static class FetchBody
{
    /// <exception cref="ManifestException">It is larger than <paramref name="limit"/>, or compressed in a way that is not known.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, long limit, string shown, CancellationToken cancellationToken)
    {
        // The handler takes the encodings that it undoes off the headers.
        if (content.Headers.ContentEncoding.FirstOrDefault(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)) is { } encoding)
            throw ManifestException.On(shown, ManifestFault.Invalid, $"the body is compressed as {encoding}; expected gzip, deflate, br or nothing");
        if (content.Headers.ContentLength > limit)
            throw TooLarge(limit, shown);
        var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                if (body.Length + read > limit)
                    throw TooLarge(limit, shown);
                body.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException e)
        {
            throw ManifestException.On(shown, ManifestFault.Invalid, "the body cannot be decompressed; expected what its Content-Encoding says", e);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    static ManifestException TooLarge(long limit, string shown) =>
        ManifestException.On(shown, ManifestFault.TooLarge, $"it is larger than {limit} bytes; expected a smaller manifest, or a higher limit");
}
