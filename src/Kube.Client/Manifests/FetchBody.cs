using System.Net.Http.Headers;

namespace Kube.Manifests;

/// <summary>The body of an answer, read into memory up to a limit.</summary>
static class FetchBody
{
    /// <summary>What is asked for, and understood.</summary>
    public static void Accept(HttpRequestHeaders headers)
    {
        foreach (var encoding in (string[])["gzip", "deflate", "br"])
            headers.AcceptEncoding.Add(new(encoding));
    }

    /// <exception cref="ManifestException">It is larger than <paramref name="limit"/>, or compressed in a way that is not known.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, long limit, string shown, CancellationToken cancel)
    {
        var encodings = content.Headers.ContentEncoding.Where(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        if (encodings.Count > 1 || encodings is [var only] && !Decompression.Knows(only))
            throw ManifestException.On(shown, ManifestFault.Invalid, $"the body is compressed as {string.Join(", ", encodings)}; expected one of gzip, deflate and br, or nothing");
        try
        {
            var body = await ReadRawAsync(content, limit, cancel).ConfigureAwait(false);
            return encodings is [var encoding] ? Decompression.Undo(encoding, body, limit) : body;
        }
        catch (BodyTooLargeException)
        {
            throw ManifestException.On(shown, ManifestFault.TooLarge, $"it is larger than {limit} bytes; expected a smaller manifest, or a higher limit");
        }
        catch (InvalidDataException e)
        {
            throw ManifestException.On(shown, ManifestFault.Invalid, "the body cannot be decompressed; expected what its Content-Encoding says", e);
        }
    }

    static async Task<ReadOnlyMemory<byte>> ReadRawAsync(HttpContent content, long limit, CancellationToken cancel)
    {
        if (content.Headers.ContentLength > limit)
            throw new BodyTooLargeException();
        using var stream = await content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var body = new BoundedBuffer(limit);
        await stream.CopyToAsync(body, cancel).ConfigureAwait(false);
        return body.Written;
    }
}
